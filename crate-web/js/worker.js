// The worker of one job: first comes the engine, then its command.
import { initSync, recordInWork, runWorker } from "./rollcall.js";

// A trap leaves the engine in a state that nobody knows. All that it is still asked for is the
// record at which it was; whoever started us ends this worker then.
function breakDown(reason) {
  const message = `the engine broke down in this record or soon after it: ${reason}`;
  const error = { error: "io", record: placeOf(recordInWork), line: null, byte: null, message };
  globalThis.postMessage({ message: JSON.stringify({ kind: "failed", error }), files: [] });
}

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
  initSync({ module: data.engine });
  // From here on the engine listens.
  runWorker();
};
