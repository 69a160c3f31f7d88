// A job can be ended at any moment, and leaves nothing behind.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { users } from "./command.mjs";
import { holdReplies } from "./hold.mjs";
import { openPage, storedFiles, until } from "./page.mjs";
import { inWorkers, slowReads } from "./worker.mjs";

test("a running job is cancelled, and the next one runs", async (t) => {
  const { context, form, page } = await openPage(t);
  await form.choose(await users(170_000));
  await inWorkers(context, slowReads, { milliseconds: 100 });
  for (const percentage of [1, 30]) {
    const job = await form.start();
    await until(async () => (await job.percentage()) >= percentage, `${percentage} %`);
    assert.equal((await storedFiles(page)).length, 1);
    const start = performance.now();
    await job.cancelButton.click();
    assert.equal(await job.ended(), "Cancelled");
    t.diagnostic(`cancelled at ${percentage} % in ${(performance.now() - start).toFixed(0)} ms`);
    assert.equal(await job.downloadButton.count(), 0);
    await until(async () => (await storedFiles(page)).length === 0, "no file is left");
  }
  await form.sample.check();
  const job = await form.start();
  assert.equal(await job.ended(), "Completed");
  assert.equal(await job.figure("Users exported"), "10");
});

test("a worker that does not answer is ended", async (t) => {
  const { form, page } = await openPage(t, { script: holdReplies });
  await form.choose(await users(170_000));
  await page.evaluate(() => (window.heard = 2));
  const job = await form.start();
  await job.status("Processing");
  await job.cancelButton.click();
  assert.equal(await job.ended(), "Cancelled");
  await until(async () => (await storedFiles(page)).length === 0, "no file is left");
});

test("jobs run side by side; cancelling one leaves the other alone", async (t) => {
  const { context, form, page } = await openPage(t);
  await form.choose(await users(170_000));
  await inWorkers(context, slowReads, { milliseconds: 100 });
  const first = await form.start();
  const second = await form.start();
  await until(async () => (await second.percentage()) >= 1, "the second runs");
  await second.cancelButton.click();
  assert.equal(await second.ended(), "Cancelled");
  assert.equal(await first.ended(), "Completed");
  assert.equal(await first.figure("Users exported"), "170,000");
  await until(async () => (await storedFiles(page)).length === 1, "one file");
});

test("a job can be cancelled at any moment, from before its start to its end", async (t) => {
  const { form, page } = await openPage(t);
  await form.choose(await users(170_000));
  const began = performance.now();
  assert.equal(await (await form.start()).ended(), "Completed");
  const whole = performance.now() - began;
  await form.jobs.getByRole("button", { name: /^Delete job/ }).click();
  await form.hasNoJobs();
  let ran = 0;
  let longest = 0;
  for (let moment = 0; moment < 20; moment += 1) {
    const job = await form.start();
    // Many moments lie close behind the start.
    const wait = Math.random() ** 2 * whole;
    await pause(wait);
    const start = performance.now();
    // In the page, as a job that has ended before has no such button to wait for.
    await page.evaluate((id) => document.getElementById(id)?.click(), `${job.id}-cancel`);
    const status = await job.ended();
    if (status === "Cancelled") {
      ran += 1;
      longest = Math.max(longest, performance.now() - start);
      await until(async () => (await storedFiles(page)).length === 0, `no file is left after ${wait} ms`);
    } else {
      assert.equal(status, "Completed", `after ${wait} ms`);
    }
    await job.removeButton.click();
    await form.hasNoJobs();
  }
  t.diagnostic(`${ran} of 20 were cancelled, in ${longest.toFixed(0)} ms at most`);
  assert.ok(ran >= 5, `${ran}`);
  await form.sample.check();
  const next = await form.start();
  assert.equal(await next.ended(), "Completed");
  assert.equal((await storedFiles(page)).length, 1);
});

test("a page that cannot be seen goes on with its job", async (t) => {
  // What browsers do to pages in the background: no frames, and timers once a second.
  const script = () => {
    Object.defineProperties(document, { visibilityState: { get: () => "hidden" }, hidden: { get: () => true } });
    const later = window.setTimeout;
    window.setTimeout = (task, wait = 0, ...values) => later(task, Math.max(1000, wait), ...values);
    window.requestAnimationFrame = () => 0;
  };
  const { form } = await openPage(t, { script });
  await form.choose(await users(170_000));
  const job = await form.start();
  assert.equal(await job.ended(), "Completed");
  assert.equal(await job.figure("Users exported"), "170,000");
  // A run that waited for the page's timers would take a second for each of its two hundred slices.
  assert.doesNotMatch(await job.figure("Duration"), /min/);
});
