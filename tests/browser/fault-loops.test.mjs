// Whatever a run asks of the browser fails once: the first time, the second, and so on until a run
// meets no fault. Each fault ends its job with the cause, nothing is left, and the next job runs.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { PATIENCE } from "../patience.mjs";
import { openPage } from "./page.mjs";
import { inWorkers } from "./worker.mjs";

/** Every kind of fault, and the words of the failure that it is to end in. */
const READS = {
  NotReadableError: /can no longer be read/i,
  NotFoundError: /deleted or moved/i,
  short: /changed while it was being read/i,
};
const WRITES = {
  QuotaExceededError: /storage is full/i,
  InvalidStateError: /cannot be written/i,
  nothing: /storage is full/i,
  half: /storage is full/i,
  nonsense: /storage is full/i,
};
const STEPS = {
  "FileSystemSyncAccessHandle.flush": /cannot be written/i,
  "FileSystemSyncAccessHandle.truncate": /cannot be written/i,
  "FileSystemFileHandle.createSyncAccessHandle": /cannot be written/i,
  "FileSystemFileHandle.getFile": /cannot be written/i,
  "FileSystemDirectoryHandle.getFileHandle": /cannot be written/i,
};

test("each read fails once, in each way", async (t) => {
  const files = 12;
  const runs = await jobs(t, { files, bytes: 10 });
  for (const [way, words] of Object.entries(READS)) {
    // One for the bytes and one for what stands behind them.
    assert.equal(await loop(runs, { method: "Blob.arrayBuffer", way }, words), 2 * files, way);
  }
  t.diagnostic(`${runs.faults} faults of reading`);
});

test("each write fails once, in each way", async (t) => {
  const runs = await jobs(t, { files: 2, bytes: 100_000 });
  for (const [way, words] of Object.entries(WRITES)) {
    const faults = await loop(runs, { method: "FileSystemSyncAccessHandle.write", way }, words);
    assert.ok(faults >= 3, `${faults} of ${way}`);
  }
  t.diagnostic(`${runs.faults} faults of writing`);
});

test("each step from a name to a file fails once", async (t) => {
  const runs = await jobs(t, { files: 1, bytes: 10 });
  for (const [method, words] of Object.entries(STEPS)) {
    assert.ok((await loop(runs, { method, way: "InvalidStateError" }, words)) >= 1, method);
  }
  t.diagnostic(`${runs.faults} faults of files`);
});

test("whatever the engine calls throws once", async (t) => {
  const runs = await jobs(t, { files: 4, bytes: 10 });
  // That the next job runs is seen by each fault, as it comes one call later.
  const fault = { method: "import", way: "InvalidStateError", goodRunAfter: 8 };
  assert.ok((await loop(runs, fault, /./)) >= 100);
  t.diagnostic(`${runs.faults} faults of any kind`);
});

test("each step of the page around a worker fails once", async (t) => {
  const runs = await jobs(t, { files: 1, bytes: 10 });
  const failing = { "Worker.postMessage": 2, "Worker.constructor": 1 };
  for (const [method, faults] of Object.entries(failing)) {
    assert.equal(await loop(runs, { method, way: "DataCloneError", isInPage: true }, /could not be started/i), faults);
  }
  // A job does not end for want of what only a later visit would need.
  for (const method of ["IDBObjectStore.put", "FileSystemFileHandle.move", "FileSystemDirectoryHandle.removeEntry"]) {
    assert.ok((await loop(runs, { method, way: "InvalidStateError", isInPage: true })) >= 1, method);
  }
  t.diagnostic(`${runs.faults} faults of the page`);
});

/** Has jobs run on a page, one after another. */
async function jobs(t, { files, bytes }) {
  const { context, page } = await openPage(t);
  const rows = 64;
  const text = "x".repeat(bytes);
  const csv = Array(files * rows).fill(`"'${text}"\n`);
  const clean = createHash("sha256").update(`user_id\n${csv.join("")}`).digest("hex");
  await page.evaluate(prepare, { files, users: `{"user_id":"${text}"}\n`.repeat(rows), patience: PATIENCE });
  return { context, page, clean, faults: 0 };
}

/**
 * Lets the fault come ever later, and each job fail with these `words`, or without words be
 * completed all the same. Returns the number of faults that there were.
 */
async function loop(runs, { isInPage = false, goodRunAfter = 1, ...fault }, words) {
  for (let at = 1; ; at += 1) {
    if (isInPage) await runs.page.evaluate(failOnce, { ...fault, at });
    else await inWorkers(runs.context, failOnce, { ...fault, at });
    const run = await runs.page.evaluate(() => window.run());
    const where = `${fault.method} ${fault.way} ${at}: ${JSON.stringify(run)}`;
    if (!run.wasHit) {
      assert.equal(run.sha256, runs.clean, where);
      return at - 1;
    }
    runs.faults += 1;
    if (words) {
      assert.equal(run.status, "failed", where);
      assert.match(run.message, words, where);
      assert.deepEqual(run.files, [], where);
      // Of the file that could not be read.
      if (fault.method === "Blob.arrayBuffer") assert.ok(run.byte >= 0, where);
    } else {
      assert.equal(run.sha256, runs.clean, where);
    }
    if (at % goodRunAfter > 0) continue;
    await inWorkers(runs.context, failOnce, { at: 0 });
    const next = await runs.page.evaluate(() => window.run());
    assert.equal(next.sha256, runs.clean, `after ${where}: ${JSON.stringify(next)}`);
  }
}

/** Runs in a worker or in the page. */
function failOnce({ method, way, at }) {
  if (!at) return;
  let calls = 0;
  const isHit = () => {
    calls += 1;
    if (calls !== at) return false;
    if (globalThis.hear) globalThis.hear();
    else new BroadcastChannel("faults").postMessage(at);
    return true;
  };
  globalThis.mend?.();
  const error = () => new DOMException("made up by a test", way);
  if (method === "import") {
    const throwing = (original) => (...values) => {
      if (isHit()) throw error();
      return original(...values);
    };
    const watched = (functions) =>
      Object.fromEntries(
        Object.entries(functions).map(([name, value]) => [
          name,
          typeof value === "function" ? throwing(value) : value,
        ]),
      );
    const Native = WebAssembly.Instance;
    WebAssembly.Instance = function (module, imports) {
      return new Native(
        module,
        Object.fromEntries(Object.entries(imports).map(([from, functions]) => [from, watched(functions)])),
      );
    };
    return;
  }
  const [type, name] = method.split(".");
  if (name === "constructor") {
    const Native = globalThis[type];
    globalThis[type] = function (...values) {
      if (isHit()) throw error();
      return new Native(...values);
    };
    globalThis.mend = () => (globalThis[type] = Native);
    return;
  }
  const { prototype } = globalThis[type];
  const original = prototype[name];
  globalThis.mend = () => (prototype[name] = original);
  prototype[name] = function (...values) {
    if (!isHit()) return original.apply(this, values);
    switch (way) {
      case "short":
        return original.call(this.slice(0, this.size - 1));
      case "nothing":
        return 0;
      case "half":
        return original.call(this, values[0].subarray(0, values[0].length / 2));
      case "nonsense":
        // What a signed -8 became in a browser.
        return 4294967288;
      default:
        if (/^FileSystem.*Handle$|^Blob/.test(type) && type !== "FileSystemSyncAccessHandle") return Promise.reject(error());
        throw error();
    }
  };
}

/** Runs in the page, which gets a function that runs a job and tells of it. */
async function prepare({ files, users, patience }) {
  const { ask } = await import("/page-tenant.js");
  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const source = {
    name: "acme",
    users: Array.from({ length: files }, (_, number) => new File([users], `${number}.ndjson`)),
    connections: [],
  };
  const body = JSON.stringify({ fields: [{ name: "user_id" }] });
  let wasHit;
  window.hear = () => (wasHit = true);
  // Workers tell of their faults.
  new BroadcastChannel("faults").onmessage = window.hear;

  async function until(check) {
    const end = performance.now() + patience;
    while (performance.now() < end) {
      const result = await check();
      if (result) return result;
      await pause(10);
    }
    throw new Error(`in vain: ${check}`);
  }
  async function stored() {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("exports", { create: true });
    const names = [];
    for await (const name of folder.keys()) names.push(name);
    return names;
  }
  window.run = async () => {
    wasHit = false;
    const { id } = JSON.parse((await ask("POST", "/api/v2/jobs/users-exports", body, source)).text);
    const job = await until(async () => {
      const jobs = JSON.parse((await ask("GET", "/api/v2/jobs")).text);
      return jobs.find((job) => job.id === id && ["completed", "failed"].includes(job.status));
    });
    const isFailed = job.status === "failed";
    // The news of a worker's fault comes another way; no job survives one.
    if (isFailed) await until(() => wasHit);
    const isClean = async () => (await stored()).length === 0;
    if (isFailed) await until(isClean).catch(() => {});
    const files = await stored();
    await ask("DELETE", `/api/v2/jobs/${id}`);
    await until(isClean);
    const { message, byte } = job.failure ?? {};
    return { status: job.status, message, byte, sha256: job.export?.sha256, files, wasHit };
  };
}
