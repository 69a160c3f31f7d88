// Entries that cannot be used are refused beside them, before anything is read.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hasFocus, openPage } from "./page.mjs";

test("entries that cannot be used are named beside them", async (t) => {
  const { form } = await openPage(t);
  await form.exportButton.click();
  assert.equal(await form.faultOf(form.files), "Choose a file with users first.");
  assert.ok(await hasFocus(form.files));
  await form.chooseSample();
  assert.equal(await form.faultOf(form.files), null);

  for (const name of ["no", "Acme", "a.b", "../etc", "a\u202eb", "x".repeat(64), "x".repeat(300)]) {
    await form.tenant.fill(name);
    const want = "A tenant name must be 3 to 63 characters: a-z, 0-9 and hyphen.";
    assert.equal(await form.faultOf(form.tenant), want);
  }
  for (const name of ["con", "nul", "com1"]) {
    await form.tenant.fill(name);
    assert.equal(await form.faultOf(form.tenant), "Windows reserves this name for a device.");
  }
  await form.tenant.fill("");
  assert.equal(await form.faultOf(form.tenant), "Enter a tenant name. The file is named after it.");
  await form.exportButton.click();
  assert.ok(await hasFocus(form.tenant));
  assert.equal(await form.jobs.count(), 0);
  await form.tenant.fill("acme");
  assert.equal(await form.faultOf(form.tenant), null);

  for (const [limit, want] of [
    ["0", "Enter 1 or more, or leave this empty for all users."],
    ["ten", "Enter a whole number, or leave this empty for all users."],
    ["1.5", "Enter a whole number, or leave this empty for all users."],
    ["1", null],
  ]) {
    await form.limit.fill(limit);
    assert.equal(await form.faultOf(form.limit), want);
  }

  await form.addField("app_metadata");
  assert.match(await form.faultOf(form.attribute(1)), /app_metadata/);
  await form.attribute(1).fill("x".repeat(101));
  assert.match(await form.faultOf(form.attribute(1)), /too long/);
  await form.attribute(1).fill("locale");
  await form.title(1).fill("Email");
  const twice = "Another field already has this name. Give this one a different field name.";
  assert.equal(await form.faultOf(form.title(1)), twice);
  await form.title(1).fill("");
  assert.equal(await form.faultOf(form.title(1)), null);
  const job = await form.start();
  assert.equal(await job.ended(), "Completed");
});

test("the 31st field of CSV is refused beside its row, and JSON takes it", async (t) => {
  const { form } = await openPage(t);
  await form.chooseSample();
  for (let number = 1; number <= 20; number += 1) await form.addField(`user_metadata.k${number}`);
  const text = "CSV allows at most 30 fields: remove some, or export JSON.";
  assert.equal(await form.faultOf(form.attribute(20)), text);
  assert.equal(await form.rows.getByText(text).count(), 1);
  await form.exportButton.click();
  assert.equal(await form.jobs.count(), 0);
  assert.ok(await hasFocus(form.attribute(20)));
  await form.chooseFormat("JSON");
  assert.equal(await form.faultOf(form.attribute(20)), null);
  const job = await form.start();
  assert.equal(await job.ended(), "Completed");
});
