// The temporary folder in Node, which other processes, users and containers share.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { on, once } from "node:events";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { folder } from "./package.mjs";

// Where the tests run as root, whom nothing stops, exports are made as nobody.
const isRoot = process.getuid() === 0;
const uid = isRoot ? 65534 : process.getuid();

/** A temporary folder as /tmp is, and beside it the package where every user can read it. */
function shared(t) {
  const root = mkdtempSync(join(tmpdir(), "rollcall-shared-"));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  chmodSync(root, 0o755);
  cpSync(folder, join(root, "rollcall"), { recursive: true });
  const temporary = join(root, "tmp");
  mkdirSync(temporary);
  chmodSync(temporary, 0o1777);
  return { root, temporary };
}

/**
 * A process with a completed job. Its folder is named after a process that does not exist, as that
 * of a process in another PID namespace may be.
 */
async function exporter(t, { root, temporary }) {
  const script = `
    Object.defineProperty(process, "pid", { value: 4194305 });
    const { createTenant } = await import(${JSON.stringify(pathToFileURL(join(root, "rollcall/node.js")).href)});
    const api = "http://localhost/api/v2/jobs";
    const headers = { authorization: "Bearer any" };
    const tenant = await createTenant({ name: "acme", users: new Blob(['{"user_id":"a"}\\n']) });
    const answer = await tenant.fetch(api + "/users-exports", { method: "POST", headers, body: "{}" });
    const { id } = await answer.json();
    const get = async () => (await tenant.fetch(api + "/" + id, { headers })).json();
    tenant.addEventListener("job", async () => {
      const { status, status_details } = await get();
      if (!["pending", "processing"].includes(status)) process.send({ job: { status, status_details } });
    });
    process.on("message", async (message) => {
      if (message === "download") process.send({ text: await (await tenant.fetch((await get()).location)).text() });
      if (message === "end") process.exit();
    });`;
  const options = { uid, stdio: ["ignore", "inherit", "inherit", "ipc"], env: { ...process.env, TMPDIR: temporary }, cwd: "/" };
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], options);
  t.after(() => child.kill("SIGKILL"));
  // A job may tell of its end more than once.
  const heard = async (key) => {
    for await (const [message] of on(child, "message")) if (key in message) return message[key];
  };
  return {
    job: await heard("job"),
    download() {
      child.send("download");
      return heard("text");
    },
    async end() {
      child.send("end");
      await once(child, "exit");
    },
    async kill() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
    stop: () => child.kill("SIGSTOP"),
    goOn: () => child.kill("SIGCONT"),
  };
}

const folders = ({ temporary }) => readdirSync(temporary).map((name) => join(temporary, name));

/** Waits until these are the folders: sweeping is nothing that an export waits for. */
async function untilThereAre(wanted, place) {
  const end = performance.now() + 60_000;
  while (folders(place).join() !== wanted.toSorted().join() && performance.now() < end) await pause(20);
  assert.deepEqual(folders(place), wanted.toSorted());
}

const COMPLETED = { status: "completed" };
const EXPORT = /^user_id.*\n.*'a"/;

test("the folder of a process that ends goes with it, that of one that was killed with the next", async (t) => {
  const place = shared(t);
  await (await exporter(t, place)).end();
  assert.deepEqual(folders(place), []);
  await (await exporter(t, place)).kill();
  const left = folders(place);
  assert.equal(left.length, 1);
  const next = await exporter(t, place);
  assert.deepEqual(next.job, COMPLETED);
  await untilThereAre(folders(place).filter((path) => !left.includes(path)), place);
});

test("a process whose number says nothing keeps its files while it lives, also when it is stopped", async (t) => {
  const place = shared(t);
  const first = await exporter(t, place);
  first.stop();
  const living = folders(place);
  const second = await exporter(t, place);
  living.push(...folders(place).filter((path) => !living.includes(path)));
  await (await exporter(t, place)).kill();
  const dead = folders(place).filter((path) => !living.includes(path));
  assert.deepEqual([living.length, dead.length], [2, 1]);
  const last = await exporter(t, place);
  living.push(...folders(place).filter((path) => ![...living, ...dead].includes(path)));
  await untilThereAre(living, place);
  first.goOn();
  for (const { job, download } of [first, second, last]) {
    assert.deepEqual(job, COMPLETED);
    assert.match(await download(), EXPORT);
  }
});

test("what cannot be removed, and what others have made, stays and stops no export", async (t) => {
  const place = shared(t);
  const { temporary } = place;
  await (await exporter(t, place)).kill();
  const [stuck] = folders(place);
  // What is in a folder without any right cannot be removed.
  const locked = join(stuck, "locked");
  mkdirSync(locked);
  writeFileSync(join(locked, "file"), "");
  chmodSync(locked, 0);
  const stays = [stuck];
  if (isRoot) {
    // That of another user, though anybody may remove what is in it.
    await (await exporter(t, place)).kill();
    const [others] = folders(place).filter((path) => path !== stuck);
    chownSync(others, 1, 1);
    chmodSync(others, 0o777);
    stays.push(others);
  }
  for (const name of ["rollcall-4194305-", "rollcall-4194305-other", "rollcall-cli"]) {
    stays.push(join(temporary, name));
    mkdirSync(join(temporary, name), { mode: 0o700 });
    writeFileSync(join(temporary, name, "file"), "");
  }
  stays.push(join(temporary, "rollcall-4194305-file"));
  writeFileSync(stays.at(-1), "");
  await (await exporter(t, place)).kill();
  const dead = folders(place).filter((path) => !stays.includes(path));
  assert.equal(dead.length, 1);
  const next = await exporter(t, place);
  assert.deepEqual(next.job, COMPLETED);
  assert.match(await next.download(), EXPORT);
  const own = folders(place).filter((path) => ![...stays, ...dead].includes(path));
  await untilThereAre([...stays, ...own], place);
  if (isRoot) assert.ok(existsSync(join(stays[1], "exports")));
  chmodSync(locked, 0o700);
});

test("a temporary folder whose path is too long for a socket will do", async (t) => {
  const place = shared(t);
  place.temporary = join(place.temporary, "long".repeat(40));
  mkdirSync(place.temporary);
  chmodSync(place.temporary, 0o1777);
  const before = readdirSync(place.root);
  const only = await exporter(t, place);
  assert.deepEqual(only.job, COMPLETED);
  assert.match(await only.download(), EXPORT);
  await only.end();
  assert.deepEqual([folders(place), readdirSync(place.root)], [[], before]);
});
