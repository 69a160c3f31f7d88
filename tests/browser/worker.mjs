// Workers that have something happen to them: a test puts code in front of the engine's own.

/** Where pages find the code. */
const KEY = "in-workers";

/**
 * Runs `script` in each worker that starts from now on, before its engine does, with `give`.
 * Returns a function that ends this.
 */
export async function inWorkers(context, script, give) {
  const code = `(${script})(${JSON.stringify(give)});\n`;
  const [page] = context.pages();
  await page.evaluate(([key, code]) => localStorage.setItem(key, code), [KEY, code]);
  return () => page.evaluate((key) => localStorage.removeItem(key), KEY);
}

/** Runs in each page before anything else: lets a test's code into the script of its workers. */
export const letCodeIn = `(${function (key) {
  const { createObjectURL } = URL;
  const scripts = new Map();
  URL.createObjectURL = (blob) => {
    const address = createObjectURL(blob);
    scripts.set(address, blob);
    return address;
  };
  // The page lets no other script start than its own; behind that decision another one takes its place.
  const factory = Object.getPrototypeOf(globalThis.trustedTypes);
  const { createPolicy } = factory;
  factory.createPolicy = function (name, { createScriptURL }) {
    return createPolicy.call(this, name, {
      createScriptURL(wanted) {
        const address = createScriptURL(wanted);
        const code = localStorage.getItem(key);
        if (code === null) return address;
        return createObjectURL(new Blob([code, scripts.get(address)], { type: "text/javascript" }));
      },
    });
  };
}})("${KEY}");`;

/** Runs in a worker: each slice comes this much later, so that a test meets a run in its middle. */
export function slowReads({ milliseconds }) {
  const { arrayBuffer } = Blob.prototype;
  Blob.prototype.arrayBuffer = async function () {
    const bytes = await arrayBuffer.call(this);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return bytes;
  };
}

/**
 * Runs in a worker: the engine of an export meets this fault at its `call`-th call of the browser,
 * counted from the one that opens its output; or the engine of a helper at its `call`-th slice.
 */
export function breakEngine({ fault, call, isHelper = false }) {
  let helps = false;
  globalThis.addEventListener("message", ({ data }) => (helps ||= data.leader !== undefined));
  const bytes = (...numbers) => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, ...numbers]));
  const types = [1, 4, 1, 96, 0, 0, 3, 2, 1, 0];
  const exported = [7, 5, 1, 1, 102, 0, 0];
  const Native = WebAssembly.Instance;
  const unreachable = bytes(...types, ...exported, 10, 5, 1, 3, 0, 0, 11);
  // Reads behind the end of a memory of no pages.
  const outOfBounds = bytes(...types, 5, 3, 1, 0, 0, ...exported, 10, 10, 1, 8, 0, 65, 0, 40, 2, 0, 26, 11);
  let memory;
  const faults = {
    unreachable: () => new Native(unreachable).exports.f(),
    outOfBounds: () => new Native(outOfBounds).exports.f(),
    outOfMemory() {
      // Takes all that the engine may ever have, page by page in the end.
      for (let pages = 1 << 14; pages > 0; pages >>= 1) {
        try {
          for (;;) memory.grow(pages);
        } catch {
          // Fewer, then.
        }
      }
    },
    endless() {
      for (;;);
    },
  };
  let calls = 0;
  WebAssembly.Instance = class extends Native {
    constructor(module, imports) {
      const watched = {};
      for (const [from, functions] of Object.entries(imports)) {
        watched[from] = {};
        for (const [name, value] of Object.entries(functions)) {
          watched[from][name] = typeof value !== "function" ? value : (...values) => {
            if (isHelper) calls += helps && name.includes("slice") ? 1 : 0;
            // Only the engine of an export opens a file.
            else if (name.includes("createSyncAccessHandle")) calls = 1;
            else if (calls > 0) calls += 1;
            if (calls === call && helps === isHelper) faults[fault]();
            return value(...values);
          };
        }
      }
      super(module, watched);
      memory = this.exports.memory;
    }
  };
}
