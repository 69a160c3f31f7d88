// @ts-check
// The worker of one job, or one that helps it: first comes the engine, then the command. Or one that
// reads for them.
import { readFor, readThrough } from "./reading.js";
import { initSync, recordInWork, runHelper, runWorker } from "./rollcall.js";

/**
 * Where the worker listens that this one helps.
 *
 * @type {MessagePort | undefined}
 */
let leader;

// A trap leaves the engine in a state that nobody knows. All that it is still asked for is the
// record at which it was; whoever started us ends this worker then.
/** @param {unknown} reason */
function breakDown(reason) {
  // The leader does itself what this worker was to do, and meets the same fault if there is one.
  if (leader !== undefined) return leader.postMessage({ isLost: true });
  const message = `the engine crashed at this record or soon after it: ${reason}`;
  const error = { error: "io", record: placeOf(recordInWork), line: null, byte: null, message };
  globalThis.postMessage({ message: JSON.stringify({ kind: "failed", error }), files: [] });
}

/** @param {() => number} read */
function placeOf(read) {
  try {
    return read();
  } catch {
    return null;
  }
}

globalThis.onerror = (message) => {
  breakDown(message);
  return true;
};
globalThis.onunhandledrejection = (event) => {
  event.preventDefault();
  breakDown(event.reason);
};

globalThis.onmessage = ({ data }) => {
  if (data.readers !== undefined) {
    for (const port of data.readers) readFor(port, data.files);
    return;
  }
  initSync({ module: data.engine });
  leader = data.leader;
  // From here on the engine listens.
  if (leader === undefined) runWorker(data.helpers);
  else runHelper(leader);
  if (data.reader !== undefined) listenWithFiles(readThrough(data.reader));
};

/**
 * Gives the engine files that another thread reads, in place of those that come.
 *
 * @param {ReturnType<typeof readThrough>} readable
 */
function listenWithFiles(readable) {
  /** @type {any} Takes what looks like an event. */
  const { onmessage } = globalThis;
  globalThis.onmessage = ({ data }) => onmessage({ data: { ...data, files: data.files.map(readable) } });
}
