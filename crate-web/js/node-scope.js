// Gives a worker thread what the engine uses of a browser's worker: messages, files to read
// and the private file system to write to.
import { closeSync, mkdirSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";

// The disk is full, the user may have no more, or no file may be larger.
const FULL = ["ENOSPC", "EDQUOT", "EFBIG"];

const slices = new Map();
let lastId = 0;

parentPort.on("message", ({ id, bytes, fault, ...data }) => {
  if (id === undefined) {
    globalThis.onmessage({ data: { ...data, files: data.files?.map(readable) } });
    return;
  }
  const { resolve, reject } = slices.get(id);
  slices.delete(id);
  if (fault) reject(new DOMException(fault.message, fault.name));
  else resolve(bytes);
});

globalThis.postMessage = ({ message, files }) => parentPort.postMessage({ message, output: files[0]?.path });

Object.defineProperty(globalThis, "navigator", {
  value: { storage: { getDirectory: async () => directory(workerData.folder) } },
});

/** A file that the main thread reads for us. */
function readable({ name, size }, file) {
  return {
    name,
    size,
    slice: (start, end) => ({
      arrayBuffer: () =>
        new Promise((resolve, reject) => {
          lastId += 1;
          slices.set(lastId, { resolve, reject });
          parentPort.postMessage({ slice: { id: lastId, file, start, end } });
        }),
    }),
  };
}

function directory(path) {
  return {
    async getDirectoryHandle(name) {
      mkdirSync(join(path, name), { recursive: true });
      return directory(join(path, name));
    },
    getFileHandle: async (name) => writable(join(path, name), name),
    removeEntry: async (name) => rmSync(join(path, name), { force: true }),
  };
}

/** Fails as a browser does where there is no room. */
function write(file, bytes) {
  try {
    return writeSync(file, bytes);
  } catch (error) {
    throw FULL.includes(error.code) ? new DOMException(error.message, "QuotaExceededError") : error;
  }
}

function writable(path, name) {
  return {
    name,
    getFile: async () => ({ path, size: statSync(path).size }),
    async createSyncAccessHandle() {
      const file = openSync(path, "w", 0o600);
      return {
        truncate() {},
        write: (bytes) => write(file, bytes),
        flush() {},
        close: () => closeSync(file),
      };
    },
  };
}
