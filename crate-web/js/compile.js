// @ts-check
// Compiles wasm once, when it is first needed.

/**
 * Where a module comes from.
 *
 * @typedef {Parameters<typeof import("./index.js").load>[0]} Source
 */

/**
 * Gives a function that gives the compiled module of `address`, or of what its first caller
 * gives instead: an address, a `Response`, bytes or a `WebAssembly.Module`, or a promise of these.
 *
 * @param {URL} address
 * @returns {(source?: Source) => Promise<WebAssembly.Module>}
 */
export function compiledOnce(address) {
  /** @type {Promise<WebAssembly.Module> | undefined} */
  let compiling;
  return (source = address) => {
    compiling ??= compile(source).catch((error) => {
      // The next call tries again.
      compiling = undefined;
      throw error;
    });
    return compiling;
  };
}

/** @param {NonNullable<Source>} source */
async function compile(source) {
  const found = await source;
  if (found instanceof WebAssembly.Module) return found;
  if (found instanceof ArrayBuffer || ArrayBuffer.isView(found)) return WebAssembly.compile(found);
  const response = found instanceof Response ? found : await fetch(found);
  if (!response.ok) throw new Error(`The engine could not be loaded: ${response.status} ${response.url}`);
  // Servers that do not know the type of wasm are common; streaming insists on it.
  const isStreamable = response.headers.get("content-type")?.startsWith("application/wasm");
  return isStreamable
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
