// JSON.parse as fast as it goes: slices read ahead, lines decoded in blocks, tuned strings.

import { contender, openOutput, slices, TextOutput } from "./contender.js";
import { eachBlockOfLines, HEADING, rows } from "./rows.js";

contender({
  async run(file) {
    const output = new TextOutput(await openOutput());
    output.write(HEADING);
    await eachBlockOfLines(slices(file), (text) => output.write(rows(text)));
    output.end();
  },
});
