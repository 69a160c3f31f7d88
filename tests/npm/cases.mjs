// The golden cases, and the comparison of tests/src/check.rs.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const root = new URL("../cases/", import.meta.url).pathname;

export const CASES = readdirSync(root).sort().map(read);

function read(name) {
  const folder = join(root, name);
  const bytes = (file) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file)) : undefined);
  const json = (file) => (bytes(file) === undefined ? undefined : JSON.parse(bytes(file)));
  const lines = bytes("left-out.ndjson")?.toString().trimEnd().split("\n");
  const output = bytes("expected.csv") ?? bytes("expected.ndjson");
  const inputs = readdirSync(folder).filter((file) => file.startsWith("input")).sort();
  return {
    name,
    request: bytes("request.json"),
    options: json("options.json") ?? {},
    connections: json("connections.json"),
    inputs: inputs.map((file) => ({ name: file, bytes: bytes(file) })),
    output,
    refusal: bytes("error.txt")?.toString().replace(/\n$/, ""),
    failure: json("error.json"),
    // A job that completes without a file of them must leave none out.
    leftOut: lines?.map((line) => JSON.parse(line)) ?? (output && []),
    totals: json("totals.json") ?? {},
    connectionsFound: json("connections-found.json"),
  };
}

/** Compares `{ output, totals, leftOut }`, or of a failed job `{ error, leftOut }`, with the case. */
export function check(one, { output, totals, error, leftOut }) {
  if (one.output === undefined) {
    assert.ok(error, "completed, but should have failed");
    if (one.refusal === undefined) hasKeys(one.failure, error);
    else hasKeys({ error: "bad_request", message: one.refusal }, error);
  } else {
    assert.equal(error, undefined);
    const unpacked = one.options.gzip ? gunzipSync(output) : Buffer.from(output);
    assert.equal(unpacked.toString("latin1"), one.output.toString("latin1"));
    const { read, exported, left_out, other_connections } = totals;
    assert.equal(read, exported + left_out + other_connections);
    hasKeys(one.totals, totals);
  }
  if (one.leftOut === undefined) return;
  assert.equal(leftOut.length, one.leftOut.length, JSON.stringify(leftOut));
  one.leftOut.forEach((wanted, index) => hasKeys(wanted, leftOut[index]));
}

function hasKeys({ message_names: word, ...wanted }, found) {
  if (word !== undefined) assert.ok(found.message.toLowerCase().includes(word.toLowerCase()), found.message);
  for (const [key, value] of Object.entries(wanted)) assert.deepEqual(found[key] ?? null, value, key);
}

/** Runs `outcome` on each of the cases, some at a time, and fails with all differences. */
export async function checkAll(cases, outcome, atOnce = 1) {
  const wrong = [];
  const queue = [...cases];
  const work = async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      try {
        check(one, await outcome(one));
      } catch (error) {
        wrong.push(`${one.name}: ${error.message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  assert.equal(wrong.length, 0, wrong.join("\n"));
}
