// A job that is done, while the clock stands still: tests of links and locations begin with it.
import { openPage } from "./page.mjs";

/** A page with a completed job, on which no time passes any more but by `page.clock.runFor`. */
export async function withCompletedJob(t) {
  const opened = await openPage(t);
  const { form, page } = opened;
  await page.clock.install();
  await page.reload();
  await form.chooseSample();
  const job = await form.start();
  await job.ended();
  await page.clock.pauseAt(Date.now() + 60_000);
  return { ...opened, job };
}
