// What reaches a browser needs nothing newer than the oldest browsers that README.md names.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { folder, project } from "./package.mjs";

// The tests too: much of them runs in pages.
const FOLDERS = [folder, ...["../../www/js", "../browser", "."].map((name) => new URL(name, import.meta.url).pathname)];

// ES2023 is the last edition that all of them have, and the types of the DOM are those of all engines.
const LIBRARIES = "es2023,dom,dom.iterable,dom.asynciterable,webworker";

/** A name or a property that these libraries do not have. What else a compiler misses in JavaScript is no matter. */
const UNKNOWN = /error TS(2304|2550|2552): |error TS2339: .* on type '\w*Iterator</;

/** What only service workers have. */
const SERVICE_WORKER = /service-worker\.js.*'(skipWaiting|clients)'/;

/** What the test has to find. */
const NEWER = ["trustedTypes;", "Promise.withResolvers();", "[1].values().map(String);"];

test("no script uses what the oldest browsers lack, without asking whether it is there", () => {
  const scripts = FOLDERS.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.m?js$/.test(name))
      .map((name) => join(folder, name)),
  );
  assert.ok(scripts.length > 60, `${scripts.length} scripts`);
  const newer = join(project, "newer.js");
  writeFileSync(newer, NEWER.join("\n"));
  const { resolve } = createRequire(import.meta.url);
  const compiler = join(dirname(resolve("typescript/package.json")), "bin", "tsc");
  const options = ["--ignoreConfig", "--noEmit", "--checkJs", "--skipLibCheck", "--strict", "false", "--types", ""];
  const kind = ["--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler", "--lib", LIBRARIES];
  const { stdout } = spawnSync(process.execPath, [compiler, ...options, ...kind, newer, ...scripts], { encoding: "utf8" });
  const faults = stdout.split("\n").filter((line) => UNKNOWN.test(line) && !SERVICE_WORKER.test(line));
  const isFound = (line) => /newer\.js\(\d,/.test(line);
  assert.equal(faults.filter(isFound).length, NEWER.length, stdout);
  assert.deepEqual(faults.filter((line) => !isFound(line)), []);
});
