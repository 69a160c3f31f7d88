// @ts-check
// Gives a worker thread what the engine uses of a browser's worker: messages and the
// private file system to write to.
import { closeSync, mkdirSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";

// The disk is full, the user may have no more, or no file may be larger.
const FULL = ["ENOSPC", "EDQUOT", "EFBIG"];

const port = /** @type {import("node:worker_threads").MessagePort} */ (parentPort);
/** @type {any} What the engine takes for a browser's worker. */
const scope = globalThis;

port.on("message", (data) => scope.onmessage({ data }));

/** @param {{ message: string, files: { path: string }[] }} posted */
scope.postMessage = ({ message, files }) => port.postMessage({ message, output: files[0]?.path });

Object.defineProperty(scope, "navigator", {
  value: { storage: { getDirectory: async () => directory(workerData.folder) } },
});

/** @param {string} path */
function directory(path) {
  return {
    /** @param {string} name */
    async getDirectoryHandle(name) {
      mkdirSync(join(path, name), { recursive: true });
      return directory(join(path, name));
    },
    getFileHandle: async (/** @type {string} */ name) => writable(join(path, name), name),
    removeEntry: async (/** @type {string} */ name) => rmSync(join(path, name), { force: true }),
  };
}

/**
 * Fails as a browser does where there is no room.
 *
 * @param {number} file
 * @param {Uint8Array} bytes
 */
function write(file, bytes) {
  try {
    return writeSync(file, bytes);
  } catch (error) {
    throw FULL.includes(error.code) ? new DOMException(error.message, "QuotaExceededError") : error;
  }
}

/**
 * @param {string} path
 * @param {string} name
 */
function writable(path, name) {
  return {
    name,
    getFile: async () => ({ path, size: statSync(path).size }),
    async createSyncAccessHandle() {
      const file = openSync(path, "w", 0o600);
      return {
        truncate() {},
        write: (/** @type {Uint8Array} */ bytes) => write(file, bytes),
        flush() {},
        close: () => closeSync(file),
      };
    },
  };
}
