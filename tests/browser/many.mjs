// Measures a hundred jobs in one tab by hand: node tests/browser/many.mjs [jobs] [users]
//
// Takes the environment of the page tests; see tests/README.md. 16,600 users are some 20 MB.

import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { users } from "./command.mjs";
import { openPage, storedFiles, until } from "./page.mjs";
import { rendererMemory } from "./processes.mjs";

const count = Number(process.argv[2] ?? 100);
const file = await users(Number(process.argv[3] ?? 16_600));
const { size } = await stat(file);
const cleaners = [];
try {
  const opened = await openPage({ after: (clean) => cleaners.push(clean) });
  const { form, page, folder } = opened;
  await form.choose(file);

  async function tell(what) {
    const session = await page.context().newCDPSession(page);
    await session.send("HeapProfiler.collectGarbage");
    await session.detach();
    const { now } = await rendererMemory(folder);
    const usage = await page.evaluate(async () => (await navigator.storage.estimate()).usage);
    console.log(`${what.padEnd(20)} renderer ${now} MB, storage ${(usage / 1e6).toFixed(1)} MB`);
  }

  await tell("before");
  const start = performance.now();
  for (let number = 1; number <= count; number += 1) {
    const job = await form.start();
    assert.equal(await job.ended(), "Completed");
    if (number === 10 || number === count) await tell(`after ${number} jobs`);
  }
  const seconds = (performance.now() - start) / 1000;
  console.log(`${count} jobs over ${((count * size) / 1e6).toFixed(0)} MB in ${seconds.toFixed(0)} s`);

  await page.getByRole("button", { name: "Clear all data" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete everything" }).click();
  await form.hasNoJobs();
  await until(async () => (await storedFiles(page)).length === 0, "no file is left");
  await tell("all data cleared");
} finally {
  for (const clean of cleaners) await clean();
}
