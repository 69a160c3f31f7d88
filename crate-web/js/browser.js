// @ts-check
// What the package does in browsers in their own way.
/** @import { OnError, Platform } from "./platform.js" */
import { removeEmpty, removeFile, reserve, sweep } from "./private-files.js";

/** The page's own origin, so that a service worker can answer the links. */
export function defaultOrigin() {
  const { origin } = globalThis.location;
  return origin.startsWith("http") ? origin : "http://localhost";
}

/** How many workers can work at the same time. */
export const cores = () => navigator.hardwareConcurrency ?? 1;

/** Whether a worker needs others to read for it: here only where that is faster. */
export const needsReader = false;

/**
 * Starts a worker that has the engine and waits for its command. It has ports to its `helpers`, or
 * one to its `leader`, and to its `reader` if it has one.
 *
 * @type {Platform["startWorker"]}
 */
export function startWorker(engine, { onMessage, onError }, { helpers = [], leader, reader }) {
  sweep();
  const worker = newWorker(onError);
  worker.onmessage = ({ data }) => onMessage(data.message, data.files[0]);
  worker.onmessageerror = () => onError("The worker sent an invalid message.");
  const ports = [...helpers, leader, reader].filter((port) => port !== undefined);
  worker.postMessage({ engine, helpers, leader, reader }, ports);
  return {
    post: (message, blobs, sink) => worker.postMessage({ message, files: blobs.map(named), sink }),
    end: () => worker.terminate(),
  };
}

/**
 * Starts a worker that reads `blobs` for those at the other ends of the ports.
 *
 * @type {Platform["startReader"]}
 */
export function startReader(blobs, readers, onError) {
  const worker = newWorker(onError);
  worker.postMessage({ readers, files: blobs }, readers);
  return { end: () => worker.terminate() };
}

// Written out, so that bundlers find it.
let startScript = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });

/**
 * Has workers start at another address, where their script holds all that it imports.
 *
 * @param {string} address
 */
export function startWorkersAt(address) {
  startScript = () => new Worker(address, { type: "module" });
}

/** @param {OnError} onError */
function newWorker(onError) {
  const worker = startScript();
  worker.onerror = (event) => {
    event.preventDefault();
    onError(event.message ? `The engine crashed: ${event.message}` : "The worker could not be started.");
  };
  return worker;
}

/**
 * Claims the file of this name, which a worker will write.
 *
 * @param {string} name
 */
export async function reserveOutput(name) {
  const release = await reserve(name);
  return {
    async remove() {
      await removeFile(name);
      release();
    },
  };
}

/**
 * A file that the person chose, of which nothing is to stand there unless it is complete.
 *
 * @type {Platform["chosenOutput"]}
 */
export function chosenOutput(handle) {
  return { remove: () => removeEmpty(handle) };
}

/**
 * Failures name the file that they are in.
 *
 * @param {Blob} blob
 * @param {number} index
 */
function named(blob, index) {
  return blob instanceof File ? blob : new File([blob], `users ${index + 1}`);
}
