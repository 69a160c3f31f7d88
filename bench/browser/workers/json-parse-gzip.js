// The same over gzip, unpacked by the browser.

import { contender, openOutput, slices, TextOutput } from "./contender.js";
import { eachBlockOfLines, HEADING, rows } from "./rows.js";

contender({
  async run(file) {
    const output = new TextOutput(await openOutput());
    output.write(HEADING);
    const text = streamOf(slices(file)).pipeThrough(new DecompressionStream("gzip"));
    await eachBlockOfLines(text, (lines) => output.write(rows(lines)));
    output.end();
  },
});

/** Chromium has no `ReadableStream.from`. */
function streamOf(chunks) {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      // A copy: the slice is freed when the next one is asked for.
      else controller.enqueue(value.slice());
    },
  });
}
