// What can be measured while a job runs.

import { setTimeout as pause } from "node:timers/promises";
import { rendererMemory } from "./processes.mjs";

/**
 * Follows the only job on the page to its end: seconds, percentages as they were seen, memory in
 * MB, and how the page kept up, in milliseconds.
 */
export async function followRun({ page, folder }, job) {
  await page.evaluate(watch);
  const start = performance.now();
  const memory = [];
  while (await job.cancelButton.isVisible()) {
    memory.push((await rendererMemory(folder)).now);
    await pause(50);
  }
  const seconds = (performance.now() - start) / 1000;
  const { peak } = await rendererMemory(folder);
  return { seconds, memory, peak, ...(await page.evaluate(() => window.seen)) };
}

/** Runs in the page. */
function watch() {
  const seen = (window.seen = { percentages: [], longestFrame: 0, longestTask: 0 });
  let last = performance.now();
  requestAnimationFrame(function frame() {
    const now = performance.now();
    seen.longestFrame = Math.max(seen.longestFrame, now - last);
    last = now;
    const bar = document.querySelector("article progress");
    if (bar && bar.value !== seen.percentages.at(-1)) seen.percentages.push(bar.value);
    requestAnimationFrame(frame);
  });
  new PerformanceObserver((tasks) => {
    for (const { duration } of tasks.getEntries()) {
      seen.longestTask = Math.max(seen.longestTask, duration);
    }
  }).observe({ type: "longtask" });
}
