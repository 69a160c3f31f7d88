// Firefox: the main job, and files that change while they are read.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { constants, copyFile, mkdtemp, readFile, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { launch } from "puppeteer-core";
import { exported, users } from "./command.mjs";
import { address, until } from "./page.mjs";

/** Opens the page in a Firefox that is ended with the test; `complained` is what it wrote and threw. */
async function openFirefox(t) {
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
  return { page, button, folder, downloads, complaints };
}

test("the main job gives the same bytes in Firefox", async (t) => {
  const { page, button, downloads, complaints } = await openFirefox(t);
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

for (const [name, change] of [
  ["shrinks", (file) => truncate(file, 100e6)],
  ["vanishes", (file) => rm(file)],
]) {
  test(`a file that ${name} while Firefox reads it fails the job`, async (t) => {
    const { page, button, folder, complaints } = await openFirefox(t);
    const file = join(folder, "users.ndjson");
    await copyFile(await users(170_000), file, constants.COPYFILE_FICLONE);
    const input = await page.$("input[type=file]");
    await input.uploadFile(file);
    await page.locator("::-p-text(170,000)").setTimeout(60_000).wait();
    await button("Export users").click();
    const percentage = () => page.evaluate(() => document.querySelector("article progress")?.value ?? 0);
    await until(async () => (await percentage()) >= 2, "the job runs");
    await change(file);
    await page.locator("article.job .failure ::-p-text(file)").setTimeout(60_000).wait();
    const text = await page.$eval("article.job", (card) => card.innerText);
    assert.match(text, /Failed[^]*(cannot be read|was deleted|was changed)[^]*No file was kept/);
    assert.equal(await page.$("article.job [id$=-download]"), null);
    const files = await page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle("exports", { create: true });
      return Array.fromAsync(folder.keys());
    });
    assert.deepEqual(files, []);
    assert.deepEqual(complaints, []);
  });
}
