// The end of a Firefox that a test has started.

import { setTimeout } from "node:timers/promises";

/**
 * Closes a Firefox. It does not always end when it is asked to, and its test has its answers by now:
 * what still runs after ten seconds is ended.
 *
 * @param {import("puppeteer-core").Browser} browser
 */
export async function endFirefox(browser) {
  const running = browser.process();
  const closed = browser.close().catch(() => {});
  await Promise.race([closed, setTimeout(10_000, undefined, { ref: false })]);
  running?.kill("SIGKILL");
}
