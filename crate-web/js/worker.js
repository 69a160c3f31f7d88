// The worker of one job: first comes the engine, then its command.
import { initSync, runWorker } from "./rollcall.js";

// A trap ends in a promise that nobody waits for; thrown again it reaches whoever started us.
globalThis.onunhandledrejection = ({ reason }) => {
  setTimeout(() => {
    throw reason;
  });
};

globalThis.onmessage = ({ data }) => {
  initSync({ module: data.engine });
  // From here on the engine listens.
  runWorker();
};
