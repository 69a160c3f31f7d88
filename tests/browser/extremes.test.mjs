// Files that are cut anywhere, unpack to very much, or hold records as deep and as wide as can be:
// nothing passes in silence, no engine breaks down, memory stays small.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { exported, reports } from "./command.mjs";
import { openPage, storedFiles, temporaryFolder, until } from "./page.mjs";
import { rendererMemory } from "./processes.mjs";

const user = '{"user_id":"1"}\n';

test("a gzip file that is cut behind any of its bytes fails its job at its length", async (t) => {
  const { page } = await openPage(t);
  const members = ['{"user_id":"1"}\n{"user_', 'id":"2"}\n'].map((text) => gzipSync(text));
  const whole = Buffer.concat(members);
  const ends = await page.evaluate(exportEveryCut, [...whole]);
  assert.equal(ends.length, whole.length);
  assert.equal(ends.pop().users, 2);
  for (const [index, end] of ends.entries()) {
    const length = index + 1;
    if (length === members[0].length) {
      // As gzip it is whole; the text in it is cut, and that is told.
      assert.deepEqual(end, { status: "completed", users: 1, leftOut: 1 });
    } else {
      assert.deepEqual(end, { status: "failed", error: "bad_gzip", byte: length }, `${length} bytes`);
    }
  }
  assert.deepEqual(await storedFiles(page), []);
  t.diagnostic(`${ends.length} cuts`);
});

const MEBIBYTES = 512;
for (const [what, start, block, error] of [
  ["blank lines", "", "\n", "bad_record"],
  ["a string without its end", '{"user_id":"', "x", "record_too_large"],
]) {
  test(`half a gigabyte of ${what} in a small gzip file takes little memory`, async (t) => {
    const file = join(await temporaryFolder(t), "users.json.gz");
    await writeFile(file, Buffer.concat([gzipSync(user + start), ...bomb(block), gzipSync(`"}\n${user}`)]));
    const { folder, form, page } = await openPage(t);
    await form.choose(file);
    assert.equal(await form.fact("Users").innerText(), "2");
    const job = await form.start();
    assert.equal(await job.ended(), "Completed");
    assert.equal(await job.figure("Users exported"), "2");
    const want = await exported([file], "--default-fields");
    assert.deepEqual(await (await job.download()).bytes(), want);
    const errors = (await reports([file], "--default-fields")).map((report) => report.error);
    assert.deepEqual(errors, [error]);
    await page.getByText("1 record left out").first().waitFor();
    const { peak } = await rendererMemory(folder);
    t.diagnostic(`renderer at most ${peak} MB`);
    assert.ok(peak < 400, `${peak} MB`);
  });
}

test("a job that is busy with a small gzip file can be cancelled", async (t) => {
  const file = join(await temporaryFolder(t), "users.json.gz");
  await writeFile(file, Buffer.concat([gzipSync(user), ...bomb("\n")]));
  const { form, page } = await openPage(t);
  await form.choose(file);
  const job = await form.start();
  await job.status("Processing");
  await job.cancelButton.click();
  assert.equal(await job.ended(), "Cancelled");
  await until(async () => (await storedFiles(page)).length === 0, "no file is left");
});

test("records of millions of levels, a million keys and huge numbers break no engine", async (t) => {
  const file = join(await temporaryFolder(t), "users.ndjson");
  const keys = Array.from({ length: 900_000 }, (_, number) => `"${number.toString(36)}":0`).join(",");
  const lines = [
    '{"user_id":"first"}',
    `{"user_id":"arrays","x":${"[".repeat(5e6)}${"]".repeat(5e6)}}`,
    `{"user_id":"objects","x":${'{"":'.repeat(2e6)}`,
    `{${keys},"user_id":"wide"}`,
    `{"user_id":"numbers","name":${"9".repeat(10_000)},"email":-1e${"9".repeat(10_000)}}`,
    `{"user_id":"keys","${"k".repeat(5e6)}":1,"user_metadata":{"${"m".repeat(5e6)}":{"n":1}}}`,
    `{"user_id":"long","name":"${"x".repeat(20e6)}"}`,
    `{"user_id":"identities","identities":[${'{"connection":"c"},'.repeat(500_000)}{}]}`,
    `{"user_id":"connection","identities":[{"connection":"${"d".repeat(5e6)}"}]}`,
    '{"user_id":"last"}',
  ];
  await writeFile(file, lines.join("\n"));
  const { form, page } = await openPage(t);
  await form.choose(file);
  assert.equal(await form.fact("Users").innerText(), "7");
  assert.equal(await form.fact("Unreadable records").innerText(), "3");
  for (const format of ["CSV", "JSON"]) {
    await form.chooseFormat(format);
    const job = await form.start();
    assert.equal(await job.ended(), "Completed");
    assert.equal(await job.figure("Users exported"), "7");
    await job.card.getByText("3 records left out").waitFor();
    const want = await exported([file], "--default-fields", "--format", format.toLowerCase());
    assert.ok(want.equals(await (await job.download()).bytes()), format);
  }
  await form.connection.selectOption({ index: 1 });
  await form.limit.fill("1");
  const job = await form.start();
  assert.equal(await job.ended(), "Completed");
  assert.equal(await job.figure("Users exported"), "1");
  await until(async () => (await storedFiles(page)).length === 3, "three files");
});

/** So much text of one character, in many members. */
function bomb(character) {
  return Array(MEBIBYTES / 64).fill(gzipSync(character.repeat(64 << 20)));
}

/** Runs in the page: how the exports of the first byte end, of the first two, and so on. */
async function exportEveryCut(bytes) {
  const { ask } = await import("/page-tenant.js");
  const json = async (...request) => JSON.parse((await ask(...request)).text);
  const ends = [];
  for (let length = 1; length <= bytes.length; length += 1) {
    const users = [new File([new Uint8Array(bytes.slice(0, length))], "users.json.gz")];
    const source = { name: "acme", users, connections: [] };
    const { id } = await json("POST", "/api/v2/jobs/users-exports", "{}", source);
    let job;
    do {
      await new Promise((resolve) => setTimeout(resolve, 5));
      job = (await json("GET", "/api/v2/jobs")).find((job) => job.id === id);
    } while (!["completed", "failed"].includes(job.status));
    const { status, failure } = job;
    if (failure) ends.push({ status, error: failure.error, byte: failure.byte });
    else ends.push({ status, users: job.export.totals.exported, leftOut: job.export.totals.left_out });
    await ask("DELETE", `/api/v2/jobs/${id}`);
  }
  return ends;
}
