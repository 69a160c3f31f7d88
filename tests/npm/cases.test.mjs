// Every golden case through the installed package.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CASES, checkAll } from "./cases.mjs";
import { ended, get, OpenStorage, post, withTenant } from "./jobs.mjs";
import { rollcall } from "./package.mjs";

const { Exporter } = rollcall;

/** Requests that JavaScript cannot hold, broken JSON, go through the tenant only. */
const asObjects = CASES.filter(({ request }) => isJson(request));

function isJson(bytes) {
  try {
    JSON.parse(bytes);
    return true;
  } catch {
    return false;
  }
}

function exportCase({ request, options, connections, inputs }, chunk) {
  const out = [];
  const leftOut = [];
  let exporter;
  try {
    exporter = new Exporter(JSON.parse(request), { ...options, connections });
    for (const { bytes } of inputs) {
      for (let start = 0; start < bytes.length && !exporter.isDone; start += chunk) {
        out.push(exporter.push(bytes.subarray(start, start + chunk)));
      }
      if (!exporter.isDone) out.push(exporter.endInput());
    }
    out.push(exporter.finish());
    leftOut.push(...exporter.takeLeftOut());
    return { output: Buffer.concat(out), totals: exporter.totals, leftOut };
  } catch (error) {
    assert.ok(error instanceof Error && typeof error.code === "string", String(error));
    leftOut.push(...(exporter?.takeLeftOut() ?? []));
    const { code, record, line, byte, message } = error;
    return { error: { error: code, record, line, byte, message }, leftOut };
  } finally {
    exporter?.free();
  }
}

for (const chunk of [7, Infinity]) {
  test(`an Exporter in chunks of ${chunk} bytes`, async () => {
    assert.ok(asObjects.length > 200 && asObjects.length >= CASES.length - 5);
    await checkAll(asObjects, (one) => exportCase(one, chunk));
  });
}

function runCase({ request, options, connections, inputs }) {
  const storage = new OpenStorage();
  const files = inputs.map(({ name, bytes }) => new File([bytes], name));
  // A request that is refused has no input.
  const users = files.length > 0 ? files : new Blob();
  return withTenant({ users, connections, storage }, async (tenant) => {
    const created = await post(tenant, request, `?${new URLSearchParams(options)}`);
    const { id, message } = await created.json();
    if (created.status !== 200) return { error: { error: "bad_request", message }, leftOut: [] };
    const job = await ended(tenant, id);
    const leftOut = (await get(tenant, `/api/v2/jobs/${id}/errors`)) ?? [];
    const { error, totals } = storage.records.get(id).status;
    if (job.status !== "completed") {
      const place = error.file === undefined ? "" : `${error.file.name}: `;
      assert.equal(job.status_details, place + error.message);
      return { error: withoutFile(error, inputs), leftOut };
    }
    const output = Buffer.from(await (await tenant.fetch(job.location)).arrayBuffer());
    return { output, totals, leftOut };
  });
}

/** Of several files, the message begins with the one that it is about. */
function withoutFile(error, inputs) {
  const file = inputs.length > 1 && inputs.find(({ name }) => error.message.startsWith(`${name}: `));
  return file ? { ...error, message: error.message.slice(file.name.length + 2) } : error;
}

test("a tenant's jobs", () => checkAll(CASES, runCase, 3));

test("the connections of a tenant's users", async () => {
  const cases = CASES.filter(({ connectionsFound, connections }) => connectionsFound && !connections);
  assert.ok(cases.length > 5);
  for (const { name, inputs, connectionsFound } of cases) {
    const users = inputs.map(({ bytes }) => new Blob([bytes]));
    const found = await withTenant({ users }, (tenant) => get(tenant, "/api/v2/connections"));
    assert.deepEqual(found.map((one) => one.name), connectionsFound.map((one) => one.name), name);
  }
});
