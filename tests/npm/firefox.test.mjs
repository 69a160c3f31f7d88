// The package in Firefox, unbundled, under a strict policy.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "puppeteer-core";
import { endFirefox } from "../firefox.mjs";
import { PATIENCE } from "../patience.mjs";
import { CASES } from "./cases.mjs";
import { serve } from "./site.mjs";

const PAIR = CASES.find(({ name }) => name === "csv-golden-pair");
const pair = { users: PAIR.inputs[0].bytes.toString(), request: PAIR.request.toString() };

let site;
let browser;
let folder;
before(async () => {
  site = await serve();
  folder = await mkdtemp(join(tmpdir(), "rollcall-firefox-"));
  browser = await launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX,
    userDataDir: join(folder, "profile"),
    timeout: PATIENCE,
    protocolTimeout: PATIENCE,
  });
});
after(async () => {
  if (browser) await endFirefox(browser);
  site.close();
  await rm(folder, { recursive: true, maxRetries: 20 });
});

/** Opens a page, and fails with what its console says is wrong. */
async function open() {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  const faults = [];
  page.on("pageerror", (error) => faults.push(`${error}`));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(site.address);
  return { page, faults };
}

test("chunks and streams give the bytes of the golden case", async () => {
  const { page, faults } = await open();
  const result = await page.evaluate(async ({ users, request }) => {
    const { Exporter, exportStream, load, version } = await import("/rollcall/index.js");
    const text = await new Response(exportStream(new Blob([users]).stream(), JSON.parse(request))).text();
    await load();
    const exporter = new Exporter(JSON.parse(request));
    const parts = [exporter.push(new TextEncoder().encode(users)), exporter.finish()];
    return { text, same: await new Blob(parts).text(), version: version() };
  }, pair);
  assert.equal(result.text, PAIR.output.toString());
  assert.equal(result.same, result.text);
  assert.match(result.version, /^\d+\.\d+\.\d+$/);
  assert.deepEqual(faults, []);
});

test("a tenant's job runs in a worker; its file is private, and gone when the tenant is closed", async () => {
  const { page, faults } = await open();
  const result = await page.evaluate(async ({ users, request }) => {
    const files = async () => {
      const names = [];
      const root = await navigator.storage.getDirectory();
      for await (const name of (await root.getDirectoryHandle("exports")).keys()) names.push(name);
      return names;
    };
    const { createTenant } = await import("/rollcall/index.js");
    const tenant = await createTenant({ name: "acme", users: new File([users], "users.json") });
    const seen = [];
    tenant.addEventListener("job", ({ detail }) => seen.push(detail.status));
    const headers = { authorization: "Bearer any" };
    const created = await tenant.fetch("/api/v2/jobs/users-exports", { method: "POST", headers, body: request });
    const { id } = await created.json();
    const poll = async () => (await tenant.fetch(`/api/v2/jobs/${id}`, { headers })).json();
    let job = await poll();
    while (job.status === "pending" || job.status === "processing") job = await poll();
    const file = await tenant.fetch(job.location);
    const [text, kept] = [await file.text(), await files()];
    const refusal = await tenant.fetch("/api/v2/jobs/users-exports", { method: "POST", headers, body: '{"limit":0}' });
    await tenant.close();
    return { seen, job, text, kept, refusal: refusal.status, left: await files() };
  }, pair);
  assert.equal(result.text, PAIR.output.toString());
  assert.equal(result.job.status, "completed");
  assert.deepEqual([...new Set(result.seen)], ["pending", "processing", "completed"]);
  assert.equal(result.kept.length, 1);
  assert.deepEqual(result.left, []);
  assert.equal(result.refusal, 400);
  assert.deepEqual(faults, []);
});

test("the service worker answers any code of the page", async () => {
  const { page, faults } = await open();
  const before = site.requests.length;
  const { text, status } = await page.evaluate(async ({ users, request }) => {
    const { createTenant } = await import("/rollcall/index.js");
    const { registerTenant } = await import("/rollcall/register.js");
    await registerTenant(await createTenant({ name: "acme", users: new Blob([users]) }));
    const headers = { authorization: "Bearer any" };
    const created = await fetch("/api/v2/jobs/users-exports", { method: "POST", headers, body: request });
    const { id } = await created.json();
    const poll = async () => (await fetch(`/api/v2/jobs/${id}`, { headers })).json();
    let job = await poll();
    while (job.status === "pending" || job.status === "processing") job = await poll();
    return { text: await (await fetch(job.location)).text(), status: job.status };
  }, pair);
  assert.equal(status, "completed");
  assert.equal(text, PAIR.output.toString());
  const asked = site.requests.slice(before).filter((path) => /^\/(api|exports)\//.test(path));
  assert.deepEqual(asked, []);
  assert.deepEqual(faults, []);
});
