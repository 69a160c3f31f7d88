// Jobs last: they are there after a reload, until they are deleted or a day has passed.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { exported, users } from "./command.mjs";
import { withCompletedJob } from "./completed.mjs";
import { openPage, storedFiles, until } from "./page.mjs";
import { inWorkers, slowReads } from "./worker.mjs";

const sample = join(process.env.ROLLCALL_DIST, "sample.ndjson.gz");
const LEAVE = [/^dialog beforeunload/];

test("a completed job is there after a reload, with its figures and its file", async (t) => {
  const { form, page } = await openPage(t);
  await form.chooseSample();
  const job = await form.start();
  await job.ended();
  const figures = () => Promise.all(["Users exported", "File size", "Duration"].map((name) => job.figure(name)));
  const before = await figures();
  await page.reload();
  await job.status("Completed");
  assert.deepEqual(await figures(), before);
  await job.card.getByText("CSV · all connections · 11 fields").waitFor();
  await job.card.getByText(/expires in (24|23) h/).waitFor();
  await job.moreInfo.click();
  const { bytes, digest } = await saved(job);
  assert.deepEqual(bytes, await exported([sample], "--default-fields"));
  await job.card.getByText(digest).waitFor();
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations, []);
});

test("a job that ran when the page was reloaded was interrupted, and can be run again", async (t) => {
  const { context, form, page } = await openPage(t, { complaints: LEAVE });
  await inWorkers(context, slowReads, { milliseconds: 100 });
  acceptLeaving(page);
  const file = await users(170_000);
  await form.choose(file);
  const running = await form.start();
  await until(async () => (await running.percentage()) >= 2, "the job runs");
  await page.reload();
  await running.status("Failed: interrupted");
  await until(async () => (await storedFiles(page)).length === 0, "no file is left");

  await form.addField("user_metadata.plan");
  await running.card.getByRole("button", { name: /^Run again/ }).click();
  await page.getByText("Choose the files to run it again.").first().waitFor();
  assert.equal(await form.rows.count(), 0, "the form is as it was");
  await form.choose(file);
  await running.card.getByRole("button", { name: /^Run again/ }).click();
  await form.jobs.nth(1).waitFor();
  const again = await form.newestJob();
  assert.equal(await again.ended(), "Completed");
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations, []);
});

test("a third job waits, and was interrupted as well when the page is reloaded", async (t) => {
  const { context, form, page } = await openPage(t, { complaints: LEAVE });
  await inWorkers(context, slowReads, { milliseconds: 100 });
  acceptLeaving(page);
  await form.choose(await users(170_000));
  const jobs = [await form.start(), await form.start(), await form.start()];
  await jobs[0].status("Processing");
  await jobs[1].status("Processing");
  await jobs[2].status("Pending");
  await page.reload();
  for (const job of jobs) await job.status("Failed: interrupted");
  await until(async () => (await storedFiles(page)).length === 0, "no file is left");
});

test("a job that waits starts when one before it is cancelled", async (t) => {
  const { context, form } = await openPage(t);
  await inWorkers(context, slowReads, { milliseconds: 100 });
  await form.choose(await users(170_000));
  const first = await form.start();
  await form.start();
  const third = await form.start();
  await third.status("Pending");
  await first.cancelButton.click();
  await third.status("Processing");
});

for (const percentage of [1, 40, 80]) {
  test(`a page that is killed at ${percentage} % leaves an interrupted job and no file`, async (t) => {
    const { context, form, page } = await openPage(t);
    await form.choose(await users(170_000));
    await inWorkers(context, slowReads, { milliseconds: 100 });
    const job = await form.start();
    await until(async () => (await job.percentage()) >= percentage, "the job runs");
    const crashed = page.waitForEvent("crash");
    page.goto("chrome://crash").catch(() => {});
    await crashed;
    const next = await context.newPage();
    await next.goto(process.env.ROLLCALL_URL);
    await next.getByText("Failed: interrupted").waitFor();
    await until(async () => (await storedFiles(next)).length === 0, "no file is left");
  });
}

test("the page asks before it is left while a job runs, and only then", async (t) => {
  const { context, form, page } = await openPage(t, { complaints: LEAVE });
  page.removeAllListeners("dialog");
  const asked = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    dialog.dismiss();
  });
  await form.choose(await users(170_000));
  await inWorkers(context, slowReads, { milliseconds: 100 });
  const job = await form.start();
  await until(async () => (await job.percentage()) >= 1, "the job runs");
  // Somebody stays.
  await page.evaluate(() => {
    location.reload();
  });
  await until(() => asked.length > 0, "the page asks");
  assert.equal(await job.ended(), "Completed");
  await page.reload();
  await job.status("Completed");
  assert.deepEqual(asked, ["beforeunload"]);
});

test("a job that is deleted is gone with its file, also after a reload", async (t) => {
  const { form, page } = await openPage(t);
  await form.chooseSample();
  const first = await form.start();
  await first.ended();
  const second = await form.start();
  await second.ended();
  await first.removeButton.click();
  await until(async () => (await storedFiles(page)).length === 1, "one file");
  await page.reload();
  await second.status("Completed");
  assert.equal(await form.jobs.count(), 1);
});

test("clearing all data frees files and records, once it was confirmed", async (t) => {
  const { form, page } = await openPage(t);
  await form.chooseSample();
  for (let many = 0; many < 3; many += 1) await (await form.start()).ended();
  assert.equal((await storedFiles(page)).length, 3);
  assert.equal(await records(page), 3);
  const clear = page.getByRole("button", { name: "Clear all data" });
  const dialog = page.getByRole("dialog", { name: "Delete all exports?" });
  await clear.click();
  await dialog.waitFor();
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations, []);
  await dialog.getByRole("button", { name: "Keep them" }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await form.jobs.count(), 3);
  await clear.click();
  await dialog.getByRole("button", { name: "Delete everything" }).click();
  await until(async () => (await storedFiles(page)).length === 0, "no file");
  await until(async () => (await records(page)) === 0, "no record");
  await form.hasNoJobs();
});

test("a job expires after a day by the clock, whether the clock is set back or not", async (t) => {
  const { form, page } = await openPage(t);
  const start = new Date("2026-03-01T12:00:00Z");
  await page.clock.install({ time: start });
  await page.reload();
  await form.chooseSample();
  const job = await form.start();
  await job.ended();
  await page.clock.fastForward("23:58:00");
  await job.card.getByText(/expires in (less than a minute|\d min)/).waitFor();
  assert.equal(await job.downloadButton.count(), 1);
  // Set back a day and an hour: time has passed all the same.
  await page.clock.setSystemTime(new Date(start.getTime() - 25 * 3_600_000));
  await page.clock.fastForward("04:00");
  await job.status("Expired");
  assert.equal(await job.downloadButton.count(), 0);
  await until(async () => (await storedFiles(page)).length === 0, "no file is left");
});

test("a job that is a day old has expired when the page is opened again", async (t) => {
  const { form, page } = await openPage(t);
  await form.chooseSample();
  const job = await form.start();
  await job.ended();
  await page.clock.install({ time: Date.now() + 25 * 3_600_000 });
  await page.reload();
  await job.status("Expired");
  await until(async () => (await storedFiles(page)).length === 0, "no file is left");
});

test("a location is good for 60 seconds, and each look at the job gives a new one", async (t) => {
  const { page, job } = await withCompletedJob(t);
  const first = await page.evaluate(locate, job.id);
  await page.clock.runFor(59_000);
  assert.deepEqual(await page.evaluate(get, first), { status: 200, hasFile: true });
  await page.clock.runFor(2_000);
  const late = await page.evaluate(get, first);
  assert.equal(late.status, 403);
  assert.equal(late.errorCode, "link_expired");
  const second = await page.evaluate(locate, job.id);
  assert.notEqual(second, first);
  assert.deepEqual(await page.evaluate(get, second), { status: 200, hasFile: true });
});

/** Runs in the page. */
async function locate(id) {
  const { ask } = await import("/page-tenant.js");
  return JSON.parse((await ask("GET", `/api/v2/jobs/${id}`)).text).location;
}

/** Runs in the page. */
async function get(location) {
  const { ask } = await import("/page-tenant.js");
  const { status, text, file } = await ask("GET", location);
  return text ? { status, errorCode: JSON.parse(text).errorCode } : { status, hasFile: file.size > 0 };
}

function records(page) {
  return page.evaluate(async () => {
    const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const database = await done(indexedDB.open("rollcall"));
    const count = await done(database.transaction("jobs").objectStore("jobs").count());
    database.close();
    return count;
  });
}

/** The page asks before it is left while a job runs. */
function acceptLeaving(page) {
  page.removeAllListeners("dialog");
  page.on("dialog", (dialog) => dialog.accept());
}

async function saved(job) {
  const download = await job.download();
  return { bytes: await download.bytes(), digest: await download.sha256() };
}
