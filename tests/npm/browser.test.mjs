// The package in Chromium, unbundled and built by Vite, under a strict policy.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { CASES } from "./cases.mjs";
import { project } from "./package.mjs";
import { openSite } from "./site.mjs";

const PAIR = CASES.find(({ name }) => name === "csv-golden-pair");
const pair = { users: PAIR.inputs[0].bytes.toString(), request: PAIR.request.toString() };

let site;
before(async () => {
  site = await openSite(buildApp());
});
after(() => site.close());

/** An app of the SDK and the package, built by Vite in a project of its own. */
function buildApp() {
  const app = join(project, "app");
  mkdirSync(join(app, "node_modules"), { recursive: true });
  symlinkSync(join(project, "node_modules", "rollcall"), join(app, "node_modules", "rollcall"));
  const { resolve } = createRequire(import.meta.url);
  symlinkSync(new URL("../../node_modules/auth0", import.meta.url).pathname, join(app, "node_modules", "auth0"));
  cpSync(new URL("app.mjs", import.meta.url), join(app, "app.js"));
  writeFileSync(
    join(app, "index.html"),
    '<!doctype html><link rel="icon" href="data:,"><script src="/boot.js"></script><script type="module" src="./app.js"></script>\n',
  );
  const vite = join(dirname(resolve("vite/package.json")), "bin", "vite.js");
  const options = [vite, "build", "--base", "/app/", "--logLevel", "error"];
  execFileSync(process.execPath, options, { cwd: app, stdio: ["ignore", "inherit", "inherit"] });
  return join(app, "dist");
}

/** Opens a page, and fails with what its console says is wrong. */
async function open(context, path = "") {
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(site.address + path);
  return { page, faults };
}

/** Runs in the page: the names of the files that the package has in the private file system. */
async function files() {
  const names = [];
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle("exports", { create: true });
  for await (const name of folder.keys()) names.push(name);
  return names;
}

test("the engine is loaded when it is needed, or when it is asked for", async () => {
  const { page, faults } = await open(await site.newContext());
  const result = await page.evaluate(async ({ users, request }) => {
    const { Exporter, exportStream, load, version } = await import("/rollcall/index.js");
    const early = [];
    for (const use of [() => new Exporter({}), version]) {
      try {
        use();
      } catch (error) {
        early.push(error.message);
      }
    }
    const text = await new Response(exportStream(new Blob([users]).stream(), JSON.parse(request))).text();
    await load();
    const exporter = new Exporter(JSON.parse(request));
    const parts = [exporter.push(new TextEncoder().encode(users)), exporter.finish()];
    return { early, text, same: await new Blob(parts).text() };
  }, pair);
  assert.equal(result.early.length, 2);
  for (const message of result.early) assert.match(message, /await load\(\) first/);
  assert.equal(result.text, PAIR.output.toString());
  assert.equal(result.same, result.text);
  assert.deepEqual(faults, []);
});

test("a browser without SIMD gets the engine without it", async () => {
  const context = await site.newContext();
  await context.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  const before = site.requests.length;
  const { page, faults } = await open(context);
  const text = await page.evaluate(async ({ users, request }) => {
    const { exportStream } = await import("/rollcall/index.js");
    return new Response(exportStream(new Blob([users]).stream(), JSON.parse(request))).text();
  }, pair);
  assert.equal(text, PAIR.output.toString());
  const loaded = site.requests.slice(before).filter((path) => path.endsWith(".wasm"));
  assert.deepEqual(loaded, ["/rollcall/rollcall-plain_bg.wasm"]);
  assert.deepEqual(faults, []);
});

test("a tenant's jobs run in workers, and its files are private and gone when it is closed", async () => {
  const { page, faults } = await open(await site.newContext());
  const result = await page.evaluate(async ({ users, request }) => {
    const { createTenant } = await import("/rollcall/index.js");
    const tenant = await createTenant({ name: "acme", users: new Blob([users]) });
    window.tenant = tenant;
    const headers = { authorization: "Bearer any" };
    const body = request;
    const created = await tenant.fetch("/api/v2/jobs/users-exports", { method: "POST", headers, body });
    const { id } = await created.json();
    const poll = async () => (await tenant.fetch(`/api/v2/jobs/${id}`, { headers })).json();
    let job = await poll();
    while (job.status === "pending" || job.status === "processing") job = await poll();
    const file = await tenant.fetch(job.location);
    return { job, text: await file.text(), size: file.headers.get("content-length") };
  }, pair);
  assert.equal(result.text, PAIR.output.toString());
  assert.equal(result.size, String(PAIR.output.length));
  assert.ok(result.job.location.startsWith(`${site.address}exports/${result.job.id}/`));
  const [name, ...others] = await page.evaluate(files);
  assert.match(name, new RegExp(`^tenant-${result.job.id}\\.[0-9a-f]{8}\\.csv$`));
  assert.deepEqual(others, []);
  await page.evaluate(() => window.tenant.close());
  assert.deepEqual(await page.evaluate(files), []);
  assert.deepEqual(faults, []);
});

test("a job writes into the file that it is given, and has no location", async () => {
  const { page, faults } = await open(await site.newContext());
  const { job, text } = await page.evaluate(async ({ users, request }) => {
    const { createTenant } = await import("/rollcall/index.js");
    const tenant = await createTenant({ name: "acme", users: new Blob([users]) });
    const root = await navigator.storage.getDirectory();
    // Of the same kind as one that a person chooses.
    const saveTo = await root.getFileHandle("mine.csv", { create: true });
    const headers = { authorization: "Bearer any" };
    const init = { method: "POST", headers, body: request, saveTo };
    const { id } = await (await tenant.fetch("/api/v2/jobs/users-exports", init)).json();
    const poll = async () => (await tenant.fetch(`/api/v2/jobs/${id}`, { headers })).json();
    let job = await poll();
    while (job.status === "pending" || job.status === "processing") job = await poll();
    await tenant.close();
    return { job, text: await (await saveTo.getFile()).text() };
  }, pair);
  assert.equal(job.status, "completed");
  assert.equal(job.location, undefined);
  assert.equal(text, PAIR.output.toString());
  assert.deepEqual(await page.evaluate(files), []);
  assert.deepEqual(faults, []);
});

/** Runs in the page: completes a job and leaves its file. */
async function leaveFile({ users }) {
  const { createTenant } = await import("/rollcall/index.js");
  const tenant = await createTenant({ name: "acme", users: new Blob([users]) });
  const completed = new Promise((resolve) =>
    tenant.addEventListener("job", ({ detail }) => detail.status === "completed" && resolve()),
  );
  const headers = { authorization: "Bearer any" };
  await tenant.fetch("/api/v2/jobs/users-exports", { method: "POST", headers, body: "{}" });
  await completed;
}

test("what a page that is gone has left is deleted by the next, but not what another page has", async () => {
  const context = await site.newContext();
  const first = await open(context);
  await first.page.evaluate(leaveFile, pair);
  const second = await open(context);
  await second.page.evaluate(leaveFile, pair);
  assert.equal((await second.page.evaluate(files)).length, 2);
  await first.page.close();
  const third = await open(context);
  await third.page.evaluate(leaveFile, pair);
  await third.page.waitForTimeout(200);
  assert.equal((await third.page.evaluate(files)).length, 2);
});

test("the service worker answers any code of the page, and links", async () => {
  const context = await site.newContext();
  const { page, faults } = await open(context);
  const before = site.requests.length;
  const { job, status } = await page.evaluate(async ({ users, request }) => {
    const { createTenant } = await import("/rollcall/index.js");
    const { registerTenant } = await import("/rollcall/register.js");
    const tenant = await createTenant({ name: "acme", users: new Blob([users]) });
    await registerTenant(tenant);
    const headers = { authorization: "Bearer any" };
    const created = await fetch("/api/v2/jobs/users-exports", { method: "POST", headers, body: request });
    const { id } = await created.json();
    const poll = async () => (await fetch(`/api/v2/jobs/${id}`, { headers })).json();
    let job = await poll();
    while (job.status === "pending" || job.status === "processing") job = await poll();
    return { job, status: (await fetch("/api/v2/jobs")).status };
  }, pair);
  assert.equal(job.status, "completed");
  assert.equal(status, 401);
  const { page: other } = await open(context, "other.html");
  const downloading = other.waitForEvent("download");
  await other.evaluate((location) => {
    const link = document.createElement("a");
    link.href = location;
    document.body.append(link);
    link.click();
  }, job.location);
  const download = await downloading;
  assert.equal(download.suggestedFilename(), "acme.csv");
  assert.deepEqual(readFileSync(await download.path()), PAIR.output);
  const asked = site.requests.slice(before).filter((path) => /^\/(api|exports)\//.test(path));
  assert.deepEqual(asked, []);
  // The 401 that was asked for shows in the console.
  assert.deepEqual(faults.filter((fault) => !fault.includes("401")), []);
});

test("built by Vite together with the SDK, it does the same", async () => {
  const { page, faults } = await open(await site.newContext(), "app/index.html");
  await page.waitForFunction(() => window.run);
  const { job, text, refusal } = await page.evaluate(({ users, request }) => window.run(users, JSON.parse(request)), pair);
  assert.equal(job.status, "completed");
  assert.equal(text, PAIR.output.toString());
  assert.equal(refusal, 400);
  assert.deepEqual(faults, []);
});
