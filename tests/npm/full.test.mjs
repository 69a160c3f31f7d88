// Storage that is full or fails.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { ended, get, OpenStorage, post, withTenant } from "./jobs.mjs";

const LINE = '{"user_id":"auth0|1","identities":[{"connection":"c1"}]}\n';
const BODY = '{"fields":[{"name":"user_id"}]}';
const users = new Blob([LINE]);

test("a temporary folder that takes no more fails the job with what is needed and what is there", () => {
  // 40 MB of users, in a process whose files may have 6 MiB.
  const script = `
    import { readdirSync } from "node:fs";
    import { join } from "node:path";
    import { tmpdir } from "node:os";
    import { ended, post, withTenant } from ${JSON.stringify(new URL("jobs.mjs", import.meta.url).href)};
    const lines = new Blob([${JSON.stringify(LINE)}.repeat(1000)]);
    const users = new Blob(Array.from({ length: 700 }, () => lines));
    await withTenant({ users }, async (tenant) => {
      const statuses = [];
      for (const body of ['{"format":"json"}', '{"limit":5}']) {
        const { id } = await (await post(tenant, body)).json();
        const { status, status_details } = await ended(tenant, id);
        statuses.push({ status, status_details });
      }
      const folder = readdirSync(tmpdir()).find((name) => name.startsWith("rollcall-" + process.pid + "-"));
      console.log(JSON.stringify({ statuses, files: readdirSync(join(tmpdir(), folder, "exports")).length }));
    });`;
  const limited = spawnSync(
    "bash",
    ["-c", 'ulimit -f 6144 && exec "$0" --input-type=module --eval "$1"', process.execPath, script],
    { encoding: "utf8" },
  );
  assert.equal(limited.status, 0, limited.stderr);
  const { statuses, files } = JSON.parse(limited.stdout);
  const [large, small] = statuses;
  assert.equal(large.status, "failed");
  assert.match(large.status_details, /^the storage is full: the output needs about [\d.]+ MB, of which 4\.\d\d MB was written$/);
  assert.equal(small.status, "completed");
  // That of the small job.
  assert.equal(files, 1);
});

test("a storage that cannot keep a file fails the job, and what was written is removed", async () => {
  const storage = new OpenStorage();
  let blob;
  storage.keep = async (job, output) => {
    blob = output.blob;
    throw new Error("no space left on device");
  };
  await withTenant({ users, storage }, async (tenant) => {
    const { id } = await (await post(tenant, BODY)).json();
    const job = await ended(tenant, id);
    assert.equal(job.status, "failed");
    assert.equal(job.status_details, "The file could not be stored: no space left on device");
    await assert.rejects(blob.text());
    assert.equal((await get(tenant, "/api/v2/jobs")).length, 1);
  });
});

for (const from of [1, 2, 3]) {
  test(`a storage whose ${from}. record fails tells so, and the tenant goes on`, async () => {
    const storage = new OpenStorage();
    const { save } = storage;
    let saved = 0;
    storage.save = async (job, record) => {
      saved += 1;
      if (saved >= from) throw new Error("no space left on device");
      return save(job, record);
    };
    await withTenant({ users, storage }, async (tenant) => {
      const errors = [];
      tenant.addEventListener("error", ({ detail }) => errors.push(detail.message));
      // The first record is waited for by the request, the others by nobody.
      const created = post(tenant, BODY);
      if (from === 1) await assert.rejects(created, /no space left on device/);
      else await created;
      for (;;) {
        const [job] = await get(tenant, "/api/v2/jobs");
        if (job.status === "completed") break;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assert.ok(from === 1 || errors.every((message) => message === "no space left on device"));
      assert.ok(errors.length > 0);
    });
  });
}

test("files that are gone from a storage fail their jobs", async () => {
  const storage = new OpenStorage();
  await withTenant({ users, storage }, async (tenant) => {
    const { id } = await (await post(tenant, BODY)).json();
    const { location } = await ended(tenant, id);
    storage.files.clear();
    assert.equal((await tenant.fetch(location)).status, 404);
    const job = await get(tenant, `/api/v2/jobs/${id}`);
    const { status, reason, status_details } = job;
    assert.deepEqual([status, reason, status_details], ["failed", "lost", "lost: the file no longer exists"]);
  });
});

test("records that cannot be read do not keep the others from being read", async () => {
  const storage = new OpenStorage();
  const records = [];
  storage.save = async (job, record) => void records.push({ job, record });
  await withTenant({ users, storage }, async (tenant) => {
    const { id } = await (await post(tenant, BODY)).json();
    await ended(tenant, id);
  });
  const good = records.at(-1);
  const next = new OpenStorage();
  next.load = async () => [good, { job: "job_0000000000000000", record: "{" }];
  next.open = async () => users;
  await withTenant({ users, storage: next }, async (tenant) => {
    const jobs = await get(tenant, "/api/v2/jobs");
    assert.deepEqual(jobs.map(({ status }) => status).sort(), ["completed", "failed"]);
  });
});

test("saving directly is for browsers, and says so", async () => {
  await withTenant({ users }, async (tenant) => {
    const saveTo = { name: "mine.csv" };
    const headers = { authorization: "Bearer any" };
    const created = await tenant.fetch("/api/v2/jobs/users-exports", { method: "POST", headers, body: BODY, saveTo });
    const job = await ended(tenant, (await created.json()).id);
    assert.equal(job.status, "failed");
    assert.match(job.status_details, /Only browsers can save directly\./);
  });
});
