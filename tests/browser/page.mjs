// The page, in a browser that a test has for itself.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "playwright-core";
import { PATIENCE } from "../patience.mjs";
import { Form } from "./form.mjs";
import { letCodeIn } from "./worker.mjs";

export const address = process.env.ROLLCALL_URL;

/** A folder that is gone after the test. */
export async function temporaryFolder(test) {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-page-"));
  // The browser's last writes may come a moment after its end.
  test.after(() => rm(folder, { recursive: true, maxRetries: 20 }));
  return folder;
}

/**
 * Opens the page in a new browser, which is ended with the test.
 *
 * The test fails when the page writes an error to the console, throws or opens a dialog, unless
 * `complaints` lists what is expected.
 */
export async function openPage(test, { script, complaints = [], url = address, ...options } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-page-"));
  // A context that persists: any other gets next to no storage.
  const context = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: process.env.CHROME,
    chromiumSandbox: false,
    args: ["--disable-gpu", "--disable-dev-shm-usage"],
    viewport: { width: 1280, height: 900 },
    timeout: PATIENCE,
    ...options,
  });
  context.setDefaultTimeout(PATIENCE);
  await context.addInitScript(letCodeIn);
  const heard = [];
  const [page] = context.pages();
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") heard.push(message.text());
  });
  page.on("pageerror", (error) => heard.push(`${error}`));
  page.on("dialog", async (dialog) => {
    heard.push(`dialog ${dialog.type()}: ${dialog.message()}`);
    await dialog.dismiss();
  });
  test.after(async () => {
    await context.close();
    await rm(folder, { recursive: true, maxRetries: 20 });
    const unexpected = heard.filter((text) => !complaints.some((known) => known.test(text)));
    assert.deepEqual(unexpected, [], "the page complained");
  });
  if (script) await page.addInitScript(script);
  await page.goto(url);
  const form = new Form(page);
  await form.exportButton.waitFor();
  return { context, page, form, folder, heard };
}

/** Waits until `check` returns something true, and returns that. */
export async function until(check, what) {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const result = await check();
    if (result) return result;
    assert.ok(performance.now() < end, `waited ${PATIENCE / 1000} s in vain: ${what}`);
    await pause(25);
  }
}

/** Names of the files in the origin's private file system. */
export function storedFiles(page) {
  return page.evaluate(async () => {
    const names = [];
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("exports", { create: true });
    for await (const name of folder.keys()) names.push(name);
    return names;
  });
}

export function hasFocus(locator) {
  return locator.evaluate((element) => element === document.activeElement);
}
