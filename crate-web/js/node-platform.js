// @ts-check
// What the package does in Node in its own way: worker threads, and outputs in a temporary folder.
/** @import { Platform } from "./platform.js" */
import { openAsBlob, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { readFor } from "./reading.js";
import { temporaryFolder } from "./temporary-folder.js";

export function defaultOrigin() {
  return "http://localhost";
}

/** How many workers can work at the same time. */
export const cores = availableParallelism;

/** Whether a worker needs others to read for it: blobs of files cannot be handed over. */
export const needsReader = true;

/**
 * Starts a worker that has the engine and waits for its command. It has ports to its `helpers`, or
 * one to its `leader`, and one to its `reader`.
 *
 * @type {Platform["startWorker"]}
 */
export function startWorker(engine, { onMessage, onError }, { helpers = [], leader, reader }) {
  const worker = new Worker(new URL("./node-worker.js", import.meta.url), {
    workerData: { folder: temporaryFolder() },
    // Some options of the process, such as --input-type, would keep a file from being run.
    execArgv: [],
  });
  worker.on("message", async ({ message, output }) => {
    onMessage(message, output === undefined ? undefined : await openAsBlob(output));
  });
  worker.on("error", (/** @type {any} */ error) => onError(`The engine crashed: ${error.message}`));
  worker.on("exit", () => onError("The worker exited before its job was done."));
  const ports = [...helpers, leader, reader].filter((port) => port !== undefined);
  // Node's own types know only Node's own ports.
  worker.postMessage({ engine, helpers, leader, reader }, /** @type {any[]} */ (ports));
  return {
    post(message, blobs, sink) {
      if (sink !== undefined) throw new TypeError("Only browsers can save directly.");
      const files = /** @type {File[]} */ (blobs).map(({ name, size }, index) => ({ name: name ?? `users ${index + 1}`, size }));
      worker.postMessage({ message, files });
    },
    end: () => void worker.terminate(),
  };
}

/**
 * Reads `blobs` for the workers at the other ends of the ports, in this thread.
 *
 * @type {Platform["startReader"]}
 */
export function startReader(blobs, readers) {
  for (const port of readers) readFor(port, blobs);
  return { end: () => readers.forEach((port) => port.close()) };
}

/**
 * Names the file that a worker will write.
 *
 * @type {Platform["reserveOutput"]}
 */
export function reserveOutput(name) {
  const path = join(temporaryFolder(), "exports", name);
  return { remove: async () => rmSync(path, { force: true }) };
}

/**
 * There is none in Node: the worker refuses it.
 *
 * @type {Platform["chosenOutput"]}
 */
export function chosenOutput() {
  return { remove: async () => {} };
}
