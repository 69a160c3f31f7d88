// The examples of the package, of its README and of the project's run unchanged.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { folder, project } from "./package.mjs";

const USERS = '{"user_id":"auth0|1","email":"ann@acme.example"}\n{"user_id":"auth0|2","email":"bob@acme.example"}\n5\n';

writeFileSync(join(project, "users.json.gz"), gzipSync(USERS));

/** The examples in JavaScript that a document holds. */
const examplesOf = (path) => [...readFileSync(path, "utf8").matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);

/** Runs code in the project that has the package; gives what it prints. */
function run(code) {
  const options = ["--input-type=module", "--eval", code];
  return execFileSync(process.execPath, options, { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

test("every example for Node runs", () => {
  symlinkSync(new URL("../../node_modules/auth0", import.meta.url).pathname, join(project, "node_modules", "auth0"));
  const examples = examplesOf(join(folder, "README.md"));
  const [chunks, stream, tenant] = examples.map(run);
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

test("the example of the project's README exports a file", () => {
  const [example] = examplesOf(new URL("../../README.md", import.meta.url));
  const file = 'import { openAsBlob } from "node:fs";\nconst file = await openAsBlob("users.json.gz");\n';
  assert.equal(
    run(`${file}${example}console.log(await blob.text());`),
    `2 users\nId,email\n"'auth0|1","'ann@acme.example"\n"'auth0|2","'bob@acme.example"\n\n`,
  );
});

test("the README links files of the package", () => {
  const links = [...readFileSync(join(folder, "README.md"), "utf8").matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, path]) => path);
  assert.deepEqual(links, ["examples/stream.mjs", "examples/job.mjs"]);
  for (const path of links) assert.ok(existsSync(join(folder, path)), path);
});

/** Runs one of the examples of the package as a program, where it was installed. */
function runExample(name, ...options) {
  return spawnSync(process.execPath, [join(folder, "examples", name), ...options], { cwd: project, encoding: "utf8" });
}

test("the example of a stream writes CSV and reports what was left out", () => {
  const { stdout, stderr, status } = runExample("stream.mjs", "users.json.gz");
  assert.equal(stdout, `Id,email\n"'auth0|1","'ann@acme.example"\n"'auth0|2","'bob@acme.example"\n`);
  assert.match(stderr, /^line 3: .+\n2 of 3 users\n$/);
  assert.equal(status, 0);
});

test("the example of a job saves its file", () => {
  const { stdout, stderr, status } = runExample("job.mjs", "acme", "users.json.gz");
  assert.match(stdout, /^pending \n(processing \d+\n)*saved acme\.json\.gz\n$/);
  assert.equal(stderr, "");
  assert.equal(status, 0);
  const file = gunzipSync(readFileSync(join(project, "acme.json.gz"))).toString();
  assert.equal(file, '{"email":"ann@acme.example"}\n{"email":"bob@acme.example"}\n');
});
