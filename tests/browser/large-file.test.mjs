// A file of 200 MB: the same bytes, in little memory, beside a page that stays at hand.

import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { test } from "node:test";
import { exportedSha256, users } from "./command.mjs";
import { address, openPage, storedFiles } from "./page.mjs";
import { recordingProxy } from "./proxy.mjs";
import { followRun } from "./run.mjs";

test("200 MB pass through in little memory, and nothing is sent", async (t) => {
  const file = await users(170_000);
  const { size } = await stat(file);
  assert.ok(size > 200e6, `${size} bytes`);
  // Two ears: the browser's tools tell what page and workers ask for, the proxy what goes out.
  const { requests: sent, options } = await recordingProxy(t);
  const opened = await openPage(t, options);
  const { context, form, page } = opened;
  const asked = [];
  context.on("request", (request) => {
    // What is within the page: the script of its workers.
    if (request.url().startsWith("blob:")) return;
    asked.push(`${request.method()} ${request.url()}${request.postData() ?? ""}`);
  });
  await form.choose(file);

  const before = { asked: asked.length, sent: sent.length };
  const job = await form.start();
  const run = await followRun(opened, job);
  assert.equal(await job.ended(), "Completed");
  const saved = await job.download();
  const hash = await saved.sha256();
  const during = { asked: asked.slice(before.asked), sent: sent.slice(before.sent) };

  assert.deepEqual(during, { asked: [], sent: [] }, "requests during the run");
  const ownFiles = new RegExp(`^GET ${address}([\\w.-]+\\.(js|css|svg|wasm))?$`);
  for (const line of [...asked, ...sent]) assert.match(line, ownFiles);
  const engine = `GET ${address}rollcall_bg.wasm`;
  assert.ok(asked.includes(engine) && sent.includes(engine), "both hear the worker");
  assert.equal(hash, await exportedSha256([file], "--default-fields"));
  assert.equal((await storedFiles(page)).length, 1);

  const { percentages, memory, peak, longestFrame, longestTask, seconds } = run;
  t.diagnostic(
    `${(size / 1e6 / seconds).toFixed(0)} MB/s, renderer at most ${peak} MB, ` +
      `longest frame ${longestFrame.toFixed(0)} ms, longest task ${longestTask.toFixed(0)} ms`,
  );
  assert.deepEqual(
    percentages,
    percentages.toSorted((a, b) => a - b),
    "progress never goes back",
  );
  // They are seen frame by frame, so the page was at hand: how fast it is depends on the machine.
  assert.ok(percentages.length > 2, `progress was seen: ${percentages}`);
  assert.ok(peak < 400, `${peak} MB`);
  const [least, most] = [Math.min(...memory), Math.max(...memory)];
  // Three workers have slices in hand.
  assert.ok(most < least + 160, `memory is not flat: ${memory.join(" ")} MB`);
});
