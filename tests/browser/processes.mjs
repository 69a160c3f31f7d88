// Memory of a browser's processes.

import { readdir, readFile } from "node:fs/promises";

/**
 * Memory of the largest renderer of the browser whose profile lies in this folder, in MB: now, and
 * at most so far. The page and its workers live in one renderer.
 */
export async function rendererMemory(folder) {
  const largest = { now: 0, peak: 0 };
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const read = (name) => readFile(`/proc/${entry}/${name}`, "utf8").catch(() => "");
    const command = await read("cmdline");
    if (!command.includes("--type=renderer") || !command.includes(folder)) continue;
    const status = await read("status");
    const megabytes = (name) =>
      Math.round(
        (Number(new RegExp(`^${name}:\\s*(\\d+) kB`, "m").exec(status)?.[1] ?? 0) * 1024) / 1e6,
      );
    largest.now = Math.max(largest.now, megabytes("VmRSS"));
    largest.peak = Math.max(largest.peak, megabytes("VmHWM"));
  }
  return largest;
}
