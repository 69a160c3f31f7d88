// The examples of the package's README run as they stand.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { folder, project } from "./package.mjs";

const USERS = '{"user_id":"auth0|1","email":"ann@acme.example"}\n{"user_id":"auth0|2","email":"bob@acme.example"}\n5\n';

test("every example for Node runs", () => {
  writeFileSync(join(project, "users.json.gz"), gzipSync(USERS));
  symlinkSync(new URL("../../node_modules/auth0", import.meta.url).pathname, join(project, "node_modules", "auth0"));
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const examples = [...readme.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);
  const [chunks, stream, tenant] = examples.map((code) => {
    const options = ["--input-type=module", "--eval", code];
    return execFileSync(process.execPath, options, { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  });
  assert.equal(examples.length, 3);
  assert.match(chunks, /^Id,email\n"'auth0\|1","'ann@acme.example"\n\n1 \[\]\n$/);
  assert.equal(stream, "2 users\n");
  assert.equal(
    readFileSync(join(project, "users.ndjson"), "utf8"),
    '{"user_id":"auth0|1","email":"ann@acme.example"}\n{"user_id":"auth0|2","email":"bob@acme.example"}\n',
  );
  assert.match(tenant, /^pending \nprocessing 0\n/);
  assert.match(tenant, /completed 100\nattachment; filename="acme.csv"; filename\*=UTF-8''acme.csv email\n"'ann/);
});
