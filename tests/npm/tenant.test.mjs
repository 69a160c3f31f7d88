// A tenant as fetch sees it, its clocks, and what it leaves behind.
import assert from "node:assert/strict";
import { mkdtempSync, openAsBlob, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { ended, EXPORTS, get, headers, OpenStorage, post, withTenant } from "./jobs.mjs";
import { rollcall } from "./package.mjs";

// Outputs go to a folder of this test.
const temporary = mkdtempSync(join(tmpdir(), "rollcall-test-"));
process.env.TMPDIR = temporary;
after(() => rmSync(temporary, { recursive: true, force: true }));

const LINE = '{"user_id":"auth0|1","identities":[{"connection":"c1"}]}\n';
const CSV = "user_id\n\"'auth0|1\"\n";
const BODY = '{"fields":[{"name":"user_id"}]}';
const users = new Blob([LINE]);
const bytes = new TextEncoder().encode(LINE);

async function completed(tenant, query) {
  const { id } = await (await post(tenant, BODY, query)).json();
  return ended(tenant, id);
}

async function download(tenant) {
  return (await tenant.fetch((await completed(tenant)).location)).text();
}

test("users come in many shapes", async () => {
  async function* chunks() {
    yield bytes.subarray(0, 9);
    yield bytes.subarray(9);
  }
  const two = `${CSV}"'auth0|1"\n`;
  for (const [source, wanted] of [
    [users, CSV],
    [new File([LINE], "a.json"), CSV],
    [[users, users], two],
    [new Response(LINE), CSV],
    [users.stream(), CSV],
    [chunks(), CSV],
    [[chunks(), users], two],
  ]) {
    assert.equal(await withTenant({ users: source }, download), wanted);
  }
  for (const source of [undefined, "users.json", [], new Response("", { status: 404 })]) {
    await assert.rejects(rollcall.createTenant({ name: "acme", users: source }));
  }
});

test("a file on disk is read where it is, and noticed when it changes", async () => {
  const path = join(temporary, "users.json");
  writeFileSync(path, LINE);
  await withTenant({ users: await openAsBlob(path) }, async (tenant) => {
    assert.equal(await download(tenant), CSV);
    writeFileSync(path, LINE.repeat(2));
    const job = await completed(tenant);
    assert.equal(job.status, "failed");
    assert.match(job.status_details, /changed/);
  });
});

test("fetch takes what fetch takes, of any origin", async () => {
  await withTenant({ users }, async (tenant) => {
    const { fetch } = tenant;
    const authorization = "Bearer t";
    for (const [input, init] of [
      ["/api/v2/jobs", { headers: { Authorization: authorization } }],
      ["https://acme.eu.auth0.com/api/v2/jobs", { headers: new Headers({ authorization }) }],
      [new URL("http://localhost/api/v2/jobs"), { headers: [["AUTHORIZATION", authorization]] }],
      [new Request("https://other.example/api/v2/jobs", { headers: { authorization } }), undefined],
    ]) {
      const response = await fetch(input, init);
      assert.ok(response instanceof Response);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("content-type"), "application/json; charset=utf-8");
      assert.equal(response.headers.get("cache-control"), "no-cache");
      assert.deepEqual(await response.json(), []);
    }
    assert.equal((await fetch("/api/v2/jobs")).status, 401);
    assert.equal((await fetch(EXPORTS, { method: "POST", headers, body: bytes })).status, 400);
  });
});

test("a signal ends a request", async () => {
  await withTenant({ users }, async (tenant) => {
    await assert.rejects(tenant.fetch("/api/v2/jobs", { headers, signal: AbortSignal.abort() }), {
      name: "AbortError",
    });
    const controller = new AbortController();
    const waiting = tenant.fetch("/api/v2/connections", { headers, signal: controller.signal });
    controller.abort(new Error("no time"));
    await assert.rejects(waiting, { message: "no time" });
    assert.equal((await get(tenant, "/api/v2/connections")).length, 1);
  });
});

test("files come with their headers", async () => {
  await withTenant({ users }, async (tenant) => {
    for (const [query, name, type] of [
      ["", "acme.csv", "text/csv; charset=utf-8"],
      ["?gzip=true", "acme.csv.gz", "application/gzip"],
    ]) {
      const job = await completed(tenant, query);
      const response = await tenant.fetch(job.location);
      const body = await response.arrayBuffer();
      assert.deepEqual(Object.fromEntries(response.headers), {
        "cache-control": "no-store",
        "content-disposition": `attachment; filename="${name}"; filename*=UTF-8''${name}`,
        "content-length": String(body.byteLength),
        "content-type": type,
        "x-content-type-options": "nosniff",
      });
    }
  });
});

test("a link lives for a minute, a job for a day, whatever the wall clock does", async () => {
  let wall = Date.now();
  let steady = 0;
  const pass = (seconds) => {
    wall += seconds * 1000;
    steady += seconds * 1000;
  };
  const clock = { now: () => wall, monotonic: () => steady };
  const storage = new OpenStorage();
  await withTenant({ users, clock, storage }, async (tenant) => {
    const job = await completed(tenant);
    const status = async (location) => (await tenant.fetch(location)).status;
    pass(59);
    assert.equal(await status(job.location), 200);
    pass(2);
    assert.equal(await status(job.location), 403);
    wall -= 25 * 3600_000;
    const { location } = await get(tenant, `/api/v2/jobs/${job.id}`);
    assert.equal(await status(location), 200);
    assert.equal(storage.files.size, 1);
    pass(24 * 3600);
    assert.equal((await get(tenant, `/api/v2/jobs/${job.id}`)).status, "expired");
    assert.equal(storage.files.size, 0);
  });
});

test("job events tell of every status", async () => {
  await withTenant({ users }, async (tenant) => {
    const seen = [];
    tenant.addEventListener("job", ({ detail }) => seen.push(detail.status));
    const job = await completed(tenant);
    assert.deepEqual([...new Set(seen)], ["pending", "processing", "completed"]);
    assert.equal(job.percentage_done, 100);
  });
});

/** Users without end in sight: 200 MB that are made as they are read. */
function endless() {
  const line = new Blob([LINE.repeat(1000)]);
  return new Blob(Array.from({ length: 4000 }, () => line));
}

test("a job is cancelled in mid-run, and the next one takes its place", async () => {
  const capacity = { running: 1 };
  await withTenant({ users: endless(), capacity }, async (tenant) => {
    const first = await (await post(tenant, BODY)).json();
    const next = await (await post(tenant, '{"limit":1,"fields":[{"name":"user_id"}]}')).json();
    assert.equal((await get(tenant, `/api/v2/jobs/${next.id}`)).status, "pending");
    const cancel = `/api/v2/jobs/${first.id}/cancel`;
    const answer = await tenant.fetch(cancel, { method: "POST", headers });
    const { status, reason, status_details } = await answer.json();
    assert.deepEqual([status, reason, status_details], ["failed", "cancelled", "Cancelled"]);
    assert.equal((await ended(tenant, next.id)).status, "completed");
    assert.equal(outputs().length, 1);
  });
});

test("what is deleted or closed leaves no file", async () => {
  const tenant = await rollcall.createTenant({ name: "acme", users });
  const job = await completed(tenant);
  await completed(tenant);
  assert.equal(outputs().length, 2);
  const answer = await tenant.fetch(`/api/v2/jobs/${job.id}`, { method: "DELETE", headers });
  assert.equal(answer.status, 204);
  assert.equal(outputs().length, 1);
  await tenant.close();
  assert.equal(outputs().length, 0);
  await assert.rejects(tenant.fetch("/api/v2/jobs", { headers }), /closed/);
});

/** The temporary files. */
function outputs() {
  const folder = readdirSync(temporary).find((name) => name.startsWith(`rollcall-${process.pid}-`));
  return readdirSync(join(temporary, folder, "exports"));
}

test("a worker that dies fails its job, and the next job has a new one", async () => {
  await withTenant({ users: endless() }, async (tenant) => {
    process.once("worker", (worker) => worker.once("online", () => worker.terminate()));
    const job = await completed(tenant);
    const { status, reason, status_details } = job;
    assert.deepEqual([status, reason, status_details], ["failed", undefined, "The worker exited before its job was done."]);
    assert.equal(outputs().length, 0);
    assert.equal((await completed(tenant)).status, "completed");
  });
});

test("settings that make no sense are refused", async () => {
  for (const settings of [
    { name: "A" },
    { baseUrl: "https://acme.example/api/v2" },
    { baseUrl: "acme" },
    { capacity: { running: 0 } },
    { connections: [{ id: 5 }] },
  ]) {
    await assert.rejects(rollcall.createTenant({ name: "acme", users, ...settings }), JSON.stringify(settings));
  }
});

test("any number of workers makes the same file, and tells of the same records", async () => {
  const lines = Array.from({ length: 1000 }, (_, index) => {
    const user = { user_id: `auth0|${index}`, user_metadata: { note: "x".repeat(250) } };
    return index === 500 ? "broken\n" : `${JSON.stringify(user)}\n`;
  });
  // Some 40 MB: small inputs have no helpers.
  const many = new Blob(Array(120).fill(lines.join("")));
  const limit = '{"limit":90000,"fields":[{"name":"user_id"}]}';
  const outcomes = [];
  for (const workers of [1, 3, undefined]) {
    await withTenant({ users: many, workers }, async (tenant) => {
      for (const body of [BODY, limit]) {
        const { id } = await (await post(tenant, body)).json();
        const job = await ended(tenant, id);
        assert.equal(job.status, "completed", JSON.stringify(job));
        const errors = await get(tenant, `/api/v2/jobs/${id}/errors`);
        const text = await (await tenant.fetch(job.location)).text();
        outcomes.push([body, job.summary, errors, text]);
      }
    });
  }
  const [all, some, ...others] = outcomes;
  assert.equal(all[3].split("\n").length, 120 * 999 + 2);
  assert.equal(some[3].split("\n").length, 90_000 + 2);
  assert.equal(all[2].length, 120);
  assert.equal(all[2][119].line, 119_501);
  for (const [index, outcome] of others.entries()) assert.deepEqual(outcome, [all, some][index % 2]);
});

test("any number of workers reads an array to its limit, right before damaged gzip", async () => {
  const users = 40_000;
  const user = JSON.stringify({ user_id: "auth0|1", user_metadata: { note: "x".repeat(1000) } });
  // Some 40 MB, since small inputs have no helpers. Blanks move the last user over the edge of what
  // is unpacked at once, where it is kept back until more comes.
  const text = `[${Array(users).fill(user)}`;
  const blanks = " ".repeat((2 << 20) + 100 - (text.length % (1 << 20)));
  // Not compressed, and without its last bytes.
  const cut = new Blob([gzipSync(blanks + text, { level: 0 }).subarray(0, -8)]);
  for (const workers of [1, 3]) {
    await withTenant({ users: cut, workers }, async (tenant) => {
      const { id } = await (await post(tenant, JSON.stringify({ ...JSON.parse(BODY), limit: users }))).json();
      const { status, summary } = await ended(tenant, id);
      assert.deepEqual([status, summary], ["completed", { total: users, failed: 0 }], `${workers} workers`);
    });
  }
});
