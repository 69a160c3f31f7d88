// @ts-check
// The script of the page's workers. It is fetched once: each look into files and each job starts
// workers, and is to do so where there is no network any more.

/** @type {Promise<string> | undefined} */
let loading;
/** @type {string | undefined} */
let address;

/** Gives an address at which workers start, with all that they import. */
export function loadWorkerScript() {
  loading ??= load().catch((error) => {
    // The next call tries again.
    loading = undefined;
    throw error;
  });
  return loading;
}

/**
 * Whether the address is the one that `loadWorkerScript` gives.
 *
 * @param {string} wanted
 */
export function isWorkerScript(wanted) {
  return address !== undefined && wanted === address;
}

async function load() {
  const response = await fetch(new URL("./worker.js", import.meta.url));
  if (!response.ok) throw new Error(`The worker could not be loaded: ${response.status} ${response.url}`);
  // A worker of a blob is under the policy of its page, whatever the host says of scripts.
  const script = new Blob([await response.blob()], { type: "text/javascript" });
  address = URL.createObjectURL(script);
  return address;
}
