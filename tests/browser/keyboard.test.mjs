// The whole main job by keyboard alone.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { exported } from "./command.mjs";
import { hasFocus, openPage, until } from "./page.mjs";
import { Saved } from "./form.mjs";

const sample = join(process.env.ROLLCALL_DIST, "sample.ndjson.gz");

test("the main job needs no mouse", async (t) => {
  const { form, page } = await openPage(t);
  const press = (key) => page.keyboard.press(key);
  /** Presses Tab until the element has the focus, and looks each time whether one can see it. */
  const tabTo = async (locator) => {
    for (let presses = 0; !(await hasFocus(locator)); presses += 1) {
      assert.ok(presses < 40, `${locator} is reached`);
      await press("Tab");
      assert.ok(await page.evaluate(focusIsVisible), "the focus can be seen");
    }
  };

  // Long before, as it takes the browser a moment to be told that the test chooses.
  const choosing = page.waitForEvent("filechooser");
  await tabTo(form.files);
  await press("Enter");
  await (await choosing).setFiles(sample);
  await form.fact("Users").waitFor();

  await tabTo(form.tenant);
  await press("Control+A");
  await page.keyboard.type("by-keyboard");
  await tabTo(form.connection);
  await press("ArrowDown");
  const connection = await form.connection.evaluate((select) => select.selectedOptions[0].text);
  assert.match(connection, /\(\d+ users?\)$/);
  await tabTo(page.getByRole("radio", { name: "CSV" }));
  await press("ArrowRight");
  assert.ok(await page.getByRole("radio", { name: "JSON" }).isChecked());
  await press("ArrowLeft");
  assert.ok(await page.getByRole("radio", { name: "CSV" }).isChecked());
  await tabTo(form.defaultFields);
  await press("Space");
  await tabTo(form.addButton);
  await press("Enter");
  await page.keyboard.type("email");
  await press("Tab");
  await page.keyboard.type("Mail");
  await tabTo(form.addButton);
  await press("Space");
  await page.keyboard.type("user_id");
  await tabTo(page.getByRole("button", { name: "Move up field 2" }));
  await press("Enter");
  await tabTo(form.limit);
  await page.keyboard.type("5");
  await press("Enter");
  await tabTo(form.csvProfile);
  await press("ArrowDown");
  assert.equal(await form.jobs.count(), 0);
  await tabTo(form.exportButton);
  await press("Enter");

  const job = await form.newestJob();
  assert.equal(await job.ended(), "Completed");
  await tabTo(job.downloadButton);
  const coming = page.waitForEvent("download");
  await press("Enter");
  const saved = new Saved(await coming);
  assert.equal(saved.name, "by-keyboard.csv");
  const name = connection.replace(/ \(\d+ users?\)$/, "");
  const options = ["--field", "user_id", "--field", "email=Mail", "--limit", "5"];
  const want = await exported(
    [sample],
    ...options,
    "--connection",
    name,
    "--csv-profile",
    "owasp-minimal",
  );
  assert.deepEqual(await saved.bytes(), want);
  await tabTo(job.moreInfo);
  await press("Enter");
  await job.card.getByText(/records read/).waitFor();
  await tabTo(job.removeButton);
  await press("Enter");
  await until(() => hasFocus(page.locator("#submit")), "the focus goes back");
});

test("Enter in an entry starts no export", async (t) => {
  const { form, page } = await openPage(t);
  await form.chooseSample();
  await form.addField("email", "Mail");
  for (const entry of [
    form.tenant,
    form.attribute(1),
    form.title(1),
    form.limit,
    form.defaultFields,
    form.gzip,
    form.strict,
    page.getByRole("radio", { name: "JSON" }),
  ]) {
    await entry.focus();
    await page.keyboard.press("Enter");
    assert.ok(await hasFocus(entry));
  }
  // An export that was asked for first would be there first.
  await form.exportButton.click();
  await form.jobs.first().waitFor();
  await (await form.newestJob()).ended();
  assert.equal(await form.jobs.count(), 1);
  assert.equal(await form.rows.count(), 1);
});

/** Runs in the page: something around the focused element is drawn because it has the focus. */
function focusIsVisible() {
  const focused = document.activeElement;
  if (focused === document.body) return true;
  const label = focused.id && document.querySelector(`label[for="${CSS.escape(focused.id)}"]`);
  const look = () =>
    [focused, focused.parentElement, label]
      .filter(Boolean)
      .map((element) => {
        const { outlineStyle, outlineColor, outlineWidth, boxShadow, borderColor } =
          getComputedStyle(element);
        return [outlineStyle, outlineColor, outlineWidth, boxShadow, borderColor].join();
      })
      .join();
  const withFocus = look();
  focused.blur();
  const without = look();
  focused.focus();
  return withFocus !== without;
}
