// What the workers of all contenders share.

/** Bytes of a slice: as many as Rollcall's worker asks for at once. */
export const SLICE = 8 * 1024 * 1024;

/** Output is written in blocks of this size, as Rollcall does. */
const BLOCK = 4 * 1024 * 1024;

/** Answers the page: first when `prepare` is done, then when `run` is. */
export function contender({ prepare = async () => {}, run }) {
  let prepared;
  globalThis.onmessage = async ({ data }) => {
    try {
      if (data.file) postMessage((await run(data.file, prepared)) ?? {});
      else {
        prepared = await prepare(data.job);
        postMessage({});
      }
    } catch (error) {
      postMessage({ error: `${error.stack ?? error}` });
    }
  };
}

/** The bytes of a file, the next slice asked for before this one is worked on. */
export async function* slices(file) {
  const read = (start) => (start < file.size ? file.slice(start, start + SLICE).arrayBuffer() : undefined);
  let next = read(0);
  for (let start = 0; start < file.size; start += SLICE) {
    const bytes = new Uint8Array(await next);
    next = read(start + SLICE);
    yield bytes;
    // Freed at once: garbage collection would let hundreds of megabytes gather.
    const { port1, port2 } = new MessageChannel();
    port2.close();
    port1.postMessage(bytes.buffer, [bytes.buffer]);
  }
}

/** The file in the private file system that the page saves. */
export async function openOutput() {
  const root = await navigator.storage.getDirectory();
  const file = await root.getFileHandle("output.csv", { create: true });
  const access = await file.createSyncAccessHandle();
  access.truncate(0);
  return access;
}

/** Collects text and writes it in blocks. */
export class TextOutput {
  #access;
  #encoder = new TextEncoder();
  #block = new Uint8Array(BLOCK);
  #filled = 0;

  constructor(access) {
    this.#access = access;
  }

  write(text) {
    for (;;) {
      const { read, written } = this.#encoder.encodeInto(text, this.#block.subarray(this.#filled));
      this.#filled += written;
      if (read === text.length) return;
      this.#flush();
      text = text.slice(read);
    }
  }

  end() {
    this.#flush();
    this.#access.flush();
    this.#access.close();
  }

  #flush() {
    this.#access.write(this.#block.subarray(0, this.#filled));
    this.#filled = 0;
  }
}
