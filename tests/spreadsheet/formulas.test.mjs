// What users typed stays text in a spreadsheet: LibreOffice opens exports, and its formulas are counted.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

const run = promisify(execFile);
const data = (file) => new URL(`../data/${file}`, import.meta.url);
const read = async (file) => JSON.parse(await readFile(data(file), "utf8"));

const payloads = (await read("csv-injection/payloads.json")).map(({ payload }) => payload);
const naughty = [...payloads, ...(await read("csv-injection/triggers.json")), ...(await read("blns/blns.json"))];
// Behind NULs LibreOffice sees a formula all the same, and behind a byte order mark at the start of a file.
const hidden = payloads.flatMap((payload) => [`\u0000${payload}`, `\ufeff${payload}`]);
const TEXTS = [...new Set([...naughty, ...hidden, "\u0000\u0000=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)"])];
const HEADINGS = TEXTS.filter((text) => text !== "" && [...text].length <= 100);
const KEYS = HEADINGS.map((text) => `user_metadata[${JSON.stringify(text)}]`).filter((name) => [...name].length <= 100);
// Told to split at semicolons, LibreOffice also splits quoted texts at their line breaks.
const ONE_LINE = TEXTS.filter((text) => !/[\r\n]/.test(text));
const PROFILES = ["auth0", "owasp-minimal", "excel"];

/** Every type of value that holds the text, at paths of every kind. */
const user = (text) => ({
  user_id: text,
  name: text,
  created_at: text,
  last_login: `2026-01-01T00:00:00Z${text}`,
  email_verified: true,
  logins_count: 1,
  user_metadata: { text, object: { [text]: text }, array: [text], [text]: text },
});
const fields = (...names) => names.map((name) => ({ name }));
const CELLS = fields(
  "user_id",
  "name",
  "created_at",
  "last_login",
  "email_verified",
  "logins_count",
  "user_metadata.text",
  "user_metadata.object",
  "user_metadata.array",
);

let folder;
before(async () => (folder = await mkdtemp(join(tmpdir(), "rollcall-spreadsheet-"))));
after(() => rm(folder, { recursive: true, maxRetries: 20 }));

test("no text becomes a formula, and every user has a row", async () => {
  const files = await Promise.all(PROFILES.map((profile) => exported(TEXTS.map(user), CELLS, profile)));
  for (const sheet of await opened(files, ",")) {
    assert.equal(sheet.formulas, 0, sheet.file);
    assert.ok(sheet.rows > TEXTS.length, `${sheet.rows} rows in ${sheet.file}`);
  }
});

test("no heading becomes a formula, be it a title or a key", async () => {
  const titles = HEADINGS.map((text, index) => ({ name: `key${index}`, export_as: text }));
  const requests = [titles, fields(...KEYS)].flatMap((columns) =>
    PROFILES.map((profile) => exported([user("=1+1")], columns, profile)),
  );
  for (const sheet of await opened(await Promise.all(requests), ",")) {
    assert.equal(sheet.formulas, 0, sheet.file);
    assert.ok(sheet.cells >= KEYS.length, `${sheet.cells} cells in ${sheet.file}`);
  }
});

test("split at semicolons, rows with a quoted first cell hold no formula either", async () => {
  const users = ONE_LINE.map(user);
  const files = await Promise.all(PROFILES.map((profile) => exported(users, CELLS, profile)));
  for (const sheet of await opened(files, ";")) {
    assert.equal(sheet.formulas, 0, sheet.file);
    assert.ok(sheet.rows > users.length, `${sheet.rows} rows in ${sheet.file}`);
  }
});

test("what README warns of is so: semicolons and a bare first cell or a line break, and no guard", async () => {
  const split = [user("a;=1+1;b")];
  const bare = ["created_at", "email_verified", "logins_count", "nothing"].map((first) => {
    const hostile = { ...split[0], created_at: "2026-01-01T00:00:00Z" };
    return exported([hostile], fields(first, "name"), "auth0");
  });
  const broken = exported([user("a\n=1+1")], CELLS, "auth0");
  for (const sheet of await opened(await Promise.all([...bare, broken]), ";")) {
    assert.ok(sheet.formulas > 0, sheet.file);
  }
  const [plain] = await opened([await exported(TEXTS.map(user), CELLS, "plain")], ",");
  assert.ok(plain.formulas > 40, `${plain.formulas} formulas are counted`);
});

/** Writes users to a file and has the command export it. */
let exports = 0;
async function exported(users, columns, profile) {
  const name = `${(exports += 1)}-${columns[0].name.replace(/\W/g, "-")}-${profile}`;
  const [input, request, output] = [".ndjson", ".json", ".csv"].map((end) => join(folder, name + end));
  await writeFile(input, users.map((user) => `${JSON.stringify(user)}\n`).join(""));
  await writeFile(request, JSON.stringify({ fields: columns }));
  const options = ["--csv-profile", profile, "--lift-limits"];
  await run(process.env.ROLLCALL_CLI, ["export", input, "--request", request, "-o", output, ...options]);
  return output;
}

/** Opens files as a spreadsheet with this separator; counts what each sheet holds. */
async function opened(files, separator) {
  const sheets = await mkdtemp(join(folder, "sheets-"));
  // Separator, quote, UTF-8, first line.
  const filter = `--infilter=CSV:${separator.codePointAt(0)},34,76,1`;
  const profile = `-env:UserInstallation=file://${join(folder, "office")}`;
  const convert = ["--headless", profile, "--convert-to", "fods", filter, "--outdir", sheets, ...files];
  await run(process.env.SOFFICE, convert);
  return Promise.all(
    files.map(async (file) => {
      const name = file.slice(folder.length + 1);
      const text = await readFile(join(sheets, name.replace(/csv$/, "fods")), "utf8");
      const count = (pattern) => text.match(pattern)?.length ?? 0;
      return {
        file: `${name} split at ${separator}`,
        formulas: count(/<table:table-cell[^>]* table:formula=/g),
        cells: count(/<table:table-cell[^>]* office:value-type=/g),
        rows: count(/<table:table-row/g),
      };
    }),
  );
}
