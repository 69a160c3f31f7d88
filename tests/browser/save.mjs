// What stands in for the person who chooses a place to save to.

/**
 * Runs in the page before anything else. The file that is "chosen" is one of the private file
 * system, whose handle is of the same kind. `window.refusal` is what the choice ends with instead,
 * and `window.before` what the file holds already.
 */
export function chooseInPlaceOfPerson() {
  window.suggestions = [];
  window.showSaveFilePicker = async ({ suggestedName, types }) => {
    if (types.length !== 1 || !navigator.userActivation.isActive) throw new TypeError("not so");
    if (window.refusal) throw window.refusal;
    window.suggestions.push(suggestedName);
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle("chosen.csv", { create: true });
    const stream = await handle.createWritable();
    if (window.before) await stream.write(window.before);
    await stream.close();
    return handle;
  };
}

/** Runs in the page: the names that were suggested. */
export function suggestions() {
  return window.suggestions;
}

/** Runs in the page: size and SHA-256 of the chosen file, or `null` if there is none. */
export async function chosenFile() {
  const root = await navigator.storage.getDirectory();
  try {
    const file = await (await root.getFileHandle("chosen.csv")).getFile();
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    const sha256 = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return { size: file.size, sha256 };
  } catch (error) {
    if (error.name === "NotFoundError") return null;
    throw error;
  }
}

/** Runs in a worker: each write into a chosen file from the `from`-th on fails with this error. */
export function failWrites({ name, from }) {
  const { write } = FileSystemWritableFileStream.prototype;
  let writes = 0;
  FileSystemWritableFileStream.prototype.write = async function (...data) {
    writes += 1;
    if (writes >= from) throw new DOMException("no", name);
    return write.apply(this, data);
  };
}

/** Runs in a worker: a chosen file has its content this long before the browser says so. */
export function slowCloses({ milliseconds }) {
  const { close } = FileSystemWritableFileStream.prototype;
  FileSystemWritableFileStream.prototype.close = async function () {
    await close.call(this);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  };
}
