// Starts the engine in a dedicated worker.
import init, { runWorker } from "./rollcall.js";

const fail = (message) => {
  const error = { error: "io", record: null, line: null, byte: null, message };
  postMessage({ message: JSON.stringify({ kind: "failed", error }), files: [] });
};

// A trap of the engine ends in a promise that nobody waits for.
addEventListener("unhandledrejection", ({ reason }) => fail(`The engine broke down: ${reason}`));

// The page sends its command at once; what comes before the engine is ready waits here.
const early = [];
const keep = ({ data }) => early.push(data);
addEventListener("message", keep);

try {
  await init();
  removeEventListener("message", keep);
  runWorker();
  for (const data of early) dispatchEvent(new MessageEvent("message", { data }));
} catch (error) {
  fail(`The engine could not be started: ${error}`);
}
