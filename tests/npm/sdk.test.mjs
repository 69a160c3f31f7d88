// The official SDK, which is given the tenant's fetch.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Management, ManagementClient } from "auth0";
import { JobsClient } from "auth0/jobs";
import { CASES } from "./cases.mjs";
import { ended, withTenant } from "./jobs.mjs";

const { BadRequestError, ForbiddenError, NotFoundError, TooManyRequestsError, UnauthorizedError } = Management;

const PAIR = CASES.find(({ name }) => name === "csv-golden-pair");
const TOKENS = { reader: ["read:users"], other: ["read:clients"] };
// Failures must not be tried again.
const options = { maxRetries: 0, telemetry: false };

const CLIENTS = {
  JobsClient: ({ fetch, origin }, token) =>
    new JobsClient({ baseUrl: `${origin}/api/v2`, token, fetch, ...options }),
  ManagementClient: ({ fetch }, token) =>
    new ManagementClient({ domain: "acme.eu.auth0.com", token, fetch, ...options }).jobs,
};

function pair() {
  return new Blob([PAIR.inputs[0].bytes]);
}

function recorded(name) {
  return JSON.parse(readFileSync(new URL(`data/${name}.json`, import.meta.url)));
}

for (const [name, client] of Object.entries(CLIENTS)) {
  const withJobs = (settings, use) =>
    withTenant({ users: pair(), tokens: TOKENS, ...settings }, (tenant) => use(client(tenant, "reader"), tenant));

  test(`${name}: create, poll, download`, () =>
    withJobs({}, async (jobs, tenant) => {
      const created = await jobs.usersExports.create(JSON.parse(PAIR.request));
      assert.equal(created.status, "pending");
      let job;
      do job = await jobs.get(created.id);
      while (job.status === "pending" || job.status === "processing");
      assert.deepEqual(job.summary, { total: 2, failed: 0 });
      const file = await tenant.fetch(job.location);
      assert.deepEqual(Buffer.from(await file.arrayBuffer()), PAIR.output);
    }));

  test(`${name}: each refusal is an error of its own class`, () =>
    withJobs({ capacity: { running: 1, waiting: 0 } }, async (jobs, tenant) => {
      await assert.rejects(jobs.usersExports.create({ limit: 0 }), (error) => {
        assert.ok(error instanceof BadRequestError);
        assert.equal(error.body.errorCode, "invalid_body");
        return true;
      });
      const missing = jobs.usersExports.create({ connection_id: "con_0000000000000000" });
      await assert.rejects(missing, (error) => error.body.errorCode === "inexistent_connection");
      await assert.rejects(jobs.get("job_0000000000000000"), NotFoundError);
      await assert.rejects(client(tenant, "nobody").get("job_0000000000000000"), UnauthorizedError);
      await assert.rejects(client(tenant, "other").get("job_0000000000000000"), ForbiddenError);
      const running = jobs.usersExports.create({});
      await assert.rejects(Promise.all([running, jobs.usersExports.create({})]), TooManyRequestsError);
    }));
}

test("jobs have the recorded shape", () =>
  withTenant({ users: pair(), connections: [{ id: "con_0123456789abcdef", name: "c1" }] }, async (tenant) => {
    const jobs = CLIENTS.JobsClient(tenant, "any");
    const shape = recorded("go-auth0-create-users-export");
    const request = {
      connection_id: "con_0123456789abcdef",
      format: "json",
      limit: 1,
      fields: [{ name: "name", export_as: "export_as" }],
    };
    const created = await jobs.usersExports.create(request);
    assertShape(created, { ...shape, connection: "c1" });
    const job = await ended(tenant, created.id);
    // Those two are of jobs that have failed or still run, and of an import.
    const { status_details, time_left_seconds, summary, ...completed } = recorded("go-auth0-get-job");
    const { failed, total } = summary;
    assertShape(job, { ...shape, connection: "c1", ...completed, summary: { failed, total } });
  }));

/** The same keys with values of the same types. */
function assertShape(found, wanted) {
  assert.deepEqual(Object.keys(found).sort(), Object.keys(wanted).sort());
  for (const [key, value] of Object.entries(wanted)) {
    assert.equal(typeof found[key], typeof value, key);
    if (Array.isArray(value)) found[key].forEach((item) => assertShape(item, value[0]));
    else if (typeof value === "object") assertShape(found[key], value);
  }
}
