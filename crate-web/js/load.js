// Loads the engine, lazily.
import { compiledOnce } from "./compile.js";
import { initSync } from "./rollcall.js";

let isLoaded = false;

/** Gives the compiled engine, for workers; of several calls the first decides about its source. */
export const compileEngine = compiledOnce(new URL("./rollcall_bg.wasm", import.meta.url));

/** Makes the engine ready for use in this place, too. */
export async function load(source) {
  initSync({ module: await compileEngine(source) });
  isLoaded = true;
}

/** Says what is missing where the engine is needed at once. */
export function demandLoaded() {
  if (!isLoaded) throw new Error("The engine is not loaded yet: await load() first.");
}
