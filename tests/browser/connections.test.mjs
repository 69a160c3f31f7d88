// Files of very many connections: the page lists the largest ones, and exports any.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { test } from "node:test";
import { promisify } from "node:util";
import { exported } from "./command.mjs";
import { openPage, temporaryFolder } from "./page.mjs";

/** A file of users of so many connections: two of the last one, and one of each other. */
async function usersOf(test, many) {
  const file = join(await temporaryFolder(test), "users.ndjson");
  function* lines() {
    for (let number = 1; number <= many; number += 1) yield line(number);
    yield line(many);
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
  return file;
}

function line(number) {
  return `{"user_id":"${number}","identities":[{"connection":"c ${number}"}]}\n`;
}

async function idOf(name, file) {
  const { stdout } = await promisify(execFile)(process.env.ROLLCALL_CLI, ["connections", "--json", file], {
    maxBuffer: 64 << 20,
  });
  const lines = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  return lines.find((found) => found.name === name).id;
}

test("400,000 connections are counted, and the page stays at hand", async (t) => {
  const file = await usersOf(t, 400_000);
  const { form, page } = await openPage(t);
  await page.evaluate(() => {
    window.longestTask = 0;
    new PerformanceObserver((tasks) => {
      for (const { duration } of tasks.getEntries()) window.longestTask = Math.max(window.longestTask, duration);
    }).observe({ type: "longtask" });
  });
  const start = performance.now();
  await form.choose(file);
  const seconds = (performance.now() - start) / 1000;
  assert.equal(await form.fact("Users").innerText(), "400,001");
  assert.equal(await form.fact("Connections").innerText(), "400,000");
  const options = await form.connection.getByRole("option").allTextContents();
  assert.deepEqual(options.slice(0, 3), ["All", "c 400000 (2 users)", "c 1 (1 user)"]);
  assert.deepEqual([options.length, options.at(-1)], [202, "Another one…"]);
  const longest = await page.evaluate(() => window.longestTask);
  t.diagnostic(`${seconds.toFixed(1)} s, longest task ${longest.toFixed(0)} ms`);
  // A page that gets all of them is gone for many seconds.
  assert.ok(longest < 2000, `a task of ${longest} ms`);
});

test("a connection that is not listed is exported by its name and by its id, and must exist", async (t) => {
  const file = await usersOf(t, 1000);
  const { form, page } = await openPage(t);
  await form.choose(file);
  await page.getByText("Only the largest of 1,000 connections are listed.").waitFor();
  assert.equal(await form.connectionName.count(), 0);
  await form.connection.selectOption("Another one…");
  await form.exportButton.click();
  assert.equal(await form.faultOf(form.connectionName), "Enter the name or id of a connection.");
  assert.equal(await form.jobs.count(), 0);

  const name = "c 999";
  const id = await idOf(name, file);
  const want = await exported([file], "--default-fields", "--connection", name);
  for (const text of [name, id]) {
    await form.connectionName.fill(text);
    const job = await form.start();
    assert.equal(await job.ended(), "Completed");
    assert.equal(await job.figure("Users exported"), "1");
    assert.deepEqual(await (await job.download()).bytes(), want);
    await job.card.getByText(`CSV · ${text} · 11 fields`).waitFor();
    await form.connection.selectOption("All");
    await job.card.getByRole("button", { name: /^Run again/ }).click();
    await form.jobs.nth(1).waitFor();
    const again = await form.newestJob();
    assert.equal(await again.ended(), "Completed");
    assert.deepEqual(await (await again.download()).bytes(), want);
    assert.equal(await form.connectionName.inputValue(), text);
    for (const { removeButton } of [again, job]) await removeButton.click();
    await page.getByRole("region", { name: "Exports" }).waitFor({ state: "detached" });
  }
  for (const text of ["c 1001", "con_0000000000000000"]) {
    await form.connectionName.fill(text);
    const job = await form.start();
    assert.equal(await job.ended(), "Failed");
    await job.card.getByText("The connection does not exist.").waitFor();
  }

  // A body that names it.
  await page.getByRole("heading", { name: "API" }).click();
  await page.getByLabel("Paste a JSON body").fill(JSON.stringify({ connection_id: id, fields: [{ name: "user_id" }] }));
  await page.getByRole("button", { name: "Fill in the form" }).click();
  assert.equal(await form.connectionName.inputValue(), id);
  const options = ["--field", "user_id", "--connection", name];
  assert.deepEqual(await form.export(), await exported([file], ...options));
});

test("a job of a connection that is not listed waits for its turn and stays what it is", async (t) => {
  const file = await usersOf(t, 300);
  const { form } = await openPage(t);
  await form.choose(file);
  await form.connection.selectOption("Another one…");
  await form.connectionName.fill("nobody");
  const jobs = [];
  // What later jobs know of their connections does not change what these do.
  for (let many = 0; many < 4; many += 1) jobs.push(await form.start());
  await form.connection.selectOption({ index: 1 });
  const last = await form.start();
  assert.equal(await last.ended(), "Completed");
  assert.equal(await last.figure("Users exported"), "2");
  for (const job of jobs) assert.equal(await job.ended(), "Failed");
});
