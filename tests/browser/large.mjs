// Measures the export of a large file by hand: node tests/browser/large.mjs [users]
//
// Takes the environment of the page tests; see tests/README.md. 830,000 users are a good gigabyte.

import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { exportedSha256, users } from "./command.mjs";
import { openPage } from "./page.mjs";
import { followRun } from "./run.mjs";

const file = await users(Number(process.argv[2] ?? 830_000));
const { size } = await stat(file);
const megabytes = size / 1e6;
const tell = (what, figures) => console.log(`${what.padEnd(12)} ${figures}`);
const seconds = (since) => (performance.now() - since) / 1000;
const cleaners = [];
try {
  tell("input", `${megabytes.toFixed(0)} MB`);
  let start = performance.now();
  const hash = await exportedSha256([file], "--default-fields");
  tell(
    "command",
    `${seconds(start).toFixed(1)} s, ${(megabytes / seconds(start)).toFixed(0)} MB/s`,
  );

  const opened = await openPage({ after: (clean) => cleaners.push(clean) });
  const { form, page } = opened;
  page.setDefaultTimeout(600_000);
  start = performance.now();
  await form.choose(file);
  tell("looking", `${seconds(start).toFixed(1)} s`);

  start = performance.now();
  const job = await form.start();
  const { memory, peak, longestFrame, longestTask } = await followRun(opened, job);
  const duration = seconds(start);
  assert.equal(await job.ended(), "Completed");
  tell("export", `${duration.toFixed(1)} s, ${(megabytes / duration).toFixed(0)} MB/s`);
  tell(
    "renderer",
    `${peak} MB at most, ${Math.min(...memory)} to ${Math.max(...memory)} MB while it ran`,
  );
  tell(
    "page",
    `longest frame ${longestFrame.toFixed(0)} ms, longest task ${longestTask.toFixed(0)} ms`,
  );

  start = performance.now();
  const saved = await job.download();
  assert.equal(await saved.sha256(), hash, "the command line's bytes");
  tell("download", `${seconds(start).toFixed(1)} s, SHA-256 ${hash}, as from the command line`);
} finally {
  for (const clean of cleaners) await clean();
}
