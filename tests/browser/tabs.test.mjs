// Two tabs share one list of jobs.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { exported, users } from "./command.mjs";
import { Form, Job } from "./form.mjs";
import { openPage, storedFiles, until } from "./page.mjs";
import { chooseInPlaceOfPerson, chosenFile } from "./save.mjs";
import { inWorkers, slowReads } from "./worker.mjs";

const sample = join(process.env.ROLLCALL_DIST, "sample.ndjson.gz");

test("what one tab exports the other one shows, downloads and deletes", async (t) => {
  const { context, form, page } = await openPage(t);
  const other = await open(context, page.url());
  await form.chooseSample();
  const job = await form.start();
  await job.ended();
  const there = new Job(other.page, job.id);
  await there.status("Completed");
  const want = await exported([sample], "--default-fields");
  assert.deepEqual(await (await there.download()).bytes(), want);

  // The second tab is not the one that runs the jobs.
  await other.chooseSample();
  await other.exportButton.click();
  await form.jobs.nth(1).waitFor();
  const second = await form.newestJob();
  assert.equal(await second.ended(), "Completed");
  assert.deepEqual(await (await second.download()).bytes(), want);

  await there.removeButton.click();
  await until(async () => (await form.jobs.count()) === 1, "the first tab shows one job");
});

test("each job reads the users of the tab that it was made in", async (t) => {
  const { context, form, page } = await openPage(t);
  await inWorkers(context, slowReads, { milliseconds: 100 });
  const other = await open(context, page.url());
  await form.choose(await users(170_000));
  await other.chooseSample();
  const large = await form.start();
  await other.exportButton.click();
  await form.jobs.nth(1).waitFor();
  const small = await form.newestJob();
  assert.notEqual(small.id, large.id);
  await small.ended();
  assert.equal(await small.figure("Users exported"), "1,000");
  await large.ended();
  assert.equal(await large.figure("Users exported"), "170,000");
});

test("when the tab that runs the jobs is closed, the other one goes on", async (t) => {
  const { context, form, page } = await openPage(t);
  await inWorkers(context, slowReads, { milliseconds: 100 });
  const other = await open(context, page.url());
  await form.chooseSample();
  const job = await form.start();
  await job.ended();
  await form.choose(await users(170_000));
  const running = await form.start();
  await until(async () => (await running.percentage()) >= 1, "the job runs");
  await page.close();
  await new Job(other.page, running.id).status("Failed: interrupted");
  const kept = new Job(other.page, job.id);
  assert.deepEqual(await (await kept.download()).bytes(), await exported([sample], "--default-fields"));
  await other.chooseSample();
  await other.exportButton.click();
  await other.jobs.nth(2).waitFor();
  assert.equal(await (await other.newestJob()).ended(), "Completed");
});

test("a job of another tab runs again when the tab that runs the jobs is closed", async (t) => {
  const { context, form, page } = await openPage(t);
  await inWorkers(context, slowReads, { milliseconds: 100 });
  const other = await open(context, page.url());
  const third = await open(context, page.url());
  const file = await users(170_000);
  await other.choose(file);
  await other.exportButton.click();
  await form.jobs.first().waitFor();
  const { id } = await form.newestJob();
  const job = new Job(other.page, id);
  await until(async () => (await job.percentage()) >= 20, "the job runs");
  await page.close();
  await job.card.getByText("so it runs again from the start").waitFor();
  assert.equal(await job.ended(), "Completed");
  const want = await exported([file], "--default-fields");
  assert.deepEqual(await (await new Job(third.page, id).download()).bytes(), want);
  await until(async () => (await storedFiles(other.page)).length === 1, "one file");
});

test("what another tab saves directly is saved when the tab that runs the jobs is closed", async (t) => {
  const { context, form, page } = await openPage(t, { script: chooseInPlaceOfPerson });
  const other = await open(context, page.url(), chooseInPlaceOfPerson);
  await inWorkers(context, slowReads, { milliseconds: 100 });
  const file = await users(170_000);
  await other.choose(file);
  await other.page.getByRole("button", { name: "Save directly" }).click();
  await form.jobs.first().waitFor();
  const job = new Job(other.page, (await form.newestJob()).id);
  await until(async () => (await job.percentage()) >= 20, "the job runs");
  await page.close();
  await job.card.getByText("so it runs again from the start").waitFor();
  assert.equal(await job.ended(), "Completed");
  assert.equal((await other.page.evaluate(chosenFile)).sha256, await job.sha256());
});

test("jobs of a tab that is gone are interrupted, and those of the others run", async (t) => {
  const { context, form, page } = await openPage(t);
  const other = await open(context, page.url());
  await inWorkers(context, slowReads, { milliseconds: 100 });
  const file = await users(170_000);
  await form.choose(file);
  await other.choose(file);
  const own = await form.start();
  await other.exportButton.click();
  await form.jobs.nth(1).waitFor();
  const foreign = await form.newestJob();
  await until(async () => (await own.percentage()) >= 5, "the job runs");
  await page.close();
  await new Job(other.page, own.id).status("Failed: interrupted");
  assert.equal(await new Job(other.page, foreign.id).ended(), "Completed");
});

test("a tab says so when the one that runs the jobs is suspended, and goes on when that is shown", async (t) => {
  const { context, form, page } = await openPage(t);
  const other = await open(context, page.url());
  const note = other.page.getByText("Another tab of this page runs the exports, and does not answer.");
  await other.chooseSample();
  const wake = await suspend(context, page);
  await other.exportButton.click();
  await note.waitFor();
  assert.equal(await other.jobs.count(), 0);
  const { violations } = await new AxeBuilder({ page: other.page }).analyze();
  assert.deepEqual(violations, []);

  await wake();
  await other.jobs.first().waitFor();
  await note.waitFor({ state: "detached" });
  assert.equal(await (await other.newestJob()).ended(), "Completed");
  assert.equal(await form.jobs.count(), 1);
});

test("a tab that is closed while it is suspended leaves the jobs to the next", async (t) => {
  const { context, page } = await openPage(t);
  const other = await open(context, page.url());
  const note = other.page.getByText("Another tab of this page runs the exports, and does not answer.");
  await other.chooseSample();
  await suspend(context, page);
  await other.exportButton.click();
  await note.waitFor();
  await page.close();
  await other.jobs.first().waitFor();
  await note.waitFor({ state: "detached" });
  assert.equal(await (await other.newestJob()).ended(), "Completed");
});

/** Stops all that a page does, as a browser does with a tab that it suspends; gives what wakes it up. */
async function suspend(context, page) {
  const devtools = await context.newCDPSession(page);
  await devtools.send("Debugger.enable");
  await devtools.send("Debugger.pause");
  // It stops at the next thing that it does.
  const paused = new Promise((resolve) => devtools.once("Debugger.paused", resolve));
  page.evaluate(() => {}).catch(() => {});
  await paused;
  return async () => {
    await devtools.send("Debugger.resume");
    await devtools.detach();
  };
}

async function open(context, url, script) {
  const page = await context.newPage();
  if (script) await page.addInitScript(script);
  await page.goto(url);
  const form = new Form(page);
  await form.exportButton.waitFor();
  return form;
}
