// Texts of strangers stay texts, wherever the page shows them.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { runInNewContext } from "node:vm";
import { exported } from "./command.mjs";
import { assertReadable, assertUntouched, foreignNodes } from "./markup.mjs";
import { openPage, temporaryFolder } from "./page.mjs";

const PAYLOADS = [
  '<img src=x onerror="window.hacked=1;alert(1)">',
  "<script>window.hacked=1;alert(1)</script>",
  "<svg onload=alert(1)><iframe srcdoc='<script>parent.hacked=1</script>'>",
  "\"' autofocus onfocus=alert(1) x='",
  "javascript:alert(1)//{{7*7}}${7*7}",
  "\u202egnp.exe\u2066\u0000\u0007\u001b[31m",
];

test("hostile values, keys, names and titles do nothing", async (t) => {
  const folder = await temporaryFolder(t);
  const users = PAYLOADS.map((payload, index) => ({
    user_id: payload,
    email: payload,
    name: `=cmd|'/c calc'!A${index}`,
    identities: [{ connection: payload }],
    [payload]: payload,
    user_metadata: { [payload]: payload },
  }));
  const polluting =
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"user_id":"p"}';
  const broken = PAYLOADS.map((payload) => `{"user_id":"1"} ${payload}`);
  // A file's name takes no slash.
  const file = join(folder, `${PAYLOADS[0]} \u202etxt.exe.json`);
  const lines = [...users.map((user) => JSON.stringify(user)), polluting, ...broken];
  await writeFile(file, `${lines.join("\n")}\n`);

  const { form, page } = await openPage(t);
  const before = await foreignNodes(page);
  await form.choose(file);
  await form.chosenFiles.filter({ hasText: "onerror" }).waitFor();
  const options = await form.connection.getByRole("option").allTextContents();
  assert.ok(
    options.some((option) => option.includes("<img src=x")),
    `${options}`,
  );
  // What could turn the direction of the text around it is not let through.
  assert.ok(
    options.every((option) => !/[\u202a-\u202e]/.test(option)),
    `${options}`,
  );
  await form.connection.selectOption({ index: 1 });
  await form.connection.selectOption({ index: 0 });

  const fields = PAYLOADS.slice(0, 4).map((payload) => ({
    name: `user_metadata[${JSON.stringify(payload)}]`,
    export_as: payload,
  }));
  await form.defaultFields.uncheck();
  for (const { name, export_as } of fields) await form.addField(name, export_as);
  await form.tenant.fill(PAYLOADS[0]);
  assert.notEqual(await form.faultOf(form.tenant), null);
  await form.exportButton.click();
  await form.tenant.fill("acme");

  const job = await form.start();
  assert.equal(await job.ended(), "Completed");
  await job.moreInfo.click();
  await job.leftOut.nth(PAYLOADS.length).waitFor();
  const request = join(folder, "request.json");
  await writeFile(request, JSON.stringify({ fields }));
  const saved = await job.download();
  assert.deepEqual(await saved.bytes(), await exported([file], "--request", request));

  await form.strict.check();
  const strict = await form.start();
  assert.equal(await strict.ended(), "Failed");

  assert.deepEqual(await foreignNodes(page), before);
  await assertUntouched(page);
  await assertReadable(page);
});

const data = async (file) => JSON.parse(await readFile(new URL(`../data/${file}`, import.meta.url), "utf8"));
const payloads = (await data("csv-injection/payloads.json")).map(({ payload }) => payload);
const NAUGHTY = [
  ...new Set([...payloads, ...(await data("csv-injection/triggers.json")), ...(await data("blns/blns.json"))]),
];

test("naughty strings as values, keys, connections and broken records are texts", async (t) => {
  const folder = await temporaryFolder(t);
  const users = NAUGHTY.map((text) => ({
    user_id: text,
    email: text,
    identities: [{ connection: text }],
    [text]: text,
    user_metadata: { [text]: text },
  }));
  const broken = NAUGHTY.map((text) => `{"user_id":"1"} ${text.replaceAll(/[\r\n]/g, " ")}`);
  const file = join(folder, "\u05d0\u202e<b>&amp;'\u0007.json");
  const lines = [...users.map((user) => JSON.stringify(user)), ...broken];
  await writeFile(file, `${lines.join("\n")}\n`);
  const { form, page } = await openPage(t);
  const before = await foreignNodes(page);
  const options = form.connection.getByRole("option");
  // No more than are listed.
  const half = join(folder, "half.json");
  for (let start = 0; start < NAUGHTY.length; start += 190) {
    const some = lines.slice(start, Math.min(start + 190, NAUGHTY.length));
    await writeFile(half, `${some.join("\n")}\n`);
    await form.choose(half);
    // One for each name, and All.
    assert.equal(await options.count(), some.length + 1);
    await assertReadable(page);
    await page.getByRole("button", { name: /^Remove file/ }).click();
  }
  await form.choose(file);
  assert.equal(await form.fact("Connections").innerText(), `${NAUGHTY.length}`);
  assert.equal(await options.count(), 202);
  await form.connection.selectOption("Another one…");
  // An entry has one line.
  for (const hostile of [/^[^\n]*<script>[^\n]*$/, /^[^\n]*[\u200b-\u206f][^\n]*$/]) {
    const text = NAUGHTY.find((text) => hostile.test(text));
    await form.connectionName.fill(text);
    const job = await form.start();
    assert.equal(await job.ended(), "Completed");
    assert.equal(await job.figure("Users exported"), "1");
    await assertReadable(page);
  }
  await form.connection.selectOption({ index: 7 });
  const some = await form.start();
  assert.equal(await some.ended(), "Completed");
  await form.connection.selectOption({ index: 0 });
  const job = await form.start();
  assert.equal(await job.ended(), "Completed");
  await job.moreInfo.click();
  await job.leftOut.nth(200).waitFor();
  assert.deepEqual(await (await job.download()).bytes(), await exported([file], "--default-fields"));
  assert.deepEqual(await foreignNodes(page), before);
  await assertUntouched(page);
  await assertReadable(page);
});

test("naughty strings as names, titles and keys of a pasted body are texts, in a shell and in code too", async (t) => {
  const folder = await temporaryFolder(t);
  const name = (text) => `user_metadata[${JSON.stringify(text)}]`;
  const titles = NAUGHTY.filter((text) => text !== "" && [...name(text)].length <= 100);
  const fields = titles.map((text) => ({ name: name(text), export_as: text }));
  const request = { format: "json", fields };
  const { form, page } = await openPage(t);
  const before = await foreignNodes(page);
  await page.getByRole("heading", { name: "API" }).click();
  const pasted = page.getByLabel("Paste a JSON body");
  const fill = page.getByRole("button", { name: "Fill in the form" });
  await pasted.fill(JSON.stringify(request));
  await fill.click();
  await form.rows.nth(titles.length - 1).waitFor();
  await assertReadable(page);

  const shown = (name) => page.getByRole("region", { name }).evaluate((region) => region.textContent);
  assert.deepEqual(JSON.parse(await shown("JSON body")), request);
  const shell = `curl() { printf '%s\\0' "$@"; }\n${await shown("curl")}`;
  const { stdout } = await promisify(execFile)("bash", ["-c", shell], { maxBuffer: 1 << 24 });
  assert.deepEqual(JSON.parse(stdout.split("\0").at(-2)), request);
  const [, argument] = /usersExports\.create\(([^]*)\);\n$/.exec(await shown("SDK"));
  assert.deepEqual(JSON.parse(JSON.stringify(runInNewContext(`(${argument})`))), request);

  const users = join(folder, "users.ndjson");
  const body = join(folder, "request.json");
  await writeFile(users, titles.map((text) => `${JSON.stringify({ user_metadata: { [text]: text } })}\n`).join(""));
  await writeFile(body, JSON.stringify(request));
  await form.choose(users);
  assert.deepEqual(await form.export(), await exported([users], "--request", body));

  // In a refusal, and where it is said aloud.
  await pasted.fill(JSON.stringify(Object.fromEntries(titles.map((key) => [key, 1]))));
  await fill.click();
  assert.match(await form.faultOf(pasted), /Additional properties not allowed.*<svg><script>/);
  assert.deepEqual(await foreignNodes(page), before);
  await assertUntouched(page);
  await assertReadable(page);
});
