// Files that are dropped on the page, and files that are dropped beside the zone.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { exported } from "./command.mjs";
import { openPage, temporaryFolder } from "./page.mjs";

test("files dropped anywhere are taken, and the page stays", async (t) => {
  const folder = await temporaryFolder(t);
  const [first, second] = ["1.ndjson", "2.ndjson"].map((name) => join(folder, name));
  await writeFile(first, '{"user_id":"auth0|1"}\n');
  await writeFile(second, '{"user_id":"auth0|2"}\n');
  const { context, form, page } = await openPage(t);
  const devtools = await context.newCDPSession(page);
  const zone = page.locator(".drop-zone");
  await drop(devtools, zone, [first]);
  await form.chosenFiles.filter({ hasText: "1.ndjson" }).waitFor();
  await drop(devtools, page.getByRole("heading", { name: "Options" }), [second]);
  await form.chosenFiles.filter({ hasText: "2.ndjson" }).waitFor();
  assert.equal(page.url(), process.env.ROLLCALL_URL);
  assert.deepEqual(await form.export(), await exported([first, second], "--default-fields"));
});

test("the zone shows that it takes what is held over the page", async (t) => {
  const folder = await temporaryFolder(t);
  const file = join(folder, "users.ndjson");
  await writeFile(file, "{}");
  const { context, form, page } = await openPage(t);
  const devtools = await context.newCDPSession(page);
  const zone = page.locator(".drop-zone");
  await drag(
    devtools,
    page.getByRole("heading", { name: "Options" }),
    [file],
    ["dragEnter", "dragOver"],
  );
  await page.locator(".drop-zone.is-over").waitFor();
  await drag(devtools, zone, [file], ["dragOver", "drop"]);
  await page.locator(".drop-zone:not(.is-over)").waitFor();
  assert.equal(await form.chosenFiles.count(), 1);
});

const drop = (devtools, target, files) =>
  drag(devtools, target, files, ["dragEnter", "dragOver", "drop"]);

/** Drags files from the disk as a person would. */
async function drag(devtools, target, files, steps) {
  await target.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await target.boundingBox();
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of steps) {
    await devtools.send("Input.dispatchDragEvent", {
      type,
      x: x + width / 2,
      y: y + height / 2,
      data,
    });
  }
}
