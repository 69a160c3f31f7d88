// Gives a worker thread what the engine uses of a browser's worker: messages and the
// private file system to write to.
import { closeSync, mkdirSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";

// The disk is full, the user may have no more, or no file may be larger.
const FULL = ["ENOSPC", "EDQUOT", "EFBIG"];

parentPort.on("message", (data) => globalThis.onmessage({ data }));

globalThis.postMessage = ({ message, files }) => parentPort.postMessage({ message, output: files[0]?.path });

Object.defineProperty(globalThis, "navigator", {
  value: { storage: { getDirectory: async () => directory(workerData.folder) } },
});

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
