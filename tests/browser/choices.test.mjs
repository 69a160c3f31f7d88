// Every choice of the form does what the same choice does on the command line.

import assert from "node:assert/strict";
import { createReadStream, createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { test } from "node:test";
import { createGzip, gunzipSync, gzipSync } from "node:zlib";
import { exported, users } from "./command.mjs";
import { openPage, temporaryFolder } from "./page.mjs";

const sample = join(process.env.ROLLCALL_DIST, "sample.ndjson.gz");
const lines = (bytes) => bytes.toString().split("\n").length - 1;

test("a sample is ten users, a limit as many as it says", async (t) => {
  const { form } = await openPage(t);
  await form.chooseSample();
  await form.limit.fill("3");
  assert.deepEqual(
    await form.export(),
    await exported([sample], "--default-fields", "--limit", "3"),
  );
  await form.sample.check();
  assert.equal(await form.limit.isDisabled(), true);
  const ten = await form.export();
  assert.deepEqual(ten, await exported([sample], "--default-fields", "--limit", "10"));
  assert.equal(ten.toString().match(/^"'/gm).length, 10);
});

test("a connection exports as many users as it counts", async (t) => {
  const { form } = await openPage(t);
  await form.chooseSample();
  await form.chooseFormat("JSON");
  const options = await form.connection.getByRole("option").allInnerTexts();
  assert.equal(options[0], "All");
  assert.ok(options.length > 2, `${options}`);
  for (const option of options.slice(1, 3)) {
    const [, name, count] = /^(.+) \(([\d,]+) users?\)$/.exec(option);
    await form.connection.selectOption(option);
    const bytes = await form.export();
    assert.equal(lines(bytes), Number(count.replaceAll(",", "")), option);
    const want = await exported(
      [sample],
      "--default-fields",
      "--format",
      "json",
      "--connection",
      name,
    );
    assert.deepEqual(bytes, want);
  }
});

test("with the first identity only, linked ones make nobody belong to a connection", async (t) => {
  const path = join(await temporaryFolder(t), "users.ndjson");
  const user = (id, ...connections) =>
    JSON.stringify({ user_id: id, identities: connections.map((connection) => ({ connection })) });
  await writeFile(path, [user("1", "acme"), user("2", "other", "acme"), user("3", "acme", "other")].join("\n"));
  const { form } = await openPage(t);
  await form.choose(path);
  assert.equal(await form.primaryOnly.count(), 0);
  await form.connection.selectOption("acme (3 users)");
  const options = [[path], "--default-fields", "--connection", "acme"];
  const all = await form.export();
  assert.deepEqual(all, await exported(...options));
  await form.primaryOnly.check();
  const some = await form.export();
  assert.deepEqual(some, await exported(...options, "--primary-only"));
  assert.deepEqual([lines(all), lines(some)], [4, 3]);
  await form.connection.selectOption("All");
  await form.primaryOnly.waitFor({ state: "detached" });
});

test("several files of several kinds are one input in their order", async (t) => {
  const folder = await temporaryFolder(t);
  const user = (id) => ({ user_id: id, email: `${id}@example.com`, identities: [] });
  const [plain, array, page] = ["b.ndjson", "a.json", "page.json"].map((name) =>
    join(folder, name),
  );
  // The names lie: content decides.
  const packed = join(folder, "c.ndjson");
  await writeFile(plain, `${JSON.stringify(user("1"))}\r\n\r\n${JSON.stringify(user("2"))}`);
  await writeFile(array, `\ufeff${JSON.stringify([user("3"), user("4")], null, 2)}`);
  const members = [gzipSync(`${JSON.stringify(user("5"))}\n`), gzipSync(JSON.stringify(user("6")))];
  await writeFile(packed, Buffer.concat(members));
  await writeFile(page, JSON.stringify({ users: [user("7")], start: 0, total: 1 }));
  const files = [plain, array, packed, page];
  const { form } = await openPage(t);
  await form.choose(...files);
  assert.equal(await form.fact("Users").innerText(), "7");
  await form.chooseFormat("JSON");
  await form.defaultFields.uncheck();
  await form.addField("user_id", "id");
  const all = await form.export();
  assert.equal(all.toString().replaceAll(/\D/g, ""), "1234567");
  assert.deepEqual(all, await exported(files, "--format", "json", "--field", "user_id=id"));

  await form.page.getByRole("button", { name: "Remove file a.json" }).click();
  const rest = await form.export();
  assert.equal(rest.toString().replaceAll(/\D/g, ""), "12567");
});

test("a compressed file of many slices gives what the plain one gives", async (t) => {
  const folder = await temporaryFolder(t);
  const plain = await users(20_000);
  const packed = join(folder, "users.json.gz");
  await pipeline(createReadStream(plain), createGzip({ level: 0 }), createWriteStream(packed));
  const { form } = await openPage(t);
  await form.choose(packed);
  assert.deepEqual(await form.export(), await exported([plain], "--default-fields"));
});

test("a compressed export has its name and its content", async (t) => {
  const { form } = await openPage(t);
  await form.chooseSample();
  await form.gzip.check();
  for (const [format, name] of [
    ["CSV", "acme-7.csv.gz"],
    ["JSON", "acme-7.json.gz"],
  ]) {
    await form.tenant.fill("acme-7");
    await form.chooseFormat(format);
    await form.page.getByText(`The file will be ${name}`).waitFor();
    const job = await form.start();
    await job.ended();
    const saved = await job.download();
    assert.equal(saved.name, name);
    const options = ["--default-fields", "--format", format.toLowerCase()];
    assert.deepEqual(gunzipSync(await saved.bytes()), await exported([sample], ...options));
  }
});

test("every CSV profile is the command line's", async (t) => {
  const { form } = await openPage(t);
  await form.chooseSample();
  for (const profile of ["auth0", "owasp-minimal", "excel", "plain"]) {
    await form.csvProfile.selectOption(profile);
    const want = await exported([sample], "--default-fields", "--csv-profile", profile);
    assert.deepEqual(await form.export(), want, profile);
  }
  await form.page.getByText("No guard against formulas").waitFor();
});

test("fields are added, named, moved and removed", async (t) => {
  const { form, page } = await openPage(t);
  await form.chooseSample();
  const count = page.getByText(/^\d+ of 30/);
  await count.filter({ hasText: "11 of 30" }).waitFor();
  await form.addField("user_metadata", "Whole");
  await form.addField("identities[0].connection", "From");
  await form.addField("email");
  await form.addField("user_id", "Id 2");
  await count.filter({ hasText: "15 of 30" }).waitFor();
  await form.defaultFields.uncheck();
  await page.getByRole("button", { name: "Move up field 4, user_id" }).click();
  await page.getByRole("button", { name: "Move up field 3, user_id" }).click();
  await page.getByRole("button", { name: "Move down field 1, user_metadata" }).click();
  await page.getByRole("button", { name: "Remove field 2, user_metadata" }).click();
  await count.filter({ hasText: "3 of 30" }).waitFor();
  await form.title(3).fill("E-mail, private");
  const fields = ["user_id=Id 2", "identities[0].connection=From", "email=E-mail, private"];
  const options = fields.flatMap((field) => ["--field", field]);
  assert.deepEqual(await form.export(), await exported([sample], ...options));

  // Without any field, the file gets the usual ones.
  for (let row = 0; row < 3; row += 1) {
    await page.getByRole("button", { name: "Remove field 1," }).click();
  }
  assert.deepEqual(await form.export(), await exported([sample]));
  await form.chooseFormat("JSON");
  assert.deepEqual(await form.export(), await exported([sample], "--format", "json"));
});

test("attributes are suggested: the known ones and those of the files", async (t) => {
  const folder = await temporaryFolder(t);
  const file = join(folder, "users.json");
  const odd = "https://acme.example/role";
  await writeFile(file, JSON.stringify({ user_id: "1", user_metadata: { plan: "x" }, [odd]: 1 }));
  const { form, page } = await openPage(t);
  await form.addButton.click();
  const list = await form.attribute(1).getAttribute("list");
  const suggested = () =>
    page.locator(`datalist#${list} option`).evaluateAll((options) => options.map((o) => o.value));
  const known = await suggested();
  assert.ok(known.includes("email") && known.includes("last_login"), `${known}`);
  assert.ok(!known.includes("user_metadata"), "CSV takes no whole metadata");
  await form.choose(file);
  const found = await suggested();
  assert.ok(found.includes("user_metadata.plan"), `${found}`);
  const ofOdd = found.find((path) => path.includes("acme.example"));
  await form.attribute(1).fill(ofOdd);
  await form.title(1).fill("Role");
  await form.defaultFields.uncheck();
  assert.equal((await form.export()).toString(), "Role\n1\n");
});
