// "Save directly": the worker writes into a file that the person chooses.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { test } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { exported, users } from "./command.mjs";
import { openPage, storedFiles, until } from "./page.mjs";
import { chooseInPlaceOfPerson, chosenFile, failWrites, slowCloses, suggestions } from "./save.mjs";
import { inWorkers, slowReads } from "./worker.mjs";

const sample = join(process.env.ROLLCALL_DIST, "sample.ndjson.gz");

async function openWithPicker(t, options = {}) {
  const opened = await openPage(t, { script: chooseInPlaceOfPerson, ...options });
  const button = opened.page.getByRole("button", { name: "Save directly" });
  const saveDirectly = async () => {
    const before = await opened.form.jobs.count();
    await button.click();
    await opened.form.jobs.nth(before).waitFor();
    return opened.form.newestJob();
  };
  return { ...opened, button, saveDirectly };
}

test("an export that is saved directly has the same bytes, and no copy in the browser", async (t) => {
  const { form, page, saveDirectly } = await openWithPicker(t);
  const file = await users(170_000);
  await form.choose(file);
  const job = await saveDirectly();
  await job.card.getByText("saved directly").waitFor();
  assert.equal(await job.ended(), "Completed");
  assert.deepEqual(await page.evaluate(suggestions), ["my-tenant.csv"]);
  assert.deepEqual(await storedFiles(page), []);
  const want = await exported([file], "--default-fields");
  assert.deepEqual(await page.evaluate(chosenFile), { size: want.length, sha256: await job.sha256() });
  assert.equal(await job.sha256(), sha256(want));

  await job.card.getByText("Saved to the file you chose. There is no copy in the browser.").waitFor();
  assert.equal(await job.card.getByRole("heading").innerText(), "chosen.csv");
  assert.equal(await job.downloadButton.count(), 0);
  assert.equal(await job.card.getByText("expires").count(), 0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations, []);

  await page.reload();
  await job.status("Completed");
  await job.card.getByText("Saved to the file you chose.").waitFor();
  assert.equal(await job.figure("Users exported"), "170,000");
  assert.equal(await job.downloadButton.count(), 0);
  await job.removeButton.click();
  await form.hasNoJobs();
  assert.equal((await page.evaluate(chosenFile)).size, want.length);
});

test("the suggested name tells the format and the compression", async (t) => {
  const { form, page, saveDirectly } = await openWithPicker(t);
  await form.chooseSample();
  await form.tenant.fill("acme");
  await form.gzip.check();
  await (await saveDirectly()).ended();
  await form.chooseFormat("JSON");
  await (await saveDirectly()).ended();
  await form.gzip.uncheck();
  await (await saveDirectly()).ended();
  assert.deepEqual(await page.evaluate(suggestions), ["acme.csv.gz", "acme.json.gz", "acme.json"]);
});

test("a cancelled job leaves nothing under the chosen name", async (t) => {
  const opened = await openWithPicker(t);
  const { page } = opened;
  await cancelInTheMiddle(opened);
  await until(async () => (await page.evaluate(chosenFile)) === null, "no file is left");
});

test("what stood under the chosen name stays when the job is cancelled", async (t) => {
  const opened = await openWithPicker(t);
  const { page } = opened;
  await page.evaluate(() => (window.before = "an earlier export"));
  await cancelInTheMiddle(opened);
  assert.equal((await page.evaluate(chosenFile)).size, "an earlier export".length);
});

test("a job that is cancelled while its file gets its content is completed, as the file is", async (t) => {
  const { context, form, page, saveDirectly } = await openWithPicker(t);
  await page.evaluate(() => (window.before = "an earlier export"));
  await inWorkers(context, slowCloses, { milliseconds: 3000 });
  await form.chooseSample();
  const job = await saveDirectly();
  const want = await exported([sample], "--default-fields");
  // The file is there already, and the browser has not said so yet.
  await until(async () => (await page.evaluate(chosenFile)).size === want.length, "the file is complete");
  await job.cancelButton.click();
  await job.status("Completed");
  assert.equal((await page.evaluate(chosenFile)).sha256, sha256(want));
  await page.reload();
  await job.status("Completed");
});

for (const [name, words] of [
  ["QuotaExceededError", /The drive of the chosen file is full: the output needs about [\d.]+ MB, of which [\d.]+ MB was written\..*Save to a location with more space/s],
  ["NotAllowedError", /The browser is no longer allowed to write to the chosen file\..*Save to another location/s],
  ["NotFoundError", /The chosen file or its folder was deleted or moved\./],
]) {
  test(`a third write that fails with ${name} fails the job and leaves no file`, async (t) => {
    const { context, form, page, saveDirectly } = await openWithPicker(t);
    await inWorkers(context, failWrites, { name, from: 3 });
    await form.choose(await users(170_000));
    const job = await saveDirectly();
    assert.equal(await job.ended(), "Failed");
    assert.match(await job.card.innerText(), words);
    assert.match(await job.card.innerText(), /No file was kept\./);
    await until(async () => (await page.evaluate(chosenFile)) === null, "no file is left");
  });
}

test("a person who wants no place after all is told that nothing happened", async (t) => {
  const { button, form, page } = await openWithPicker(t);
  await form.chooseSample();
  await page.evaluate(() => (window.refusal = new DOMException("no", "AbortError")));
  await button.click();
  await page.locator(".submit").getByText("No location chosen, so nothing was exported.").waitFor();
  assert.equal(await form.liveRegion.innerText(), "No location chosen, so nothing was exported.");
  assert.equal(await form.jobs.count(), 0);

  await page.evaluate(() => (window.refusal = new DOMException("not here", "SecurityError")));
  await button.click();
  await page.getByText("The browser did not open its save dialog: not here").first().waitFor();
});

test("faults of the form come before the question for a place", async (t) => {
  const { button, form, page } = await openWithPicker(t);
  await button.click();
  await page.getByText("Choose a file").first().waitFor();
  assert.deepEqual(await page.evaluate(suggestions), []);
});

test("a browser that cannot do it offers nothing", async (t) => {
  const { form, page } = await openPage(t, { script: () => delete window.showSaveFilePicker });
  await form.chooseSample();
  assert.equal(await page.getByText("Save directly").count(), 0);
});

test("running it again asks for a place again", async (t) => {
  const { form, page, saveDirectly } = await openWithPicker(t);
  await form.chooseSample();
  const job = await saveDirectly();
  await job.ended();
  await job.card.getByRole("button", { name: /^Run again/ }).click();
  await form.jobs.nth(1).waitFor();
  const again = await form.newestJob();
  assert.equal(await again.ended(), "Completed");
  assert.equal(await again.downloadButton.count(), 0);
  assert.deepEqual(await page.evaluate(suggestions), ["my-tenant.csv", "my-tenant.csv"]);
  const want = await exported([sample], "--default-fields");
  assert.equal((await page.evaluate(chosenFile)).size, want.length);
});

test("it is offered more plainly where room is scarce", async (t) => {
  const script = `(${chooseInPlaceOfPerson})(); StorageManager.prototype.estimate = async () => ({ quota: 60e6, usage: 10e6 });`;
  const { button, form, page } = await openWithPicker(t, { script });
  await form.chooseSample();
  await until(async () => /outline/.test(await button.getAttribute("class")), "one choice of two");
  await form.choose(await users(170_000));
  await page.getByText("save directly, which needs no space in the browser").waitFor();
  assert.ok(!/outline/.test((await button.getAttribute("class")) ?? ""));
});

async function cancelInTheMiddle({ context, form, saveDirectly }) {
  await form.choose(await users(170_000));
  await inWorkers(context, slowReads, { milliseconds: 100 });
  const job = await saveDirectly();
  await until(async () => (await job.percentage()) >= 20, "the job runs");
  await job.cancelButton.click();
  assert.equal(await job.ended(), "Cancelled");
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
