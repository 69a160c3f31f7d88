// Provokes each fault of the storage by hand and keeps a picture of what the page says:
// node tests/browser/storage-faults.mjs <folder> [name of a fault]
//
// Takes the environment of the page tests; see tests/README.md.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { users } from "./command.mjs";
import { Form, Job } from "./form.mjs";
import { openPage, until } from "./page.mjs";
import { chooseInPlaceOfPerson, failWrites } from "./save.mjs";
import { inWorkers } from "./worker.mjs";

const [folder = "storage-faults", only] = process.argv.slice(2);
const large = await users(170_000);

const withoutFiles = () => delete StorageManager.prototype.getDirectory;
const withoutPicker = () => delete window.showSaveFilePicker;

/** What is done to the page, which is then drawn. */
const FAULTS = {
  async "quota-1-mib"(opened) {
    await setQuota(opened, 1 << 20);
    await run(opened);
  },
  async "quota-5-mib"(opened) {
    await setQuota(opened, 5 << 20);
    await run(opened);
  },
  async "quota-10-mib"(opened) {
    await setQuota(opened, 10 << 20);
    await run(opened);
  },
  "quota-10-mib-without-save-directly": {
    script: withoutPicker,
    async provoke(opened) {
      await setQuota(opened, 10 << 20);
      await run(opened);
    },
  },
  async "write-returns-0"(opened) {
    await inWorkers(opened.context, shortWrites, 0);
    await run(opened);
  },
  async "write-returns-half"(opened) {
    await inWorkers(opened.context, shortWrites, "half");
    await run(opened);
  },
  async "write-returns-4294967288"(opened) {
    await inWorkers(opened.context, shortWrites, 4_294_967_288);
    await run(opened);
  },
  "no-private-file-system": {
    script: withoutFiles,
    async provoke(opened) {
      await inWorkers(opened.context, withoutFiles);
      await opened.form.chooseSample();
      await (await opened.form.start()).ended();
    },
  },
  "no-private-file-system-and-too-much": {
    script: withoutFiles,
    async provoke(opened) {
      await inWorkers(opened.context, withoutFiles);
      const { form } = opened;
      await form.choose(large, await users(830_000));
      await form.defaultFields.uncheck();
      await form.chooseFormat("JSON");
      await (await form.start()).ended();
    },
  },
  async "file-deleted-by-the-browser"({ form, page }) {
    await form.chooseSample();
    const job = await form.start();
    await job.ended();
    await page.evaluate(deleteFiles);
    await job.downloadButton.click();
    await job.status("Failed: file deleted");
  },
  "database-missing": {
    script: () => Object.defineProperty(window, "indexedDB", { value: undefined }),
    async provoke({ form }) {
      await form.chooseSample();
      await (await form.start()).ended();
    },
  },
  "database-does-not-answer": {
    script: () => (IDBFactory.prototype.open = () => ({})),
    async provoke({ form, page }) {
      await page.getByText("keep its list").waitFor();
      await form.chooseSample();
    },
  },
  async "record-unreadable"({ form, page }) {
    await form.chooseSample();
    await (await form.start()).ended();
    const job = await form.start();
    await job.ended();
    await page.evaluate(cutRecord, job.id);
    await page.reload();
    await job.status("Failed: unreadable");
  },
  async "output-locked"(opened) {
    await inWorkers(opened.context, lockOutputs);
    await run(opened);
  },
  async "finished-file-locked"({ form, page }) {
    await form.chooseSample();
    const job = await form.start();
    await job.ended();
    await page.evaluate(openFiles);
    await job.removeButton.click();
    await form.hasNoJobs();
  },
  "files-larger-than-the-room": {
    script: `(${chooseInPlaceOfPerson})(); StorageManager.prototype.estimate = async () => ({ quota: 60e6, usage: 10e6 });`,
    async provoke({ form, page }) {
      await form.choose(large);
      await page.getByText("The files total").waitFor();
    },
  },
  "save-directly": {
    script: chooseInPlaceOfPerson,
    async provoke(opened) {
      await opened.form.choose(large);
      await saveDirectly(opened);
    },
  },
  "save-directly-onto-a-full-drive": savingThatFails("QuotaExceededError"),
  "save-directly-without-permission": savingThatFails("NotAllowedError"),
  "save-directly-without-a-choice": {
    script: `(${chooseInPlaceOfPerson})(); window.refusal = new DOMException("no", "AbortError");`,
    async provoke({ form, page }) {
      await form.chooseSample();
      await page.getByRole("button", { name: "Save directly" }).click();
      await page.locator(".submit").getByText("No location chosen").waitFor();
    },
  },
  async "tab-that-ran-the-job-is-closed"({ context, form, page }) {
    const other = await context.newPage();
    await other.goto(page.url());
    const otherForm = new Form(other);
    await otherForm.choose(large);
    await otherForm.exportButton.click();
    await form.jobs.first().waitFor();
    const job = new Job(other, (await form.newestJob()).id);
    await until(async () => (await job.percentage()) >= 20, "the job runs");
    await page.close();
    await job.card.getByText("so it runs again").waitFor();
    await until(async () => (await job.percentage()) >= 10, "the job runs again");
    return other;
  },
};

await mkdir(folder, { recursive: true });
for (const [name, fault] of Object.entries(FAULTS)) {
  if (only !== undefined && name !== only) continue;
  const { script, provoke } = typeof fault === "function" ? { provoke: fault } : fault;
  const cleaners = [];
  try {
    // Whatever the page says to the console is not looked at.
    const opened = await openPage({ after: (clean) => cleaners.push(clean) }, { script, complaints: [/./] });
    const page = (await provoke(opened)) ?? opened.page;
    const path = join(folder, `${name}.png`);
    // From the buttons of the form to the last job.
    const [submit, footer] = [page.locator(".submit"), page.locator("footer.page-footer")];
    const [{ y: top }, { y: bottom }] = [await submit.boundingBox(), await footer.boundingBox()];
    const scrolled = await page.evaluate(() => window.scrollY);
    const clip = { x: 240, y: top + scrolled - 20, width: 800, height: bottom - top + 20 };
    await page.screenshot({ path, fullPage: true, clip });
    console.log(path);
  } catch (error) {
    process.exitCode = 1;
    console.error(`${name}: ${error.message}`);
  } finally {
    for (const clean of cleaners) await clean();
  }
}

async function run({ form }) {
  await form.choose(large);
  await (await form.start()).ended();
}

/** Saving directly, where each write from the third on ends with this error. */
function savingThatFails(name) {
  return {
    script: chooseInPlaceOfPerson,
    async provoke(opened) {
      await inWorkers(opened.context, failWrites, { name, from: 3 });
      await opened.form.choose(large);
      await saveDirectly(opened);
    },
  };
}

async function saveDirectly({ form, page }) {
  await page.getByRole("button", { name: "Save directly" }).click();
  await form.jobs.first().waitFor();
  await (await form.newestJob()).ended();
}

async function setQuota({ context, page }, quotaSize) {
  const devtools = await context.newCDPSession(page);
  await devtools.send("Storage.overrideQuotaForOrigin", { origin: new URL(page.url()).origin, quotaSize });
}

/** Runs in a worker: from the third write on the browser says that it wrote so much. */
function shortWrites(much) {
  const { write } = FileSystemSyncAccessHandle.prototype;
  let writes = 0;
  FileSystemSyncAccessHandle.prototype.write = function (bytes, ...more) {
    writes += 1;
    if (writes < 3) return write.call(this, bytes, ...more);
    return much === "half" ? bytes.byteLength / 2 : much;
  };
}

/** Runs in a worker: somebody else has each output open. */
function lockOutputs() {
  const open = FileSystemFileHandle.prototype.createSyncAccessHandle;
  FileSystemFileHandle.prototype.createSyncAccessHandle = async function () {
    await open.call(this);
    return open.call(this);
  };
}

/** Runs in the page: as a browser does that runs short of space. */
async function deleteFiles() {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry("exports", { recursive: true });
}

/** Runs in the page: somebody else writes to the finished files. */
async function openFiles() {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle("exports");
  window.streams = [];
  for await (const file of folder.values()) window.streams.push(await file.createWritable());
}

/** Runs in the page: a record is cut. */
async function cutRecord(job) {
  const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const database = await done(indexedDB.open("rollcall"));
  const jobs = database.transaction("jobs", "readwrite").objectStore("jobs");
  await done(jobs.put((await done(jobs.get(job))).slice(0, 100), job));
  database.close();
}
