// An engine that is missing, breaks down or finds no room: the job fails, the page lives on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { users } from "./command.mjs";
import { openPage, storedFiles, until } from "./page.mjs";
import { inWorkers, slowReads } from "./worker.mjs";

test("an engine that is not there is told, and loaded once it is", async (t) => {
  const complaints = [/404/, /rollcall_bg|wasm|WebAssembly/i];
  const { context, form, page } = await openPage(t, { complaints });
  await context.route("**/rollcall_bg.wasm", (route) => route.fulfill({ status: 404, body: "" }));
  await page.reload();
  await page.getByText(/^The engine could not be loaded: 404/).first().waitFor();
  await form.sampleButton.click();
  await form.unreadable.getByText(/^The engine could not be started/).waitFor();
  await context.unroute("**/rollcall_bg.wasm");
  const next = await form.start();
  assert.equal(await next.ended(), "Completed");
});

test("an engine that breaks down fails the job, and the next one runs", async (t) => {
  const { context, form, page } = await openPage(t, { complaints: [/broke/] });
  await form.choose(await users(170_000));
  await inWorkers(context, slowReads, { milliseconds: 100 });
  const job = await form.start();
  await until(async () => (await job.percentage()) >= 1, "the job runs");
  // The first that breaks down has the others ended.
  await Promise.allSettled(
    page.workers().map((worker) =>
      worker.evaluate(() => {
        setTimeout(() => {
          throw new Error("broke");
        });
      }),
    ),
  );
  assert.equal(await job.ended(), "Failed");
  await until(async () => (await storedFiles(page)).length === 0, "no file is left");
  await form.sample.check();
  const next = await form.start();
  assert.equal(await next.ended(), "Completed");
});

test("storage that is full fails the job", async (t) => {
  const { context, form, page } = await openPage(t);
  await form.choose(await users(170_000));
  const devtools = await context.newCDPSession(page);
  const { origin } = new URL(page.url());
  await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 10e6 });
  const job = await form.start();
  assert.equal(await job.ended(), "Failed");
  await job.card.getByText(/^The storage is full/).waitFor();
  await until(async () => (await storedFiles(page)).length === 0, "no file is left");
  await devtools.send("Storage.overrideQuotaForOrigin", { origin });
  await form.sample.check();
  const next = await form.start();
  assert.equal(await next.ended(), "Completed");
});
