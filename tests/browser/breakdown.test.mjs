// Engines that trap, find no memory or hang: the page lives, the record is named, the next job runs.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { exportedSha256, users } from "./command.mjs";
import { openPage, storedFiles, temporaryFolder, until } from "./page.mjs";
import { breakEngine, inWorkers } from "./worker.mjs";

const USERS = 170_000;

for (const [fault, words] of [
  ["unreachable", /the engine crashed .*unreachable/i],
  ["outOfBounds", /the engine crashed .*out of bounds/i],
]) {
  for (const call of [2, 20, 200, 2000]) {
    test(`an engine that traps at its call ${call} (${fault}) is replaced`, async (t) => {
      const { context, form, page } = await openPage(t);
      await form.choose(await users(USERS));
      const mend = await inWorkers(context, breakEngine, { fault, call });
      const job = await form.start();
      assert.equal(await job.ended(), "Failed");
      await job.card.getByText(words).waitFor();
      const record = await recordOf(job);
      assert.ok(record >= 1 && record <= USERS, `${record}`);
      // Far into the file it is no longer the first.
      assert.equal(record > 1, call >= 200, `${record} at call ${call}`);
      await nextRuns({ form, page, mend });
    });
  }
}

test("an engine without memory fails the job and names the record that took it", async (t) => {
  const folder = await temporaryFolder(t);
  const file = join(folder, "users.ndjson");
  const small = Array.from({ length: 500 }, (_, index) => `{"user_id":"${index}"}\n`).join("");
  await writeFile(file, `${small}{"user_id":"${"x".repeat(12 << 20)}"}\n${small}`);
  const { context, form, page } = await openPage(t);
  await form.choose(file);
  const mend = await inWorkers(context, breakEngine, { fault: "outOfMemory", call: 100 });
  const job = await form.start();
  assert.equal(await job.ended(), "Failed");
  await job.card.getByText(/the engine crashed .*unreachable/i).waitFor();
  assert.equal(await recordOf(job), 501);
  await nextRuns({ form, page, mend });
});

test("an engine that hangs is told of after 30 seconds, and can be cancelled", async (t) => {
  const { context, form, page } = await openPage(t);
  await page.clock.install();
  await page.reload();
  await form.choose(await users(USERS));
  const mend = await inWorkers(context, breakEngine, { fault: "endless", call: 500 });
  const job = await form.start();
  await job.status("Processing");
  await until(async () => (await storedFiles(page)).length === 1, "the job writes");
  const stalled = job.card.getByText("Stalled: no progress for 30 s. You can wait, or cancel");
  // Real time passes as well: what a busy machine takes so far must not make the half minute full.
  await page.clock.runFor(5_000);
  assert.equal(await stalled.count(), 0);
  await page.clock.runFor(27_000);
  await stalled.waitFor();
  await job.cancelButton.click();
  assert.equal(await job.ended(), "Cancelled");
  await nextRuns({ form, page, mend });
});

/** The record that a failed job names. */
async function recordOf(job) {
  const [, record] = /^At record ([\d,]+)\.$/.exec(await job.card.locator(".failure-place").innerText());
  return Number(record.replaceAll(",", ""));
}

/** Nothing is left of the broken job, and the same page does the next one. */
async function nextRuns({ form, page, mend }) {
  await until(async () => (await storedFiles(page)).length === 0, "no file is left");
  await mend();
  await form.sample.check();
  const next = await form.start();
  assert.equal(await next.ended(), "Completed");
  assert.equal(await next.figure("Users exported"), "10");
}

test("a helper that breaks down is done without, and the file is the same", async (t) => {
  const file = await users(USERS);
  for (const call of [1, 2, 5]) {
    const { context, form } = await openPage(t);
    await form.choose(file);
    await inWorkers(context, breakEngine, { fault: "unreachable", call, isHelper: true });
    const job = await form.start();
    assert.equal(await job.ended(), "Completed");
    const saved = await job.download();
    assert.equal(await saved.sha256(), await exportedSha256([file], "--default-fields"));
  }
});
