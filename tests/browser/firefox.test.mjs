// The main job in Firefox.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { launch } from "puppeteer-core";
import { exported } from "./command.mjs";
import { address, until } from "./page.mjs";

test("the main job gives the same bytes in Firefox", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-firefox-"));
  const downloads = join(folder, "downloads");
  const browser = await launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX,
    userDataDir: join(folder, "profile"),
    extraPrefsFirefox: { "browser.download.folderList": 2, "browser.download.dir": downloads },
  });
  t.after(async () => {
    await browser.close();
    await rm(folder, { recursive: true, maxRetries: 20 });
  });
  const [page] = await browser.pages();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(`${error}`));
  await page.goto(address);
  const button = (name) => page.locator(`::-p-aria([name="${name}"][role="button"])`);
  await button("Try it with sample users").click();
  await page.locator("::-p-text(1,000)").wait();
  await button("Export users").click();
  await button("Download export of my-tenant.csv").click();
  const saved = join(downloads, "my-tenant.csv");
  const sample = join(process.env.ROLLCALL_DIST, "sample.ndjson.gz");
  const want = await exported([sample], "--default-fields");
  // The name is there before the content is.
  await until(
    async () => existsSync(saved) && (await readFile(saved)).length >= want.length,
    "a file",
  );
  assert.deepEqual(await readFile(saved), want);
  assert.deepEqual(complaints, []);
});
