// The package in Node: all is ready as soon as it is imported.
import { readFileSync } from "node:fs";
import { initSync } from "./rollcall.js";
import { initSync as initTenant } from "./rollcall-tenant.js";
import { hasSimd } from "./simd.js";
import * as platform from "./node-platform.js";
import { openTenant } from "./tenant.js";
import { exportChunks } from "./stream.js";

export { Exporter, version } from "./rollcall.js";

const engine = compile(hasSimd() ? "./rollcall_bg.wasm" : "./rollcall-plain_bg.wasm");
initSync({ module: engine });
initTenant({ module: compile("./rollcall-tenant_bg.wasm") });

export async function load() {}

export function exportStream(source, request, options) {
  return exportChunks(source, request, options, load);
}

export async function createTenant(options) {
  return openTenant(options, platform, engine);
}

function compile(path) {
  return new WebAssembly.Module(readFileSync(new URL(path, import.meta.url)));
}
