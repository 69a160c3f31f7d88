// Runs an export job by the requests that Auth0's API takes, shows its progress, and saves its file.
// Install the tarball that `cargo xtask pack` makes, then:
//
//   node node_modules/rollcall/examples/job.mjs acme users.json.gz

import { openAsBlob } from "node:fs";
import { writeFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { createTenant } from "rollcall";

const [name, path] = process.argv.slice(2);
const tenant = await createTenant({ name, users: await openAsBlob(path) });
const api = async (target, init) => (await tenant.fetch(target, init)).json();
const headers = { authorization: "Bearer any", "content-type": "application/json" };

const body = JSON.stringify({ format: "json", fields: [{ name: "email" }] });
let job = await api("/api/v2/jobs/users-exports?gzip=true", { method: "POST", headers, body });
while (job.status === "pending" || job.status === "processing") {
  console.log(job.status, job.percentage_done ?? "");
  await setTimeout(100);
  job = await api(`/api/v2/jobs/${job.id}`, { headers });
}
if (job.status === "completed") {
  const file = await tenant.fetch(job.location);
  await writeFile(`${name}.json.gz`, new Uint8Array(await file.arrayBuffer()));
  console.log(`saved ${name}.json.gz`);
} else {
  console.error(job.status_details);
}
await tenant.close();
