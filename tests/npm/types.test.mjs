// What the scripts of the page and the package say of their types, and what TypeScript says of them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";

const ROOT = new URL("../..", import.meta.url).pathname;
const FOLDERS = ["crate-web/js", "www/js"];

/** The package as it was packed: in `node_modules` a compiler would not read JavaScript. */
const PACKAGE = join(dirname(process.env.ROLLCALL_TARBALL), "package");

/** Runs TypeScript, and gives what it prints. */
function compile(...options) {
  const { resolve } = createRequire(import.meta.url);
  const compiler = join(dirname(resolve("typescript/package.json")), "bin", "tsc");
  return spawnSync(process.execPath, [compiler, ...options], { cwd: ROOT, encoding: "utf8" });
}

/** Fails at the first fault that TypeScript finds in a project. */
function check(project) {
  const { status, stdout } = compile("--project", project);
  assert.equal(status, 0, stdout);
}

test("every script keeps its types", () => {
  for (const folder of FOLDERS) {
    const scripts = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith(".js"));
    assert.ok(scripts.length > 5, folder);
    for (const name of scripts) {
      // So that editors check it, too.
      assert.match(readFileSync(join(ROOT, folder, name), "utf8"), /^\/\/ @ts-check\n/, name);
    }
  }
  const checked = compile("--project", ".", "--listFilesOnly").stdout.split("\n");
  for (const folder of FOLDERS) {
    for (const name of readdirSync(join(ROOT, folder))) {
      assert.ok(checked.some((path) => path.endsWith(`/${folder}/${name}`)), `${folder}/${name} is not checked`);
    }
  }
  check(".");
});

test("wasm-bindgen makes what the scripts take it to make", () => {
  const folder = join(PACKAGE, "..", "types");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "made.ts");
  // What TypeScript knows of the one is what wasm-bindgen has written into it.
  writeFileSync(
    file,
    `import * as engine from "${PACKAGE}/rollcall.js";
    import * as tenant from "${PACKAGE}/rollcall-tenant.js";
    // The package's own types are those of the exporter.
    export const functions: Omit<typeof import("${ROOT}/crate-web/types/rollcall.js"), "Exporter"> = engine;
    export const machine: typeof import("${ROOT}/crate-web/types/rollcall-tenant.js") = tenant;
    // @ts-expect-error: it has more than this
    export const other: { TenantMachine: new () => { missing(): void } } = tenant;`,
  );
  const project = join(folder, "tsconfig.json");
  const compilerOptions = { checkJs: false };
  writeFileSync(project, JSON.stringify({ extends: join(ROOT, "tsconfig.json"), compilerOptions, include: [], files: [file] }));
  check(project);
});
