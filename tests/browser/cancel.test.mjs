// A job can be ended at any moment, and leaves nothing behind.

import assert from "node:assert/strict";
import { test } from "node:test";
import { users } from "./command.mjs";
import { holdReplies } from "./hold.mjs";
import { openPage, storedFiles, until } from "./page.mjs";

test("a running job is cancelled within a second, and the next one runs", async (t) => {
  const { form, page } = await openPage(t);
  await form.choose(await users(170_000));
  for (const percentage of [1, 30]) {
    const job = await form.start();
    await until(async () => (await job.percentage()) >= percentage, `${percentage} %`);
    assert.equal((await storedFiles(page)).length, 1);
    const start = performance.now();
    await job.cancelButton.click();
    assert.equal(await job.ended(), "Failed: cancelled");
    const milliseconds = performance.now() - start;
    assert.ok(milliseconds < 1000, `${milliseconds} ms`);
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
  assert.equal(await job.ended(), "Failed: cancelled");
  assert.ok(performance.now() - start < 1500);
  await until(async () => (await storedFiles(page)).length === 0, "no file is left");
});

test("jobs run side by side; cancelling one leaves the other alone", async (t) => {
  const { form, page } = await openPage(t);
  await form.choose(await users(170_000));
  const first = await form.start();
  const second = await form.start();
  await until(async () => (await second.percentage()) >= 1, "the second runs");
  await second.cancelButton.click();
  assert.equal(await second.ended(), "Failed: cancelled");
  assert.equal(await first.ended(), "Completed");
  assert.equal(await first.figure("Users exported"), "170,000");
  await until(async () => (await storedFiles(page)).length === 1, "one file");
});
