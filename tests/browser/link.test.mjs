// The link to a finished file works for 60 seconds; the next click makes a new one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withCompletedJob } from "./completed.mjs";

test("a link ends after a minute and is renewed without another run", async (t) => {
  const { context, form, page, job } = await withCompletedJob(t);
  const first = await job.download();
  const bytes = await first.bytes();

  await page.clock.runFor(59_000);
  assert.equal(await follow(page, first.url), null, "still good after 59 s");
  await page.clock.runFor(2_000);
  assert.notEqual(await follow(page, first.url), null, "no longer good after 61 s");

  const workers = [];
  context.on("request", (request) => workers.push(request.url()));
  const second = await job.download();
  assert.notEqual(second.url, first.url);
  assert.deepEqual(await second.bytes(), bytes);
  assert.deepEqual(workers, [], "no other run");
  assert.equal(await form.jobs.count(), 1);
});

test("a new link does not end with the older one", async (t) => {
  const { page, job } = await withCompletedJob(t);
  const first = await job.download();
  await page.clock.runFor(40_000);
  const second = await job.download();
  await page.clock.runFor(30_000);
  assert.notEqual(await follow(page, first.url), null);
  assert.equal(await follow(page, second.url), null);
});

/** Why a link cannot be downloaded, or null. */
async function follow(page, url) {
  const coming = page.waitForEvent("download");
  await page.evaluate((url) => {
    const link = document.createElement("a");
    link.href = url;
    link.download = "again";
    link.click();
  }, url);
  return (await coming).failure();
}
