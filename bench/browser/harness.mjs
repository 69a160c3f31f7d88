// Runs contenders in Chromium, one at a time: `cargo xtask bench` asks on stdin, answers go to
// stdout, both one JSON object a line.
//
// {"script", "job", "file", "output"} is answered by {"seconds", "cpu", "memory"} (seconds of all
// processes of the browser, MB of the largest renderer) or {"error"}.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { rendererMemory } from "../../tests/browser/processes.mjs";
import { cpuSeconds } from "./processes.mjs";
import { serve } from "./server.mjs";

const address = await serve(JSON.parse(process.env.BENCH_FOLDERS));
const folder = await mkdtemp(join(tmpdir(), "rollcall-bench-"));

/** A browser of its own for each run: what the one before left behind must not count. */
async function run({ script, job, file, output }) {
  const profile = await mkdtemp(join(folder, "profile-"));
  // A context that persists: any other gets next to no storage.
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROME,
    chromiumSandbox: false,
    args: ["--disable-gpu", "--disable-dev-shm-usage"],
  });
  try {
    const [page] = context.pages();
    page.setDefaultTimeout(0);
    await page.goto(address);
    await page.locator("input").setInputFiles(file);
    await page.evaluate(([script, job]) => window.prepare(script, job), [script, job]);
    const cpuBefore = await cpuSeconds(profile);
    const { seconds, ...said } = await page.evaluate(() => window.run());
    const cpu = (await cpuSeconds(profile)) - cpuBefore;
    const { peak: memory } = await rendererMemory(profile);
    if (output) {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.evaluate(() => window.save()),
      ]);
      await download.saveAs(output);
    }
    return { seconds, cpu, memory, ...said };
  } finally {
    await context.close();
    // The browser's last writes may come a moment after its end.
    await rm(profile, { recursive: true, maxRetries: 20 });
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await run(JSON.parse(line)).catch((error) => ({ error: `${error.message ?? error}` }));
  console.log(JSON.stringify(answer));
}
await rm(folder, { recursive: true, maxRetries: 20 });
process.exit();
