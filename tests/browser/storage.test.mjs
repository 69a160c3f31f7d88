// Storage that is small, full or missing: the page says so, and goes on.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { exported, users } from "./command.mjs";
import { openPage, storedFiles, until } from "./page.mjs";
import { inWorkers } from "./worker.mjs";

const sample = join(process.env.ROLLCALL_DIST, "sample.ndjson.gz");

for (const mebibytes of [1, 5, 10]) {
  test(`a quota of ${mebibytes} MiB fails a large job with what is needed and what is there`, async (t) => {
    const { context, form, page } = await openPage(t);
    const setQuota = await quota(context, page);
    await setQuota(mebibytes << 20);
    await form.choose(await users(170_000));
    const job = await form.start();
    assert.equal(await job.ended(), "Failed");
    await job.card.getByText("There is not enough room").waitFor();
    const [needed, there] = (await job.card.innerText())
      .match(/The storage is full: about ([\d.]+) MB of output are needed, and there is room for ([\d.]+) MB\./)
      .slice(1)
      .map(Number);
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
  const note = page.getByText("The files have 213 MB, and the browser has only 50.0 MB left for exports.", { exact: false });
  await form.chooseSample();
  await page.getByText("Storage used: 10.0 MB").or(form.exportButton).first().waitFor();
  assert.equal(await note.count(), 0);
  await form.choose(await users(170_000));
  await note.waitFor();
});

test("without a private file system exports stay in memory, and the page says so first", async (t) => {
  const script = () => delete StorageManager.prototype.getDirectory;
  const { context, form, page } = await openPage(t, { script });
  // Workers have a storage of their own, and no init script.
  await inWorkers(context, script);
  await page.getByText("This window keeps nothing: exports are gone after a reload, and each may have at most 200 MiB.").waitFor();
  await form.chooseSample();
  const job = await form.start();
  assert.equal(await job.ended(), "Completed");
  assert.deepEqual(await (await job.download()).bytes(), await exported([sample], "--default-fields"));
  await page.reload();
  await form.exportButton.waitFor();
  await form.chooseSample();
  assert.equal(await form.jobs.count(), 0);
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
