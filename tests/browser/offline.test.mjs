// A page that was loaded needs no network: all that workers need is there by then.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { launch } from "puppeteer-core";
import { endFirefox } from "../firefox.mjs";
import { exported, exportedSha256, users } from "./command.mjs";
import { Form } from "./form.mjs";
import { ownHost } from "./host.mjs";
import { openPage, until } from "./page.mjs";
import { inWorkers, slowReads } from "./worker.mjs";

const sample = join(process.env.ROLLCALL_DIST, "sample.ndjson.gz");

/** Opens the page, and takes its host away once the page has what it needs. */
async function openThenLeave(t, tabs = 1) {
  const host = await ownHost(t);
  const { context, form, page } = await openPage(t, { url: host.address });
  const others = [];
  for (let tab = 1; tab < tabs; tab += 1) {
    await allIsThere(host);
    host.asked.clear();
    const other = await context.newPage();
    await other.goto(host.address);
    others.push(new Form(other));
  }
  await allIsThere(host);
  await host.stop();
  await context.setOffline(true);
  const asked = [];
  // Of what is within the page no network hears.
  context.on("request", (request) => request.url().startsWith("blob:") || asked.push(request.url()));
  return { context, form, page, others, asked };
}

async function allIsThere({ asked }) {
  const names = ["rollcall_bg.wasm", "rollcall-tenant_bg.wasm", "worker.js"];
  await until(() => names.every((name) => asked.has(name)), `the page fetches ${names}`);
}

test("a look, exports, a cancel and a download work without a network", async (t) => {
  const { context, form, page, asked } = await openThenLeave(t);
  await form.choose(sample);
  assert.equal(await form.fact("Users").innerText(), "1,000");
  const small = await form.start();
  assert.equal(await small.ended(), "Completed");
  assert.deepEqual(await (await small.download()).bytes(), await exported([sample], "--default-fields"));
  await page.getByRole("button", { name: /^Remove file/ }).click();

  // Large enough for helpers and a reader.
  const file = await users(170_000);
  await form.choose(file);
  const quicken = await inWorkers(context, slowReads, { milliseconds: 100 });
  const job = await form.start();
  await until(async () => (await job.percentage()) >= 1, "the job runs");
  await job.cancelButton.click();
  assert.equal(await job.ended(), "Cancelled");
  await quicken();
  const jobs = [await form.start(), await form.start(), await form.start()];
  const want = await exportedSha256([file], "--default-fields");
  for (const job of jobs) {
    assert.equal(await job.ended(), "Completed");
    assert.equal(await (await job.download()).sha256(), want);
  }
  assert.deepEqual(asked, [], "requests");
});

test("without a network another tab goes on when the one that runs the jobs is closed", async (t) => {
  const { others, page } = await openThenLeave(t, 2);
  const [form] = others;
  await page.close();
  await form.choose(sample);
  await form.exportButton.click();
  await form.jobs.first().waitFor();
  const job = await form.newestJob();
  assert.equal(await job.ended(), "Completed");
  assert.deepEqual(await (await job.download()).bytes(), await exported([sample], "--default-fields"));
});

test("a worker's script that was not there is told, and fetched once it is", async (t) => {
  const { context, form, page } = await openPage(t, { complaints: [/404/] });
  await context.route("**/worker.js", (route) => route.fulfill({ status: 404, body: "" }));
  await page.reload();
  await page.getByText(/^The worker could not be loaded: 404/).first().waitFor();
  await context.unroute("**/worker.js");
  await form.chooseSample();
  assert.equal(await (await form.start()).ended(), "Completed");
});

test("on a host that sends no policy a worker is under that of the page", async (t) => {
  const host = await ownHost(t);
  const { context, form, page } = await openPage(t, { url: host.address, complaints: [/./] });
  await inWorkers(context, slowReads, { milliseconds: 100 });
  await form.choose(await users(170_000));
  const job = await form.start();
  await until(async () => (await job.percentage()) >= 1, "the job runs");
  const refused = await page.workers()[0].evaluate(async (elsewhere) => {
    const refusals = [];
    addEventListener("securitypolicyviolation", ({ effectiveDirective }) => refusals.push(effectiveDirective));
    await fetch(elsewhere).catch(() => {});
    await import(`${elsewhere}x.js`).catch(() => {});
    while (refusals.length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    return refusals;
  }, "http://127.0.0.1:9/");
  assert.deepEqual(refused, ["connect-src", "script-src-elem"]);
});

test("Firefox needs no network either", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-firefox-"));
  const browser = await launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX,
    userDataDir: join(folder, "profile"),
  });
  t.after(async () => {
    await endFirefox(browser);
    await rm(folder, { recursive: true, maxRetries: 20 });
  });
  const host = await ownHost(t);
  const [page] = await browser.pages();
  await page.goto(host.address);
  await allIsThere(host);
  // Browsers without Trusted Types have this rule alone.
  const refused = await page.evaluate(() => {
    return new Promise((resolve) => {
      addEventListener("securitypolicyviolation", ({ effectiveDirective }) => resolve(effectiveDirective));
      try {
        new Worker("/worker.js", { type: "module" });
      } catch (error) {
        resolve(error.name);
      }
    });
  });
  assert.match(refused, /^(worker-src|TypeError)$/);
  await host.stop();
  const file = await users(30_000);
  const input = await page.$("input[type=file]");
  await input.uploadFile(file);
  const text = (selector) => page.evaluate((selector) => document.querySelector(selector)?.innerText ?? "", selector);
  await until(async () => (await text(".findings")).includes("30,000"), "the file is looked into", 60_000);
  const want = await exportedSha256([file], "--default-fields");
  for (let jobs = 1; jobs <= 3; jobs += 1) {
    await page.evaluate(() => document.getElementById("export").click());
    await until(() => page.evaluate((jobs) => document.querySelectorAll("[id$=-download]").length === jobs, jobs), `job ${jobs}`, 60_000);
  }
  const sums = await page.evaluate(async () => {
    const { ask } = await import("/page-tenant.js");
    return JSON.parse((await ask("GET", "/api/v2/jobs")).text).map((job) => job.export.sha256);
  });
  assert.deepEqual(sums, [want, want, want]);
});
