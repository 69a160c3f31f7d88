// What the browser keeps may be damaged, foreign, locked or gone: the page says so, and goes on.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { exported } from "./command.mjs";
import { openPage, storedFiles, until } from "./page.mjs";

const sample = join(process.env.ROLLCALL_DIST, "sample.ndjson.gz");

async function withTwoJobs(t, options) {
  const opened = await openPage(t, options);
  await opened.form.chooseSample();
  const jobs = [await opened.form.start()];
  await jobs[0].ended();
  jobs.push(await opened.form.start());
  await jobs[1].ended();
  return { ...opened, jobs };
}

for (const [what, damage] of [
  ["is cut", (record) => record.slice(0, 100)],
  ["was written by another version", (record) => ({ ...JSON.parse(record), status: { kind: "archived" } })],
  ["is empty", () => ""],
]) {
  test(`a record that ${what} is shown beside the others, and deleted with its file`, async (t) => {
    const { form, jobs, page } = await withTwoJobs(t);
    const [good, bad] = jobs;
    const [record] = await records(page, "get", bad.id);
    await records(page, "put", damage(record), bad.id);
    await page.reload();
    await bad.status("Failed: unreadable");
    await bad.card.getByText("The stored data of this export is unreadable").waitFor();
    assert.equal(await bad.card.getByRole("button", { name: /^Run again/ }).count(), 0);
    const want = await exported([sample], "--default-fields");
    assert.deepEqual(await (await good.download()).bytes(), want);
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(violations, []);

    assert.equal((await storedFiles(page)).length, 2);
    await bad.removeButton.click();
    await until(async () => (await storedFiles(page)).length === 1, "one file");
    await page.reload();
    await good.status("Completed");
    assert.equal(await form.jobs.count(), 1);
  });
}

test("a record of something else is passed over", async (t) => {
  const { form, jobs, page } = await withTwoJobs(t);
  await records(page, "put", "{}", "settings");
  await page.reload();
  await jobs[0].status("Completed");
  assert.equal(await form.jobs.count(), 2);
});

test("a file that the browser has deleted is told of when it is asked for", async (t) => {
  const { form, jobs, page } = await withTwoJobs(t);
  await deleteFile(page, jobs[0].id);
  await jobs[0].downloadButton.click();
  await jobs[0].status("Failed: file deleted");
  await jobs[0].card.getByText("The browser deleted the file").waitFor();
  await until(async () => (await form.liveRegion.innerText()) === "The file of my-tenant.csv is gone.", "it is said");
  assert.equal(await jobs[0].card.getByText("does not exist").count(), 0);
  assert.equal(await jobs[0].downloadButton.count(), 0);
  await jobs[1].status("Completed");
  await page.reload();
  await jobs[0].status("Failed: file deleted");
});

test("a file that the browser has deleted is told of after a reload", async (t) => {
  const { form, jobs, page } = await withTwoJobs(t);
  await deleteFile(page, jobs[0].id);
  await page.reload();
  await jobs[0].status("Failed: file deleted");
  await jobs[1].status("Completed");
  await form.chooseSample();
  await jobs[0].card.getByRole("button", { name: /^Run again/ }).click();
  await form.jobs.nth(2).waitFor();
  assert.equal(await (await form.newestJob()).ended(), "Completed");
});

test("a file that is in use when its job is deleted goes once it is free", async (t) => {
  const { jobs, page } = await withTwoJobs(t);
  await page.evaluate(async (job) => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("exports");
    for await (const file of folder.values()) if (file.name.startsWith(job)) window.stream = await file.createWritable();
  }, jobs[0].id);
  await jobs[0].removeButton.click();
  await until(async () => (await jobs[0].card.count()) === 0, "the job is gone");
  const ofJob = async () => (await storedFiles(page)).filter((name) => name.startsWith(jobs[0].id));
  assert.ok((await ofJob()).length > 0);
  await page.evaluate(() => window.stream.abort());
  await until(async () => (await ofJob()).length === 0, "the file is gone");
});

for (const [what, script] of [
  ["is missing", () => Object.defineProperty(window, "indexedDB", { value: undefined })],
  ["does not answer", () => (IDBFactory.prototype.open = () => ({}))],
  [
    "refuses",
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("no", "SecurityError");
      };
    },
  ],
]) {
  test(`where the database ${what}, the page says that it keeps no list`, async (t) => {
    const { form, page } = await openPage(t, { script });
    await page.getByText("This browser does not let the page store its list").waitFor();
    await form.chooseSample();
    const job = await form.start();
    assert.equal(await job.ended(), "Completed");
    assert.deepEqual(await (await job.download()).bytes(), await exported([sample], "--default-fields"));
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(violations, []);
    await page.reload();
    await form.chooseSample();
    assert.equal(await form.jobs.count(), 0);
  });
}

test("a record whose transaction is not committed is told of as one that is not kept", async (t) => {
  const script = () => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...values) {
      const request = put.apply(this, values);
      // As a disk that fills up, or fails, when what was put is to be written.
      request.addEventListener("success", () => this.transaction.abort());
      return request;
    };
  };
  const { form, page } = await openPage(t, { script });
  await form.chooseSample();
  const job = await form.start();
  assert.equal(await job.ended(), "Completed");
  await page.getByText("This browser does not let the page store its list").waitFor();
  assert.deepEqual(await records(page, "getAllKeys"), [[]]);
});

test("a database that answers too late stands in nobody's way", async (t) => {
  const { context, page } = await openPage(t);
  // Makes the database, and lets nobody else in before it is told to.
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        indexedDB.deleteDatabase("rollcall").onsuccess = () => {
          const request = indexedDB.open("rollcall", 1);
          window.opened = new Promise((done) => {
            request.onsuccess = () => done(request.result.close());
          });
          request.onupgradeneeded = () => {
            const store = request.result.createObjectStore("jobs");
            const hold = () => {
              if (!window.isLet) store.get("").onsuccess = hold;
            };
            hold();
            resolve();
          };
        };
      }),
  );
  const next = await context.newPage();
  await next.goto(page.url());
  await next.getByText("This browser does not let the page store its list").waitFor();
  const isDeleted = await page.evaluate(async () => {
    window.isLet = true;
    await window.opened;
    // The next tab's connection stands in the queue before this.
    const request = indexedDB.deleteDatabase("rollcall");
    return new Promise((resolve) => {
      request.onsuccess = () => resolve(true);
      request.onblocked = () => resolve(false);
    });
  });
  assert.ok(isDeleted);
});

test("where the database is deleted meanwhile, the list goes on in a new one", async (t) => {
  const { form, page } = await withTwoJobs(t);
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase("rollcall");
        request.onsuccess = resolve;
        request.onblocked = reject;
      }),
  );
  const third = await form.start();
  assert.equal(await third.ended(), "Completed");
  assert.equal(await form.jobs.count(), 3);
  await page.reload();
  await third.status("Completed");
  assert.deepEqual(await records(page, "getAllKeys"), [[third.id]]);
});

test("a database of a later version is left alone", async (t) => {
  const { context, page } = await openPage(t);
  await page.evaluate(async () => {
    await new Promise((resolve) => (indexedDB.deleteDatabase("rollcall").onsuccess = resolve));
    const request = indexedDB.open("rollcall", 2);
    await new Promise((resolve) => (request.onsuccess = resolve));
    request.result.close();
  });
  const next = await context.newPage();
  await next.goto(page.url());
  await next.getByText("This browser does not let the page store its list").waitFor();
});

/** Calls a method of the store of records, and closes the database again. */
function records(page, method, ...values) {
  return page.evaluate(
    async ([method, values]) => {
      const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const database = await done(indexedDB.open("rollcall"));
      const result = await done(database.transaction("jobs", "readwrite").objectStore("jobs")[method](...values));
      database.close();
      return [result];
    },
    [method, values],
  );
}

/** As a browser does that runs short of space. */
function deleteFile(page, job) {
  return page.evaluate(async (job) => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("exports");
    for await (const name of folder.keys()) if (name.startsWith(job)) await folder.removeEntry(name);
  }, job);
}
