// Time that a browser's processes have used.

import { readdir, readFile } from "node:fs/promises";

/** As Linux counts it for programs, whatever the kernel's own clock. */
const TICKS_PER_SECOND = 100;

/** Seconds of all processes of the browser whose profile lies in this folder. */
export async function cpuSeconds(folder) {
  let ticks = 0;
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const read = (name) => readFile(`/proc/${entry}/${name}`, "utf8").catch(() => "");
    if (!(await read("cmdline")).includes(folder)) continue;
    // The name, in brackets, may hold anything; behind it the 12th and 13th are user and system.
    const fields = (await read("stat")).split(") ").at(-1).split(" ");
    ticks += Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  }
  return ticks / TICKS_PER_SECOND;
}
