// Firefox: the main job, and files that change while they are read.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { constants, copyFile, mkdtemp, readFile, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { launch } from "puppeteer-core";
import { endFirefox } from "../firefox.mjs";
import { PATIENCE } from "../patience.mjs";
import { exported, users } from "./command.mjs";
import { address, storedFiles, until } from "./page.mjs";

/** Opens the page in a Firefox that is ended with the test; `complaints` is what it writes and throws. */
async function openFirefox(t) {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-firefox-"));
  const downloads = join(folder, "downloads");
  const browser = await launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX,
    userDataDir: join(folder, "profile"),
    timeout: PATIENCE,
    protocolTimeout: PATIENCE,
    extraPrefsFirefox: { "browser.download.folderList": 2, "browser.download.dir": downloads },
  });
  t.after(async () => {
    await endFirefox(browser);
    await rm(folder, { recursive: true, maxRetries: 20 });
  });
  const [page] = await browser.pages();
  page.setDefaultTimeout(PATIENCE);
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(`${error}`));
  await page.goto(address);
  // Looking is done by Firefox itself. Waiting, as the locators of puppeteer do it, makes code of a text in
  // the page, whose policy forbids that.
  const seen = (selector) => until(() => page.$(selector), selector);
  /** Clicks a button, once it stands still. */
  const click = async (name) => {
    const button = await seen(`::-p-aria([name="${name}"][role="button"])`);
    let last;
    await until(async () => {
      const before = last;
      last = JSON.stringify(await button.boundingBox());
      return last === before;
    }, `${name} stands still`);
    await button.click();
  };
  return { page, seen, click, folder, downloads, complaints };
}

test("the main job gives the same bytes in Firefox", async (t) => {
  const { seen, click, downloads, complaints } = await openFirefox(t);
  await click("Try it with sample users");
  await seen("::-p-text(1,000)");
  await click("Export users");
  await click("Download export of my-tenant.csv");
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
    const { page, seen, click, folder, complaints } = await openFirefox(t);
    const file = join(folder, "users.ndjson");
    await copyFile(await users(170_000), file, constants.COPYFILE_FICLONE);
    const input = await page.$("input[type=file]");
    await input.uploadFile(file);
    await seen("::-p-text(170,000)");
    await click("Export users");
    const percentage = () => page.evaluate(() => document.querySelector("article progress")?.value ?? 0);
    await until(async () => (await percentage()) >= 2, "the job runs");
    await change(file);
    await seen("article.job .failure ::-p-text(file)");
    const text = await page.$eval("article.job", (card) => card.innerText);
    assert.match(text, /Failed[^]*(cannot be read|was deleted|was changed|changed while)[^]*No file was kept/);
    assert.equal(await page.$("article.job [id$=-download]"), null);
    assert.deepEqual(await storedFiles(page), []);
    assert.deepEqual(complaints, []);
  });
}
