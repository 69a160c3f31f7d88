// Storage that is small, full or missing: the page says so, and goes on.

import assert from "node:assert/strict";
import { link, stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { exported, exportedSha256, users } from "./command.mjs";
import { openPage, storedFiles, temporaryFolder, until } from "./page.mjs";
import { inWorkers, slowReads } from "./worker.mjs";

const sample = join(process.env.ROLLCALL_DIST, "sample.ndjson.gz");

for (const mebibytes of [1, 5, 10]) {
  test(`a quota of ${mebibytes} MiB fails a large job with what is needed and what is there`, async (t) => {
    const { context, form, page } = await openPage(t);
    const setQuota = await quota(context, page);
    await setQuota(mebibytes << 20);
    await form.choose(await users(170_000));
    const job = await form.start();
    assert.equal(await job.ended(), "Failed");
    await job.card.getByText("Not enough space").waitFor();
    const [needed, there] = (await job.card.innerText())
      .match(/The storage is full: the output needs about ([\d.]+) MB, of which (none|[\d.]+ MB) was written\./)
      .slice(1)
      .map((size) => (size === "none" ? 0 : Number.parseFloat(size)));
    assert.ok(there * 1e6 <= mebibytes << 20, `${there} MB`);
    assert.ok(needed > 20 && needed < 200, `${needed} MB`);
    await until(async () => (await storedFiles(page)).length === 0, "no file is left");
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(violations, []);

    await setQuota();
    await form.sample.check();
    const next = await form.start();
    assert.equal(await next.ended(), "Completed");
    assert.equal(await next.figure("Users exported"), "10");
  });
}

test("what the browser says it has left is compared with the files before the start", async (t) => {
  // Chrome itself always says 10 GiB.
  const script = () => {
    StorageManager.prototype.estimate = async () => ({ quota: 60e6, usage: 10e6 });
  };
  const { form, page } = await openPage(t, { script });
  const note = page.getByText("The files total 213 MB, but the browser has only 50.0 MB left for exports.", { exact: false });
  await form.chooseSample();
  await page.getByText("Storage used: 10.0 MB").or(form.exportButton).first().waitFor();
  assert.equal(await note.count(), 0);
  await form.choose(await users(170_000));
  await note.waitFor();
});

test("without a private file system exports stay in memory, and the page says so first", async (t) => {
  const { context, form, page } = await openPage(t, { script: withoutPrivateFiles });
  // Workers have a storage of their own, and no init script.
  await inWorkers(context, withoutPrivateFiles);
  await page.getByText("This window cannot store data: exports are lost on reload and limited to 200 MiB each.").waitFor();
  await form.chooseSample();
  const job = await form.start();
  assert.equal(await job.ended(), "Completed");
  assert.deepEqual(await (await job.download()).bytes(), await exported([sample], "--default-fields"));
  await page.reload();
  await form.exportButton.waitFor();
  await form.chooseSample();
  assert.equal(await form.jobs.count(), 0);
});

test("in memory an export of nearly 200 MiB is whole, and a larger one fails with clear words", async (t) => {
  const { context, form, page } = await openPage(t, { script: withoutPrivateFiles });
  await inWorkers(context, withoutPrivateFiles);
  const file = await users(170_000);
  await form.choose(file);
  await form.defaultFields.uncheck();
  await form.chooseFormat("JSON");
  const whole = await form.start();
  assert.equal(await whole.ended(), "Completed");
  const saved = await whole.download();
  const { size } = await stat(await saved.download.path());
  assert.ok(size > 195 << 20 && size <= 200 << 20, `${size} bytes`);
  assert.equal(await saved.sha256(), await exportedSha256([file], "--format", "json"));

  await whole.removeButton.click();
  // A second file of the same users.
  const second = join(await temporaryFolder(t), "second.ndjson");
  await link(file, second);
  await form.choose(second);
  const large = await form.start();
  assert.equal(await large.ended(), "Failed");
  const words = await large.card.innerText();
  assert.match(words, /Not enough space/);
  assert.match(words, /About \d+ MB of output are needed, and this window, which has no private file system, keeps at most 200 MiB in memory\./);
  assert.match(words, /use a regular \(non-private\) window, or turn on gzip or choose fewer fields\./i);
  assert.equal(await large.downloadButton.count(), 0);
});

test("an output in memory whose last byte cannot be read fails its job", async (t) => {
  const { context, form } = await openPage(t, { script: withoutPrivateFiles });
  await inWorkers(context, withoutLastBytes);
  await form.chooseSample();
  const job = await form.start();
  assert.equal(await job.ended(), "Failed");
  await job.card.getByText("the browser has not enough memory to keep them").waitFor();
});

/** Runs in a page or a worker. */
function withoutPrivateFiles() {
  delete StorageManager.prototype.getDirectory;
}

/** Runs in a worker: no private files, and not enough memory for a blob either. */
function withoutLastBytes() {
  delete StorageManager.prototype.getDirectory;
  const { slice } = Blob.prototype;
  Blob.prototype.slice = function (...range) {
    const part = slice.apply(this, range);
    const isOutput = !(this instanceof File);
    if (isOutput) part.arrayBuffer = () => Promise.reject(new DOMException("no", "NotReadableError"));
    return part;
  };
}

test("a real quota is noticed before the start, though the browser speaks of another", async (t) => {
  const { context, form, page } = await openPage(t);
  const setQuota = await quota(context, page);
  await setQuota(20 << 20);
  const note = page.getByText("The files total 213 MB, but the browser has less space than that for exports.");
  await form.choose(await users(170_000));
  await note.waitFor();
  const { quota: granted } = await page.evaluate(() => navigator.storage.estimate());
  assert.ok(granted > 10e9, "it speaks of 10 GiB");
  await page.getByRole("button", { name: "Remove file 170000.ndjson" }).click();
  await form.chooseSample();
  await note.waitFor({ state: "detached" });
  assert.deepEqual(await storedFiles(page), []);
});

test("asking for room takes none from a job that runs", async (t) => {
  const { context, form, page } = await openPage(t);
  const file = await users(170_000);
  await form.choose(file);
  const setQuota = await quota(context, page);
  await setQuota(100 << 20);
  await inWorkers(context, slowReads, { milliseconds: 100 });
  // Another tab asks again and again, with a browser that takes its time.
  const other = await context.newPage();
  await other.goto(new URL("room.js", page.url()).href);
  await other.evaluate(async () => {
    const { abort } = FileSystemWritableFileStream.prototype;
    FileSystemWritableFileStream.prototype.abort = async function () {
      await new Promise((resolve) => setTimeout(resolve, 500));
      return abort.call(this);
    };
    const { hasRoomFor } = await import("./room.js");
    window.heard = new Set();
    window.ask = (bytes) => hasRoomFor(bytes);
    window.asking = (async () => {
      while (!window.isEnough) {
        window.heard.add(await window.ask(90 << 20));
        await new Promise((resolve) => setTimeout(resolve));
      }
    })();
  });
  const job = await form.start();
  assert.equal(await job.ended(), "Completed");
  const heard = await other.evaluate(async () => {
    window.isEnough = true;
    await window.asking;
    return [...window.heard, await window.ask(10 << 20), await window.ask(200 << 20)];
  });
  // Before the job and behind it there is an answer.
  assert.equal(heard[0], true);
  assert.deepEqual(heard.slice(-2), [true, false]);
});

test("the storage in use is shown, and falls when it is cleared", async (t) => {
  const { form, page } = await openPage(t);
  await form.choose(await users(170_000));
  const job = await form.start();
  await job.ended();
  const used = () => page.evaluate(async () => (await navigator.storage.estimate()).usage);
  await until(async () => (await used()) > 20e6, "the file counts");
  await page.getByText(/^Storage used: \d+(\.\d+)? MB$/).waitFor();
  await page.getByRole("button", { name: "Clear all data" }).click();
  await page.getByRole("button", { name: "Delete everything" }).click();
  await until(async () => (await used()) < 1e6, "the storage is free");
});

async function quota(context, page) {
  const devtools = await context.newCDPSession(page);
  const { origin } = new URL(page.url());
  return (quotaSize) => devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize });
}
