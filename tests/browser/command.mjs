// The command line, whose output the page's has to equal.

import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What `rollcall export` writes. */
export async function exported(files, ...options) {
  const { stdout } = await run(process.env.ROLLCALL_CLI, ["export", ...files, ...options], {
    encoding: "buffer",
    maxBuffer: 64 << 20,
  });
  return stdout;
}

/** What `rollcall export` reports: the records left out, and the failure if there is one. */
export async function reports(files, ...options) {
  const { stderr } = await run(process.env.ROLLCALL_CLI, ["export", ...files, ...options]).catch(
    (error) => error,
  );
  return stderr
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** SHA-256 of what `rollcall export` writes, for files of any size. */
export async function exportedSha256(files, ...options) {
  const command = spawn(process.env.ROLLCALL_CLI, ["export", ...files, ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const hash = createHash("sha256");
  await pipeline(command.stdout, hash);
  return hash.digest("hex");
}

/** A file with this many made-up users. It is kept for the next run: they are always the same. */
export async function users(count) {
  const folder = join(tmpdir(), "rollcall-users");
  const path = join(folder, `${count}.ndjson`);
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  const file = await open(unfinished, "w");
  const command = spawn(process.env.ROLLCALL_XTASK, ["users", `${count}`], {
    stdio: ["ignore", file.fd, "inherit"],
  });
  const status = await new Promise((resolve) => command.on("close", resolve));
  await file.close();
  if (status !== 0) throw new Error(`xtask users ended with ${status}`);
  await rename(unfinished, path);
  return path;
}
