// @ts-check
// Starts the page. Loaded before anything else can make a worker.
import init from "./rollcall-www.js";
import { isWorkerScript } from "./worker-script.js";

// The content security policy demands that script addresses come through this policy.
window.trustedTypes?.createPolicy("default", {
  createScriptURL(address) {
    if (isWorkerScript(address)) return address;
    throw new TypeError("Only the worker of this page may be started.");
  },
});

try {
  await init();
} catch (error) {
  const text = document.getElementById("loading");
  if (text === null) throw error;
  text.textContent = `The page could not be started: it needs a browser with WebAssembly. (${error})`;
}
