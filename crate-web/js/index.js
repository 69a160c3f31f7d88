// The package in browsers and bundlers.
import * as platform from "./browser.js";
import { compileEngine, demandLoaded, load as loadEngine } from "./load.js";
import { loadTenant } from "./load-tenant.js";
import { Exporter as Engine, version as engineVersion } from "./rollcall.js";
import { exportChunks } from "./stream.js";
import { openTenant } from "./tenant.js";

export async function load(source) {
  await loadEngine(source);
}

export class Exporter extends Engine {
  constructor(request, options) {
    demandLoaded();
    super(request, options);
  }
}

export function version() {
  demandLoaded();
  return engineVersion();
}

export function exportStream(source, request, options) {
  return exportChunks(source, request, options, loadEngine);
}

export async function createTenant(options) {
  const [engine] = await Promise.all([compileEngine(), loadTenant()]);
  return openTenant(options, platform, engine);
}
