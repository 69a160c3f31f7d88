// Every state of the page passes axe, light and dark, and fits a phone and large text.
//
// With ROLLCALL_SHOTS each state is also drawn into the folder of that name.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { users } from "./command.mjs";
import { holdReplies } from "./hold.mjs";
import { hasFocus, openPage, temporaryFolder, until } from "./page.mjs";

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

test("empty, chosen, refused and filled in", async (t) => {
  const { form, page } = await openPage(t);
  await passes(page, "1-empty");
  await form.exportButton.click();
  await passes(page, "2-no-file");
  await form.chooseSample();
  await passes(page, "3-chosen");
  await form.tenant.fill("No tenant");
  await form.limit.fill("-1");
  await form.addField("app_metadata");
  await form.addField("email", "Name");
  await form.addField("");
  await form.exportButton.click();
  await passes(page, "4-errors");
  await form.tenant.fill("acme");
  await form.limit.fill("500");
  await form.attribute(1).fill("user_metadata.plan");
  await form.title(1).fill("Plan");
  await form.title(2).fill("Contact");
  await form.attribute(3).fill("a[");
  await form.csvProfile.selectOption("plain");
  await page.getByText("The 11 default fields").click();
  await passes(page, "5-filled");
});

test("running, done and with more info", async (t) => {
  const file = join(await temporaryFolder(t), "broken.ndjson");
  await writeFile(
    file,
    '{"user_id":"1"}\n{"user_id":\n[2]\n{"user_id":"2","user_id":"3","name":"\\ud800"}\n',
  );
  const { form, page } = await openPage(t, { script: holdReplies });
  await page.evaluate(() => (window.heard = 6));
  await form.choose(await users(170_000));
  const running = await form.start();
  await until(async () => (await running.percentage()) > 5, "the job runs");
  await passes(page, "6-running");
  await page.evaluate(() => window.release());
  await running.ended();
  await passes(page, "7-done");
  await page.getByRole("button", { name: /^Remove file/ }).click();
  await form.choose(file);
  const broken = await form.start();
  await broken.ended();
  await broken.moreInfo.click();
  await broken.leftOut.first().waitFor();
  await passes(page, "8-more-info");
});

test("failed and cancelled", async (t) => {
  const file = join(await temporaryFolder(t), "users.pdf");
  await writeFile(file, "%PDF-1.7\n");
  const empty = join(await temporaryFolder(t), "empty.ndjson");
  await writeFile(empty, "");
  const { form, page } = await openPage(t, { script: holdReplies });
  await page.evaluate(() => (window.hearsLooks = false));
  await form.files.setInputFiles([empty, file]);
  const failed = await form.start();
  await failed.ended();
  await passes(page, "9-failed");
  await page.evaluate(() => window.release());
  await form.unreadable.waitFor();
  await form.exportButton.click();
  await passes(page, "11-unreadable-file");
  await page.getByRole("button", { name: "Remove file users.pdf" }).click();
  await form.lookedInto();
  await (await form.start()).ended();
  await passes(page, "12-empty-file");
  await page.evaluate(() => (window.heard = 0));
  const cancelled = await form.start();
  await cancelled.cancelButton.click();
  await cancelled.ended();
  await passes(page, "10-cancelled");
});

test("a connection that is typed", async (t) => {
  const file = join(await temporaryFolder(t), "many.ndjson");
  const user = (_, number) => `{"user_id":"${number}","identities":[{"connection":"${number}"}]}\n`;
  await writeFile(file, Array.from({ length: 201 }, user).join(""));
  const { form, page } = await openPage(t);
  await form.choose(file);
  await form.connection.selectOption("Another one…");
  await form.exportButton.click();
  await passes(page, "13-typed-connection");
  const hint = await page.getByText("The export fails if no user belongs to it.").boundingBox();
  const choice = await form.primaryOnly.boundingBox();
  assert.ok(choice.y - (hint.y + hint.height) >= 8, "the switch stands apart from the hint above it");
});

test("a screen reader hears how a job begins, goes on and ends", async (t) => {
  const { form, page } = await openPage(t);
  await form.liveRegion.evaluate((region) => {
    window.said = [];
    const note = () => window.said.push(region.textContent);
    new MutationObserver(note).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  await form.choose(await users(170_000));
  const job = await form.start();
  await job.ended();
  await form.exportButton.click();
  const said = await page.evaluate(() => window.said);
  for (const words of [
    "1 file chosen.",
    /^Found 170,000 users of \d+ connections\.$/,
    "Export of my-tenant.csv started.",
    /^my-tenant\.csv: \d0 %$/,
    "my-tenant.csv is complete: 170,000 users exported.",
  ]) {
    const isSaid = (text) => (words instanceof RegExp ? words.test(text) : words === text);
    assert.ok(said.some(isSaid), `${words} in ${said.join(" | ")}`);
  }
  assert.ok(said.length < 25, `not more often than is bearable: ${said.length}`);
});

test("the focus goes where the next step is", async (t) => {
  const { form, page } = await openPage(t, { script: holdReplies });
  const gets = (locator, when) => until(() => hasFocus(locator), `focus when ${when}`);
  const button = (name) => page.getByRole("button", { name });
  await form.chooseSample();
  await form.addButton.click();
  await gets(form.attribute(1), "a field is added");
  await form.addButton.click();
  await gets(form.attribute(2), "another is added");
  await button("Move up field 2").click();
  await gets(button("Move up field 1"), "a field has moved");
  await button("Remove field 1").click();
  await gets(button("Remove field 1"), "a field before another was removed");
  await button("Remove field 1").click();
  await gets(form.addButton, "no field is left");
  await button("Remove file").click();
  await gets(form.files, "no file is left");
  await form.exportButton.click();
  await gets(form.files, "there is no file to export");
  await form.chooseSample();
  await page.evaluate(() => (window.heard = 1));
  const job = await form.start();
  await job.cancelButton.focus();
  await page.evaluate(() => window.release());
  await gets(job.downloadButton, "the job is done");
  const heading = (job) => job.card.getByRole("heading");
  await page.evaluate(() => (window.heard = 1));
  const other = await form.start();
  await other.cancelButton.click();
  await gets(heading(other), "the job was cancelled");
  await other.removeButton.click();
  await gets(heading(job), "a job was removed");
  await job.removeButton.click();
  await gets(page.locator("#submit"), "the last job was removed");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  assert.equal(await form.jobs.count(), 0);
});

/** Checks the page as it is now, in both colour schemes, on a phone and with large text. */
async function passes(page, state) {
  for (const colorScheme of ["light", "dark"]) {
    // Without transitions, or colours would be measured on their way.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(({ id, help, nodes }) => [
      id,
      help,
      ...nodes.map((node) => node.html),
    ]);
    assert.deepEqual(found, [], `${state}, ${colorScheme}`);
    await draw(page, `${state}-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize(PHONE);
  await fits(page, `${state}-360`);
  await page.setViewportSize(DESK);
  await setTextSize(page, "200%");
  await fits(page, `${state}-200-percent`);
  await setTextSize(page, "");
}

/** Nothing sticks out to the side. */
async function fits(page, state) {
  const { scrollWidth, clientWidth, outside } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const isOutside = (element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 1 && (right > clientWidth + 1 || left < -1) && !element.closest(".scrolls");
    };
    const outside = [...document.querySelectorAll("main *, footer *, header *")].filter(isOutside);
    return {
      scrollWidth,
      clientWidth,
      outside: outside.map((element) => element.outerHTML.slice(0, 100)),
    };
  });
  await draw(page, state);
  assert.ok(
    scrollWidth <= clientWidth,
    `${state}: ${scrollWidth} px of ${clientWidth}: ${outside}`,
  );
  assert.deepEqual(outside, [], state);
}

/** As with a larger font size in the browser's settings. */
function setTextSize(page, size) {
  return page.evaluate((size) => {
    document.documentElement.style.fontSize = size;
  }, size);
}

async function draw(page, name) {
  const folder = process.env.ROLLCALL_SHOTS;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
