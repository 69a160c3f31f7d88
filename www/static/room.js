// Whether so many bytes would find room.
//
// What browsers say they grant may be made up, so that nobody learns how large a disk is; Chromium
// adds 10 GiB to what is in use. But no browser lets a file grow beyond what it really grants.

const NAME = "rollcall-room";

/** Whether the private file system has room for so many bytes; `undefined` if nobody can tell. */
export async function hasRoomFor(bytes) {
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
    // Another tab may be asking, too: then that one removes the file.
    await stream?.abort().catch(() => {});
    await root?.removeEntry(NAME).catch(() => {});
  }
}
