// @ts-check
// The package in Node: all is ready as soon as it is imported.
/** @typedef {typeof import("./index.js")} Package */
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

/** @type {Package["load"]} */
export async function load() {}

/** @type {Package["exportStream"]} */
export function exportStream(source, request, options) {
  return exportChunks(source, request, options, load);
}

/** @type {Package["createTenant"]} */
export async function createTenant(options) {
  return openTenant(options, platform, engine);
}

/** @param {string} path */
function compile(path) {
  return new WebAssembly.Module(readFileSync(new URL(path, import.meta.url)));
}
