// @ts-check
// The outputs in the origin's private file system, and who may delete them: a file belongs to
// the tab that holds its lock. A tab that is closed leaves its files, unlocked, to the next.

const FOLDER = "exports";
// What the tenant's machine puts before the name of an output until it is complete. Other parts of
// the page may keep files for longer.
const UNFINISHED = "tenant-";
// Milliseconds for which a removal is waited for, and how often, ten times a second, it is tried.
const PATIENCE = 300;
const ATTEMPTS = 300;
// Milliseconds for which whoever tries how much room there is may keep an output from being begun.
const TRIAL = 3000;
/** @param {string} file */
const lockName = (file) => `rollcall-export:${file}`;

/** A lock that all share whose outputs grow. */
export const WRITING = "rollcall-writing";

/** @type {Promise<void> | undefined} */
let swept;

/**
 * Holds the lock of a file, which may grow now, until the function is called that this resolves to.
 *
 * @param {string} file
 */
export async function reserve(file) {
  let release = () => {};
  /** @type {Promise<void>} */
  const released = new Promise((resolve) => (release = resolve));
  // Browsers without locks leave the clean-up to whoever clears the site's data.
  navigator.locks?.request(lockName(file), () => released).catch(() => {});
  /** @type {Promise<void>} */
  const growing = new Promise((resolve) => {
    const grow = () => {
      resolve();
      return released;
    };
    if (navigator.locks === undefined) resolve();
    else navigator.locks.request(WRITING, { mode: "shared" }, grow).catch(() => resolve());
  });
  await Promise.race([growing, pause(TRIAL)]);
  return release;
}

/**
 * Whether the file of this name was not complete when it got it.
 *
 * @param {string} name
 */
export function isUnfinished(name) {
  return name.startsWith(UNFINISHED);
}

/** Deletes, once, what tabs that are gone have left. */
export function sweep() {
  swept ??= deleteUnclaimed().catch(() => {});
  return swept;
}

/**
 * Deletes a file, which a worker that was just ended may hold for another moment. One that hangs
 * is given seconds by the browser: nobody waits for that, the file goes when it can.
 *
 * @param {string} name
 */
export async function removeFile(name) {
  const files = await folder();
  if (files !== undefined) await patiently(() => files.removeEntry(name));
}

/**
 * Removes a file that a person chose if nothing is in it: that is what saving makes of a new
 * name before anything is written.
 *
 * @param {FileSystemFileHandle} handle
 */
export async function removeEmpty(handle) {
  await patiently(async () => {
    const { size } = await handle.getFile();
    // Some browsers cannot remove it.
    if (size === 0) await handle.remove?.();
  });
}

/**
 * Tries until the file is free, and waits for that no longer than a person would.
 *
 * @param {() => Promise<void>} remove
 */
async function patiently(remove) {
  await Promise.race([removeOnceFree(remove), pause(PATIENCE)]);
}

/** @param {() => Promise<void>} remove */
async function removeOnceFree(remove) {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      await remove();
      return;
    } catch (error) {
      if (error.name === "NotFoundError") return;
      await pause(100);
    }
  }
}

/**
 * @param {number} milliseconds
 * @returns {Promise<void>}
 */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Deletes what no tab that is still there has claimed. */
export async function deleteUnclaimed() {
  const files = await folder();
  if (files === undefined || navigator.locks === undefined) return;
  for await (const name of files.keys()) {
    if (!isUnfinished(name)) continue;
    /** @param {Lock | null} lock */
    const unlocked = (lock) => (lock === null ? undefined : removeFile(name));
    await navigator.locks.request(lockName(name), { ifAvailable: true }, unlocked).catch(() => {});
  }
}

/** `undefined` where the browser keeps no private files, or none were written yet. */
async function folder() {
  try {
    const root = await navigator.storage.getDirectory();
    return await root.getDirectoryHandle(FOLDER);
  } catch {
    return undefined;
  }
}
