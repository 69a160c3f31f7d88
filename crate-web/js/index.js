// @ts-check
// The package in browsers and bundlers.
/** @import { ExportOptions, ExportRequest } from "./index.js" */
/** @typedef {typeof import("./index.js")} Package */
import * as platform from "./browser.js";
import { compileEngine, demandLoaded, load as loadEngine } from "./load.js";
import { loadTenant } from "./load-tenant.js";
import { Exporter as Engine, version as engineVersion } from "./rollcall.js";
import { exportChunks } from "./stream.js";
import { openTenant } from "./tenant.js";

/** @type {Package["load"]} */
export async function load(source) {
  await loadEngine(source);
}

export class Exporter extends Engine {
  /**
   * @param {ExportRequest} request
   * @param {ExportOptions} [options]
   */
  constructor(request, options) {
    demandLoaded();
    super(request, options);
  }
}

/** @type {Package["version"]} */
export function version() {
  demandLoaded();
  return engineVersion();
}

/** @type {Package["exportStream"]} */
export function exportStream(source, request, options) {
  return exportChunks(source, request, options, loadEngine);
}

/** @type {Package["createTenant"]} */
export async function createTenant(options) {
  const [engine] = await Promise.all([compileEngine(), loadTenant()]);
  return openTenant(options, platform, engine);
}
