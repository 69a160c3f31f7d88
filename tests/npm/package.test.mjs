// What is in the package, and whether others can build with it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { folder, project, rollcall } from "./package.mjs";

const FILES = [
  "LICENSE-APACHE",
  "LICENSE-MIT",
  "README.md",
  "browser.js",
  "compile.js",
  "examples",
  "index.d.ts",
  "index.js",
  "input.js",
  "load-tenant.js",
  "load.js",
  "node-platform.js",
  "node-scope.js",
  "node-worker.js",
  "node.js",
  "package.json",
  "private-files.js",
  "reading.js",
  "register.d.ts",
  "register.js",
  "response.js",
  "rollcall-plain_bg.wasm",
  "rollcall-tenant.js",
  "rollcall-tenant_bg.wasm",
  "rollcall.js",
  "rollcall_bg.wasm",
  "run.js",
  "runner.js",
  "service-worker.js",
  "simd.js",
  "storage.js",
  "stream.js",
  "temporary-folder.js",
  "tenant.js",
  "worker.js",
];

const manifest = JSON.parse(readFileSync(join(folder, "package.json")));

/** Runs a program of the development dependencies in the project that has the package. */
function run(name, program, ...options) {
  const path = new URL(`../../node_modules/${name}/${program}`, import.meta.url).pathname;
  try {
    return execFileSync(process.execPath, [path, ...options], { cwd: project, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    throw new Error(`${name}: ${error.stdout}${error.stderr}`);
  }
}

test("the tarball holds these files and no others", () => {
  assert.deepEqual(readdirSync(folder).sort(), FILES.toSorted());
  assert.deepEqual(readdirSync(join(folder, "examples")).sort(), ["job.mjs", "stream.mjs"]);
});

test("publint and attw find nothing wrong with the tarball", () => {
  const tarball = process.env.ROLLCALL_TARBALL;
  run("publint", "src/cli.js", tarball, "--strict");
  // The other entries are for workers and fetch: nobody imports them, and they have no types.
  const entries = ["--entrypoints", ".", "register"];
  run("@arethetypeswrong/cli", "dist/index.js", tarball, "--profile", "esm-only", ...entries);
});

test("the engine stays small", () => {
  // About 142,000 when this was written; what is linked by mistake is usually some thousands.
  const size = gzipSync(readFileSync(join(folder, "rollcall_bg.wasm")), { level: 9 }).length;
  assert.ok(size < 182_000, `${size} bytes by gzip`);
});

test("package.json offers what it should, and depends on nothing", () => {
  const cargo = readFileSync(new URL("../../Cargo.toml", import.meta.url), "utf8");
  const [, version] = cargo.match(/^version = "(.*)"$/m);
  assert.equal(manifest.version, version);
  assert.equal(rollcall.version(), version);
  for (const key of ["dependencies", "peerDependencies", "optionalDependencies", "scripts", "browser", "main"]) {
    assert.equal(manifest[key], undefined, key);
  }
  // Conditions are tried in their order.
  assert.deepEqual(Object.entries(manifest.exports["."]), [
    ["types", "./index.d.ts"],
    ["node", "./node.js"],
    ["default", "./index.js"],
  ]);
  const offered = Object.values(manifest.exports).flatMap((target) =>
    typeof target === "string" ? target : Object.values(target),
  );
  for (const path of [...offered, ...manifest.sideEffects]) assert.ok(FILES.includes(path.slice(2)), path);
});

test("both entries export the same names, those of the types", async () => {
  const names = Object.keys(rollcall).sort();
  const browser = readFileSync(join(folder, "index.js"), "utf8");
  const exported = [...browser.matchAll(/^export (?:async )?(?:function|class) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(exported.sort(), names);
  const types = readFileSync(join(folder, "index.d.ts"), "utf8");
  const declared = [...types.matchAll(/^export (?:function|class) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(declared.sort(), names);
});

test("TypeScript understands it", () => {
  cpSync(new URL("consumer.ts", import.meta.url), join(project, "consumer.ts"));
  for (const [module, resolution] of [
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ]) {
    // Also where a folder above has a tsconfig.json, as ours has.
    const options = ["--ignoreConfig", "--noEmit", "--strict", "--target", "es2024", "--lib", "es2024,dom,dom.iterable,dom.asynciterable"];
    run("typescript", "bin/tsc", ...options, "--module", module, "--moduleResolution", resolution, "--types", "", "consumer.ts");
  }
});

test("Vite builds with it: each wasm once, one worker", () => {
  writeFileSync(join(project, "index.html"), '<script type="module" src="/main.js"></script>\n');
  writeFileSync(join(project, "main.js"), 'import { createTenant } from "rollcall";\nwindow.createTenant = createTenant;\n');
  run("vite", "bin/vite.js", "build", "--logLevel", "warn");
  const assets = readdirSync(join(project, "dist", "assets"));
  for (const pattern of [/^rollcall_bg-.*\.wasm$/, /^rollcall-plain_bg-.*\.wasm$/, /^rollcall-tenant_bg-.*\.wasm$/, /^worker-.*\.js$/, /^index-.*\.js$/]) {
    assert.equal(assets.filter((name) => pattern.test(name)).length, 1, `${pattern}: ${assets}`);
  }
  const main = readFileSync(join(project, "dist", "assets", assets.find((name) => /^index-/.test(name))), "utf8");
  assert.ok(!main.includes("worker_threads"));
});

test("a script in Node imports it by its name", () => {
  const script = 'import { Exporter, createTenant } from "rollcall"; import { registerTenant } from "rollcall/register"; console.log(typeof Exporter, typeof createTenant, typeof registerTenant)';
  const options = ["--input-type=module", "--eval", script];
  const out = execFileSync(process.execPath, options, { cwd: project, encoding: "utf8" });
  assert.equal(out, "function function function\n");
});
