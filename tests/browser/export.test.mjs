// The main job: users in, the same file as from the command line out.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { exported } from "./command.mjs";
import { openPage, storedFiles, until } from "./page.mjs";

const sample = join(process.env.ROLLCALL_DIST, "sample.ndjson.gz");

test("the sample becomes the file that the command line makes of it", async (t) => {
  const { form } = await openPage(t);
  await form.chooseSample();
  assert.equal(await form.fact("Users").innerText(), "1,000");
  for (const [format, name] of [
    ["CSV", "my-tenant.csv"],
    ["JSON", "my-tenant.json"],
  ]) {
    await form.chooseFormat(format);
    const job = await form.start();
    assert.equal(await job.ended(), "Completed");
    assert.equal(await job.figure("Users exported"), "1,000");
    const saved = await job.download();
    assert.equal(saved.name, name);
    const options = ["--default-fields", "--format", format.toLowerCase()];
    assert.deepEqual(await saved.bytes(), await exported([sample], ...options));
  }
});

test("a job that was removed takes its file along", async (t) => {
  const { form, page } = await openPage(t);
  await form.chooseSample();
  const first = await form.start();
  await first.ended();
  const second = await form.start();
  await second.ended();
  await until(async () => (await storedFiles(page)).length === 2, "two files");
  await first.removeButton.click();
  await until(async () => (await storedFiles(page)).length === 1, "one file");
  assert.equal((await (await second.download()).bytes()).length > 0, true);
  await second.removeButton.click();
  await until(async () => (await storedFiles(page)).length === 0, "no file");
  await form.hasNoJobs();
});
