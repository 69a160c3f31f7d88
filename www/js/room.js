// @ts-check
// Whether so many bytes would find room.
//
// What browsers say they grant may be made up, so that nobody learns how large a disk is; Chromium
// adds 10 GiB to what is in use. But no browser lets a file grow beyond what it really grants.

import { WRITING } from "./private-files.js";

const NAME = "rollcall-room";

/**
 * What was found out last.
 *
 * @type {{ bytes?: number, hasRoom?: boolean }}
 */
let known = {};

/**
 * Whether the private file system has room for so many bytes; `undefined` if nobody can tell. While
 * an output grows, which might find no room because of the question, the answer is that of before.
 *
 * @param {number} bytes
 */
export async function hasRoomFor(bytes) {
  /** @param {Lock | null} lock */
  const alone = async (lock) => {
    if (lock !== null) known = { bytes, hasRoom: await tryRoom(bytes) };
  };
  await navigator.locks?.request(WRITING, { ifAvailable: true }, alone).catch(() => {});
  return known.bytes === bytes ? known.hasRoom : undefined;
}

/** @param {number} bytes */
async function tryRoom(bytes) {
  let root;
  let stream;
  try {
    root = await navigator.storage.getDirectory();
    const file = await root.getFileHandle(NAME, { create: true });
    stream = await file.createWritable();
    // Nothing is written for it.
    await stream.truncate(bytes);
    return true;
  } catch (error) {
    return error.name === "QuotaExceededError" ? false : undefined;
  } finally {
    await stream?.abort().catch(() => {});
    await root?.removeEntry(NAME).catch(() => {});
  }
}
