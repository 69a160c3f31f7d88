// A browser without SIMD.

import assert from "node:assert/strict";
import { test } from "node:test";
import { exportedSha256, users } from "./command.mjs";
import { address, openPage } from "./page.mjs";

test("a browser without SIMD gets the engine without it, and the same bytes", async (t) => {
  const script = () => {
    WebAssembly.validate = () => false;
  };
  const { context, form, page } = await openPage(t, { script });
  const asked = [];
  context.on("request", (request) => asked.push(request.url().slice(address.length)));
  await page.reload();
  const file = await users(10_000);
  await form.choose(file);
  const job = await form.start();
  assert.equal(await job.ended(), "Completed");
  const saved = await job.download();
  assert.equal(await saved.sha256(), await exportedSha256([file], "--default-fields"));
  assert.ok(asked.includes("rollcall-plain_bg.wasm"), asked.join());
  assert.ok(!asked.includes("rollcall_bg.wasm"), asked.join());
});
