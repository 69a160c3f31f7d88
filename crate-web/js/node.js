// The package in Node: the engine is ready as soon as it is imported.
import { readFileSync } from "node:fs";
import { initSync } from "./rollcall.js";
import * as platform from "./node-platform.js";
import { openTenant } from "./tenant.js";
import { exportChunks } from "./stream.js";

export { Exporter, version } from "./rollcall.js";

const engine = new WebAssembly.Module(readFileSync(new URL("./rollcall_bg.wasm", import.meta.url)));
initSync({ module: engine });

export async function load() {}

export function exportStream(source, request, options) {
  return exportChunks(source, request, options, load);
}

export async function createTenant(options) {
  return openTenant(options, platform, engine);
}
