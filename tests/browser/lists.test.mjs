// Files that hold their users in a list: the page finds it, shows where, and lets the person choose.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { exported } from "./command.mjs";
import { openPage, temporaryFolder } from "./page.mjs";

const people = (...names) => names.map((name) => ({ id: name, email: `${name}@example.com` }));

async function fileOf(t, value, name = "users.json") {
  const file = join(await temporaryFolder(t), name);
  await writeFile(file, typeof value === "string" ? value : JSON.stringify(value, null, 2));
  return file;
}

test("the users of a realm are found behind other lists", async (t) => {
  const realm = { realm: "acme", roles: [{ name: "admin" }, { name: "x" }], users: people("ann", "bob", "cy") };
  const file = await fileOf(t, realm);
  const { form } = await openPage(t);
  await form.choose(file);
  assert.equal(await form.fact("Users").innerText(), "3");
  assert.equal(await form.fact("Layout").innerText(), "JSON list");
  assert.equal(await form.fact("Found in").innerText(), "users");
  const lists = await form.listOfUsers.getByRole("option").allTextContents();
  assert.deepEqual(lists, ["Found: users", "roles (2)", "users"]);

  await form.listOfUsers.selectOption("roles");
  await form.lookedInto();
  assert.equal(await form.fact("Users").innerText(), "2");
  await form.listOfUsers.selectOption({ label: "Find them" });
  await form.lookedInto();
  assert.equal(await form.fact("Users").innerText(), "3");
});

test("of several lists the likely one is read, and another one may be chosen", async (t) => {
  const file = await fileOf(t, { members: people("ann"), items: people("x", "y") });
  const { form } = await openPage(t);
  await form.choose(file);
  await form.listOfUsers.waitFor();
  await form.lookedInto();
  assert.equal(await form.listOfUsers.inputValue(), "members");
  assert.equal(await form.fact("Users").innerText(), "1");
  await form.listOfUsers.selectOption("items");
  await form.lookedInto();
  assert.equal(await form.fact("Users").innerText(), "2");
  assert.deepEqual(await form.export(), await exported([file], "--default-fields", "--users-at", "items"));
});

test("users that stand deep in one object are read", async (t) => {
  const file = await fileOf(t, { response: { page: 1, people: people("ann", "bob") } });
  const { form } = await openPage(t);
  await form.choose(file);
  await form.listOfUsers.waitFor();
  await form.lookedInto();
  assert.equal(await form.listOfUsers.inputValue(), "response.people");
  assert.equal(await form.fact("Users").innerText(), "2");
});

test("a choice is forgotten with the file", async (t) => {
  const { form } = await openPage(t);
  await form.choose(await fileOf(t, { members: people("ann"), items: people("x") }));
  await form.listOfUsers.waitFor();
  await form.lookedInto();
  await form.users.getByRole("button", { name: /^Remove file/ }).click();
  await form.choose(await fileOf(t, people("ann", "bob")));
  assert.equal(await form.fact("Users").innerText(), "2");
  assert.equal(await form.listOfUsers.count(), 0);
});
