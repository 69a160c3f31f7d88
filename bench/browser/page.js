// The page of the measurements: `prepare` loads what a contender needs, `run` is what is timed.

let run;

/** Loads, compiles and starts what does not depend on the file. */
window.prepare = async (script, job) => {
  // A contender is a worker, or a module where the page starts the workers.
  run = script.startsWith("./workers/") ? await worker(script, job) : await (await import(script)).prepare(job);
};

/** Gives the seconds that the contender took. */
window.run = async () => {
  const [file] = document.querySelector("input").files;
  const start = performance.now();
  const said = await run(file);
  return { seconds: (performance.now() - start) / 1000, ...said };
};

/** Saves what the last run has written, unless that went nowhere. */
window.save = async () => {
  const file = window.output ?? (await privateFile());
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "output.csv";
  link.click();
};

async function privateFile() {
  const root = await navigator.storage.getDirectory();
  return (await root.getFileHandle("output.csv")).getFile();
}

/** A worker that is ready when this resolves. */
async function worker(script, job) {
  const worker = new Worker(script, { type: "module" });
  const ask = (question) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
      worker.onerror = (event) => reject(new Error(event.message ?? `${script} cannot be started`));
      worker.postMessage(question);
    });
  await ask({ job });
  return (file) => ask({ file });
}
