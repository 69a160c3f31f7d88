// The outputs in the origin's private file system, and who may delete them: a file belongs to
// the tab that holds its lock. A tab that is closed leaves its files, unlocked, to the next.

const FOLDER = "exports";
// What a tenant lays down there; other parts of the page may keep files for longer.
const PREFIX = "tenant-";
const lockName = (file) => `rollcall-export:${file}`;

let swept;

/** Holds the lock of a file until the returned function is called. */
export function reserve(file) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  // Browsers without locks leave the clean-up to whoever clears the site's data.
  navigator.locks?.request(lockName(file), () => released).catch(() => {});
  return release;
}

/** Deletes, once, what tabs that are gone have left. */
export function sweep() {
  swept ??= deleteUnclaimed().catch(() => {});
  return swept;
}

export async function removeFile(name) {
  const files = await folder();
  // A worker that was just ended may hold the file for another moment.
  for (let attempt = 0; files !== undefined && attempt < 10; attempt += 1) {
    try {
      return await files.removeEntry(name);
    } catch (error) {
      if (error.name === "NotFoundError") return undefined;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  return undefined;
}

/** Deletes what no tab that is still there has claimed. */
export async function deleteUnclaimed() {
  const files = await folder();
  if (files === undefined || navigator.locks === undefined) return;
  for await (const name of files.keys()) {
    if (!name.startsWith(PREFIX)) continue;
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
