// Texts of strangers stay texts, wherever the page shows them.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { exported } from "./command.mjs";
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
  const state = await page.evaluate(() => [window.hacked, {}.polluted, Object.prototype.polluted]);
  assert.deepEqual(state, [undefined, undefined, undefined]);
});

/** What markup in a text could bring onto the page. Dialogs and errors fail the test anyway. */
function foreignNodes(page) {
  return page.evaluate(() => {
    const elements = [...document.querySelectorAll("*")];
    const hasHandler = (element) =>
      element.getAttributeNames().some((name) => name.startsWith("on"));
    return {
      foreign: document.querySelectorAll(
        "img, iframe, object, embed, link, script, style, base, meta",
      ).length,
      handlers: elements.filter(hasHandler).length,
      addresses: [...document.querySelectorAll("[href], [src], [style]")].map(
        (element) => element.outerHTML,
      ),
    };
  });
}
