// Files that are broken in one way or another: nothing is lost in silence.

import assert from "node:assert/strict";
import { appendFile, constants, copyFile, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { exported, reports, users } from "./command.mjs";
import { holdReplies } from "./hold.mjs";
import { hasFocus, openPage, storedFiles, temporaryFolder, until } from "./page.mjs";
import { inWorkers, slowReads } from "./worker.mjs";

const sampleName = "sample.ndjson.gz";
const sample = join(process.env.ROLLCALL_DIST, sampleName);

test("broken records are left out and listed where they are", async (t) => {
  const folder = await temporaryFolder(t);
  const file = join(folder, "users.ndjson");
  const lines = [
    '{"user_id":"1"}',
    '{"user_id":',
    '{"user_id":"2"}',
    "[3]",
    '{"user_id":"\xff"}',
    '{"user_id":"4",}',
    '{"user_id":"5"}',
  ];
  await writeFile(file, Buffer.from(lines.join("\n"), "latin1"));
  const cut = join(folder, "cut.ndjson");
  await writeFile(cut, '{"user_id":"6"}\n{');
  const { form, page } = await openPage(t);
  await form.choose(file);
  assert.equal(await form.fact("Unreadable records").innerText(), "4");
  const job = await form.start();
  assert.equal(await job.ended(), "Completed");
  await page.getByText("4 records left out").waitFor();
  await job.moreInfo.click();
  const totals = "7 records read: 3 exported, 4 left out, 0 of other connections.";
  await job.card.getByText(totals).waitFor();
  const want = await reports([file], "--default-fields");
  assert.equal(want.length, 4);
  await until(async () => (await job.leftOut.count()) === 5, "a heading and four rows");
  const cells = await job.leftOut.evaluateAll((rows) =>
    rows.slice(1).map((row) => [...row.cells].map((cell) => cell.innerText)),
  );
  assert.deepEqual(
    cells,
    want.map(({ record, line, byte, message }) => [
      ...[record, line, byte].map(String),
      message,
    ]),
  );
  assert.deepEqual(
    await (await job.download()).bytes(),
    await exported([file], "--default-fields"),
  );

  await form.strict.check();
  const strict = await form.start();
  assert.equal(await strict.ended(), "Failed");
  const [failure] = await reports([file], "--default-fields", "--strict");
  await tellsFailure(strict, failure);

  // Of several files it is told which.
  await form.choose(cut);
  const first = await form.start();
  assert.equal(await first.ended(), "Failed");
  await first.card.getByText(/^In users\.ndjson, at record 2, line 2, byte 16\.$/).waitFor();
  await page.getByRole("button", { name: "Remove file users.ndjson" }).click();
  const good = join(folder, "good.ndjson");
  await writeFile(good, '{"user_id":"0"}\n');
  await form.choose(good, file);
  const later = await form.start();
  assert.equal(await later.ended(), "Failed");
  // After the files that stayed, in their order.
  await later.card.getByText(/^In cut\.ndjson, at record 2, line 2, byte 16\.$/).waitFor();
  await page.getByRole("button", { name: "Remove file cut.ndjson" }).click();
  await form.lookedInto();
  const last = await form.start();
  assert.equal(await last.ended(), "Failed");
  await last.card.getByText(/^In users\.ndjson, at record 3, line 2, byte 16\.$/).waitFor();
  await form.choose(cut);
  await form.strict.uncheck();
  const both = await form.start();
  assert.equal(await both.ended(), "Completed");
  await both.moreInfo.click();
  await until(async () => (await both.leftOut.count()) === 6, "a heading and five rows");
  const files = await both.leftOut.evaluateAll((rows) => rows.slice(1).map((row) => row.cells[0].innerText));
  assert.deepEqual(files, [...Array(4).fill("users.ndjson"), "cut.ndjson"]);
});

for (const [name, content] of [
  ["an array that is not closed", '[{"user_id":"1"},\n{"user_id":"2"}'],
  ["a gzip file that is cut", gzipSync('{"user_id":"1"}\n'.repeat(1000)).subarray(0, -20)],
  ["a CSV file without a heading row", "u1,ann@acme.example\nu2,bob@acme.example\n"],
  ["a zip file", Buffer.from("504b03041400000008000000", "hex")],
  ["a file in UTF-16", Buffer.from('\ufeff{"user_id":"1"}\n', "utf16le")],
]) {
  test(`${name} fails with its place and leaves nothing behind`, async (t) => {
    const file = join(await temporaryFolder(t), "users.json");
    await writeFile(file, content);
    const { form, page } = await openPage(t, { script: holdReplies });
    // An export that is started before the look into the file has ended.
    await page.evaluate(() => (window.hearsLooks = false));
    await form.files.setInputFiles(file);
    const job = await form.start();
    assert.equal(await job.ended(), "Failed");
    const [failure] = await reports([file], "--default-fields");
    await tellsFailure(job, failure);
    // Afterwards it is said where the file is, and none is started.
    await page.evaluate(() => window.release());
    await tells(form.chosenFiles, failure);
    await form.exportButton.click();
    assert.match(await form.faultOf(form.files), /^Remove or replace users\.json/);
    assert.ok(await hasFocus(form.files));
    assert.equal(await form.jobs.count(), 1);
    assert.equal(await job.downloadButton.count(), 0);
    await until(async () => (await storedFiles(page)).length === 0, "no file is left");
  });
}

test("an empty file has no users, and its export only the heading", async (t) => {
  const folder = await temporaryFolder(t);
  const [empty, blank] = ["empty.json", "blank.json"].map((name) => join(folder, name));
  await writeFile(empty, "");
  await writeFile(blank, "\n \r\n");
  const { form, page } = await openPage(t);
  const isEmpty = page.getByText("This file is empty.");
  const remove = (name) => page.getByRole("button", { name: `Remove file ${name}` }).click();
  await form.choose(empty, sample);
  assert.equal(await isEmpty.count(), 1);
  await remove(sampleName);
  await form.lookedInto();
  assert.equal(await form.users.getByText(/ha(s|ve) no users/).count(), 0, "said once");
  await form.choose(blank);
  await page.getByText("These files have no users.").waitFor();
  await remove("empty.json");
  await page.getByText("This file has no users.").waitFor();
  assert.equal(await isEmpty.count(), 0);
  await form.choose(empty);
  assert.equal(await form.fact("Users").innerText(), "0");
  const job = await form.start();
  assert.equal(await job.ended(), "Completed");
  assert.equal(await job.figure("Users exported"), "0");
  const words = "The input contains no users.";
  await job.card.getByRole("list", { name: "Warnings" }).getByText(words).waitFor();
  const bytes = await (await job.download()).bytes();
  assert.deepEqual(bytes, await exported([empty], "--default-fields"));
  assert.equal(bytes.toString().split("\n").length, 2);
});

test("a file of which no record can be read is pointed out, and its export fails", async (t) => {
  const file = join(await temporaryFolder(t), "users.ndjson");
  await writeFile(file, '{"user_id":}\n[2]\n');
  const { form, page } = await openPage(t);
  await form.choose(file);
  await page.getByText("None of the 2 records can be read. An export would fail.").waitFor();
  const job = await form.start();
  assert.equal(await job.ended(), "Failed");
  await job.card.getByText(/^None of 2 records could be read: /).waitFor();
  await job.card.getByText("At record 1, line 1, byte 0.").waitFor();
  await job.card.getByText("2 records left out").waitFor();
  await job.moreInfo.click();
  await job.leftOut.nth(2).waitFor();
});

test("a field that no user has is named, with what was meant", async (t) => {
  const file = join(await temporaryFolder(t), "users.ndjson");
  await writeFile(file, '{"user_id":"1","email":"ann@acme.example"}\n');
  const { form } = await openPage(t);
  await form.choose(file);
  await form.defaultFields.uncheck();
  for (const name of ["user_id", "Email"]) await form.addField(name);
  const job = await form.start();
  assert.equal(await job.ended(), "Completed");
  const warnings = job.card.getByRole("list", { name: "Warnings" });
  await warnings.getByText("No exported user has the field `Email`: did you mean `email`?").waitFor();
});

test("a file that breaks off can be exported as far as it can be read", async (t) => {
  const file = join(await temporaryFolder(t), "users.json");
  const users = '{"user_id":"1"},\n{"user_id":"2"}';
  await writeFile(file, `[${users}`);
  const { form } = await openPage(t);
  await form.choose(file);
  await form.unreadable.getByText("To export only 2 users before the error, set a limit.").waitFor();
  await form.exportButton.click();
  assert.match(await form.faultOf(form.files), /^Remove or replace users\.json: it cannot be read\. Or set a limit/);
  await form.limit.fill("2");
  assert.equal(await form.faultOf(form.files), null);
  assert.deepEqual(await form.export(), await exported([file], "--default-fields", "--limit", "2"));
});

test("a file that was chosen anew is looked into anew", async (t) => {
  const file = join(await temporaryFolder(t), "users.ndjson");
  await writeFile(file, '{"user_id":"1"}\n');
  const { form } = await openPage(t);
  await form.choose(file);
  await form.choose(file);
  assert.equal(await form.chosenFiles.count(), 1);
  assert.equal(await form.fact("Users").innerText(), "1");
});

for (const [what, content] of [
  ["an array that is not closed", '[{"user_id":"3"}'],
  ["a zip file", Buffer.from("504b03041400000008000000", "hex")],
]) {
  test(`of several files the one is named that fails, as it is called: ${what}`, async (t) => {
    const folder = await temporaryFolder(t);
    const files = ["Good.json", "part-2.json", "last.json"].map((name) => join(folder, name));
    for (const file of files) await writeFile(file, '{"user_id":"1"}\n');
    await writeFile(files[1], content);
    const { form, page } = await openPage(t, { script: holdReplies });
    await page.evaluate(() => (window.hearsLooks = false));
    await form.files.setInputFiles(files);
    const job = await form.start();
    assert.equal(await job.ended(), "Failed");
    await job.card.getByText(/^In part-2\.json, at (line 1, )?byte \d+\.$/).waitFor();
    assert.doesNotMatch(await job.card.innerText(), /Part-2|Good\.json|last\.json/);
    const [{ message }] = await reports(files, "--default-fields");
    const words = message.slice(files[1].length + 2);
    await job.card.getByText(words[0].toUpperCase() + words.slice(1), { exact: false }).waitFor();

    await page.evaluate(() => window.release());
    const [good, bad, last] = [0, 1, 2].map((index) => form.chosenFiles.nth(index));
    await bad.locator(".failure").waitFor();
    assert.match(await bad.innerText(), /^part-2\.json/);
    for (const other of [good, last]) assert.equal(await other.locator(".failure").count(), 0);
    await until(async () => (await form.liveRegion.innerText()).includes("read the files: part-2.json: "), "it is said aloud");
  });
}

const changed = /^the file can no longer be read: it was changed/i;
for (const [name, change, words] of [
  ["grows", (file) => appendFile(file, '{"user_id":"late"}\n'), changed],
  ["shrinks", (file) => truncate(file, 180e6), changed],
  ["is touched", (file) => utimes(file, new Date(0), new Date(0)), changed],
  ["vanishes", (file) => rm(file), /^the file (was deleted or moved|can no longer be read)/i],
]) {
  test(`a file that ${name} while it is read fails the job`, async (t) => {
    const file = join(await temporaryFolder(t), "users.ndjson");
    await copyFile(await users(170_000), file, constants.COPYFILE_FICLONE);
    const { context, form, page } = await openPage(t);
    await inWorkers(context, slowReads, { milliseconds: 100 });
    await form.choose(file);
    const job = await form.start();
    await until(async () => (await job.percentage()) >= 2, "the job runs");
    await change(file);
    assert.equal(await job.ended(), "Failed");
    await job.card.getByText(words).waitFor();
    await job.card.getByText(/^At byte [\d,]+\.$/).waitFor();
    await until(async () => (await storedFiles(page)).length === 0, "no file is left");
  });
}

/** The card says what the command line says of a failure. */
async function tellsFailure(job, failure) {
  await tells(job.card, failure);
}

async function tells(place, { message, record, line, byte }) {
  const numbers = Object.entries({ record, line, byte }).filter(
    ([, at]) => at !== null && at !== undefined,
  );
  await place.getByText(message.replace(/^.*users\.n?d?json: /, "")).waitFor();
  const words = numbers.map(([name, at]) => `${name} ${at.toLocaleString("en")}`);
  if (words.length > 0) await place.getByText(`At ${words.join(", ")}.`).waitFor();
}
