// Loads the engine once, lazily.
import { initSync } from "./rollcall.js";

let loading;
let isLoaded = false;

/**
 * Gives the compiled engine, which is ready for use from then on. `source` is an address, a
 * `Response`, bytes or a `WebAssembly.Module`; of several calls the first decides.
 */
export function load(source = new URL("./rollcall_bg.wasm", import.meta.url)) {
  loading ??= start(source).catch((error) => {
    // The next call tries again.
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Says what is missing where the engine is needed at once. */
export function demandLoaded() {
  if (!isLoaded) throw new Error("The engine is not loaded yet: await load() first.");
}

async function start(source) {
  const module = await compile(await source);
  initSync({ module });
  isLoaded = true;
  return module;
}

async function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source);
  const response = source instanceof Response ? source : await fetch(source);
  if (!response.ok) throw new Error(`The engine could not be loaded: ${response.status} ${response.url}`);
  // Servers that do not know the type of wasm are common; streaming insists on it.
  const isStreamable = response.headers.get("content-type")?.startsWith("application/wasm");
  return isStreamable
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
