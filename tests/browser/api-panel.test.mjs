// The form as an API call, and a JSON body as the form.

import assert from "node:assert/strict";
import { test } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { openPage } from "./page.mjs";

test("the request is shown and copied as JSON, as a call of curl and as SDK code", async (t) => {
  const { context, form, page } = await openPage(t);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("heading", { name: "API" }).click();
  await form.defaultFields.uncheck();
  await form.addField("email");
  await form.addField("user_metadata.plan", "Plan");
  await form.limit.fill("5");
  const request = {
    format: "csv",
    limit: 5,
    fields: [{ name: "email" }, { name: "user_metadata.plan", export_as: "Plan" }],
  };
  assert.deepEqual(JSON.parse(await page.getByRole("region", { name: "JSON body" }).innerText()), request);
  for (const [button, check] of [
    ["Copy JSON", (text) => assert.deepEqual(JSON.parse(text), request)],
    ["Copy as API call", (text) => assert.match(text, /^curl -X POST 'https:.*\/api\/v2\/jobs\/users-exports'/)],
    ["Copy SDK code", (text) => assert.match(text, /new JobsClient\([^]*usersExports\.create\(\{/)],
  ]) {
    await page.getByRole("button", { name: button }).click();
    await form.liveRegion.filter({ hasText: "Copied." }).waitFor();
    await page.locator(".snippet-head", { hasText: button }).getByText("Copied.").waitFor();
    check(await page.evaluate(() => navigator.clipboard.readText()));
  }
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations, []);
});

test("a pasted body fills the form, and a wrong one is refused in the words of the API", async (t) => {
  const { form, page } = await openPage(t);
  await page.getByRole("heading", { name: "API" }).click();
  const body = page.getByLabel("Paste a JSON body");
  const fill = page.getByRole("button", { name: "Fill in the form" });
  await body.fill('{"format":"json","limit":7,"fields":[{"name":"email","export_as":"E-mail"}]}');
  await fill.click();
  assert.ok(await form.format.getByLabel("JSON").isChecked());
  assert.equal(await form.limit.inputValue(), "7");
  assert.equal(await form.attribute(1).inputValue(), "email");
  assert.equal(await form.title(1).inputValue(), "E-mail");
  for (const [wrong, message] of [
    ["{", "Invalid request payload JSON format"],
    ['{"format":"xml"}', "Payload validation error: 'No enum match for: xml' on property format (Format of the file. Must be `json` or `csv`.)."],
    ['{"foo":1}', "Payload validation error: 'Additional properties not allowed: foo'."],
  ]) {
    await body.fill(wrong);
    await fill.click();
    assert.equal(await form.faultOf(body), message);
  }
  assert.equal(await form.limit.inputValue(), "7", "the form stays");
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations, []);
  await body.fill("{}");
  await fill.click();
  await body.and(page.locator(":not([aria-invalid])")).waitFor();
  assert.equal(await form.rows.count(), 0);
});
