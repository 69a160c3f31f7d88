// @ts-check
// Loads the engine, lazily.
import { compiledOnce } from "./compile.js";
import { initSync } from "./rollcall.js";
import { hasSimd } from "./simd.js";

let isLoaded = false;

// Written out, so that bundlers find both.
const FAST = new URL("./rollcall_bg.wasm", import.meta.url);
const PLAIN = new URL("./rollcall-plain_bg.wasm", import.meta.url);

/** Gives the compiled engine, for workers; of several calls the first decides about its source. */
export const compileEngine = compiledOnce(hasSimd() ? FAST : PLAIN);

/**
 * Makes the engine ready for use in this place, too.
 *
 * @param {import("./compile.js").Source} [source]
 */
export async function load(source) {
  initSync({ module: await compileEngine(source) });
  isLoaded = true;
}

/** Says what is missing where the engine is needed at once. */
export function demandLoaded() {
  if (!isLoaded) throw new Error("The engine is not loaded yet: await load() first.");
}
