// A job can be ended at any moment, and leaves nothing behind.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { users } from "./command.mjs";
import { holdReplies } from "./hold.mjs";
import { openPage, storedFiles, until } from "./page.mjs";
import { inWorkers, slowReads } from "./worker.mjs";

test("a running job is cancelled within a second, and the next one runs", async (t) => {
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
    const milliseconds = performance.now() - start;
    // A second is what is meant; a busy machine may take longer.
    assert.ok(milliseconds < 3000, `${milliseconds} ms`);
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
  const start = performance.now();
  await job.cancelButton.click();
  assert.equal(await job.ended(), "Cancelled");
  assert.ok(performance.now() - start < 5000);
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
  let ran = 0;
  let longest = 0;
  for (let moment = 0; moment < 20; moment += 1) {
    const job = await form.start();
    // The run takes half a second at least; many moments lie close behind the start.
    const wait = Math.random() ** 2 * 600;
    await pause(wait);
    // A job that has ended before has no such button.
    const button = page.locator(`#${job.id}-cancel`);
    const start = performance.now();
    await button.click({ timeout: 100 }).catch(() => {});
    const status = await job.ended();
    if (status === "Cancelled") {
      ran += 1;
      longest = Math.max(longest, performance.now() - start);
      await until(async () => (await storedFiles(page)).length === 0, `no file is left after ${wait} ms`);
    } else {
      assert.equal(status, "Completed", `after ${wait} ms`);
    }
    await job.removeButton.click();
    await until(async () => (await form.jobs.count()) === 0, "the job is gone");
  }
  t.diagnostic(`${ran} of 20 were cancelled, in ${longest.toFixed(0)} ms at most`);
  assert.ok(ran >= 5, `${ran}`);
  assert.ok(longest < 3000, `${longest} ms`);
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
  // The work is in the worker, whose time tells: seconds of waiting would show.
  assert.ok(Number.parseFloat(await job.figure("Duration")) < 10);
});
