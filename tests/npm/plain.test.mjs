// The engine for those who have no SIMD passes every golden case, too.
import assert from "node:assert/strict";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { test } from "node:test";

WebAssembly.validate = () => false;
const read = [];
const { readFileSync } = fs;
fs.readFileSync = (file, ...options) => {
  read.push(String(file).split("/").at(-1));
  return readFileSync(file, ...options);
};
syncBuiltinESMExports();

await import("./cases.test.mjs");

test("where SIMD is missing, the engine without it is loaded", () => {
  assert.ok(read.includes("rollcall-plain_bg.wasm"));
  assert.ok(!read.includes("rollcall_bg.wasm"));
});
