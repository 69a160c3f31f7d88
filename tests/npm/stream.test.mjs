// exportStream: as slow as its reader, and ended from either side.
import assert from "node:assert/strict";
import { test } from "node:test";
import { rollcall } from "./package.mjs";

const { exportStream } = rollcall;
const request = { fields: [{ name: "user_id" }] };
const user = (number) => new TextEncoder().encode(`{"user_id":"auth0|${number}"}\n`);

/** A source that counts what is asked of it and keeps why it was cancelled. */
function counted(make) {
  const seen = { pulls: 0, cancelled: undefined };
  const source = new ReadableStream(
    {
      pull(controller) {
        seen.pulls += 1;
        controller.enqueue(make(seen.pulls));
      },
      cancel(reason) {
        seen.cancelled = reason ?? "without a reason";
      },
    },
    { highWaterMark: 0 },
  );
  return { seen, source };
}

test("the source is read only as fast as the result", async () => {
  const { seen, source } = counted(user);
  const reader = exportStream(source, request).getReader();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(seen.pulls, 0);
  let length = 0;
  while (length < 1000) length += (await reader.read()).value.length;
  assert.ok(seen.pulls < 100, `${seen.pulls} pulls for 1000 bytes`);
  const before = seen.pulls;
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(seen.pulls, before);
});

test("cancelling the result cancels the source", async () => {
  const { seen, source } = counted(user);
  const reader = exportStream(source, request).getReader();
  await reader.read();
  await reader.cancel("enough");
  assert.equal(seen.cancelled, "enough");
});

test("a source that fails fails the result", async () => {
  const gone = new Error("gone");
  async function* failing() {
    yield user(1);
    throw gone;
  }
  await assert.rejects(new Response(exportStream(failing(), request)).text(), (error) => error === gone);
});

test("a failure of the export ends the source", async () => {
  const { seen, source } = counted((number) => (number > 1 ? new TextEncoder().encode("5\n") : user(number)));
  const text = new Response(exportStream(source, request, { strict: true })).text();
  await assert.rejects(text, { code: "bad_record", record: 2, line: 2, byte: 22 });
  assert.equal(seen.cancelled.code, "bad_record");
});

test("the limit ends both", async () => {
  let isEnded = false;
  async function* users() {
    try {
      for (let number = 1; ; number += 1) yield user(number);
    } finally {
      isEnded = true;
    }
  }
  const text = await new Response(exportStream(users(), { ...request, limit: 2 })).text();
  assert.equal(text, "user_id\n\"'auth0|1\"\n\"'auth0|2\"\n");
  assert.ok(isEnded);
});

test("what is left out is told, and the counts at the end", async () => {
  const leftOut = [];
  let totals;
  const options = {
    onLeftOut: (records) => leftOut.push(...records),
    onTotals: (counts) => (totals = counts),
  };
  const source = new Blob([user(1), "5\n", user(2)]).stream();
  await new Response(exportStream(source, request, options)).text();
  assert.deepEqual(leftOut.map(({ record }) => record), [2]);
  assert.deepEqual([totals.exported, totals.left_out], [2, 1]);
});

test("what is no stream of bytes, or no request, is refused", async () => {
  assert.throws(() => exportStream("users.json", request), TypeError);
  const texts = new ReadableStream({ start: (controller) => controller.enqueue("text") });
  await assert.rejects(new Response(exportStream(texts, request)).text(), TypeError);
  const { seen, source } = counted(user);
  await assert.rejects(new Response(exportStream(source, { limit: 0 })).text(), { code: "bad_request" });
  assert.ok(seen.cancelled);
});
