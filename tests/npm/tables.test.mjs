// Data that others have collected to break programs, through the installed package.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { rollcall } from "./package.mjs";

const { Exporter } = rollcall;
const data = new URL("../data/", import.meta.url);
const bytes = (path) => readFileSync(new URL(path, data));
const json = (path) => JSON.parse(bytes(path));

/** Exports in chunks, and gives the output with the totals. */
function exported(request, input, chunk) {
  const exporter = new Exporter(request);
  const out = [];
  try {
    for (let start = 0; start < input.length; start += chunk) {
      out.push(exporter.push(input.subarray(start, start + chunk)));
    }
    out.push(exporter.endInput(), exporter.finish());
    return { text: Buffer.concat(out).toString(), totals: exporter.totals };
  } finally {
    exporter.free();
  }
}

test("every naughty string comes back from CSV", () => {
  const payloads = json("csv-injection/payloads.json").map(({ payload }) => payload);
  const strings = [...json("blns/blns.json"), ...json("csv-injection/triggers.json"), ...payloads];
  const lines = strings.map((text) => `${JSON.stringify({ before: 1, text })}\n`);
  const fields = [{ name: "before" }, { name: "text" }];
  const { text, totals } = exported({ fields }, Buffer.from(lines.join("")), 100);
  assert.equal(totals.exported, strings.length);
  const cells = strings.map((one) => `1,"'${one.replaceAll('"', '""')}"\n`);
  assert.equal(text, `before,text\n${cells.join("")}`);
});

test("the files of DuckDB get their verdicts", () => {
  for (const [name, verdict] of Object.entries(json("duckdb-verdicts.json"))) {
    const run = () => exported({ format: "json" }, bytes(`duckdb-json/${name}`), 7).totals;
    if (verdict.error) {
      const { error: code, byte } = verdict;
      assert.throws(run, { code, byte }, name);
      continue;
    }
    const { read, exported: users, left_out } = run();
    assert.deepEqual({ exported: users, left_out }, verdict, name);
    assert.equal(read, users + left_out, name);
  }
});
