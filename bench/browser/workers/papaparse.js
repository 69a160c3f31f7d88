// JSON.parse, and papaparse for the CSV.

import { contender, openOutput, slices, TextOutput } from "./contender.js";
import { eachBlockOfLines, HEADING } from "./rows.js";

const QUOTED = [true, true, false, true, true, true, true, false];

contender({
  async prepare() {
    // It hangs itself on `this`, which a module does not have.
    const source = await (await fetch("/npm/papaparse/papaparse.min.js")).text();
    new Function(source).call(globalThis);
  },
  async run(file) {
    const output = new TextOutput(await openOutput());
    output.write(HEADING);
    await eachBlockOfLines(slices(file), (text) => {
      const rows = [];
      for (let start = 0; start < text.length; ) {
        let end = text.indexOf("\n", start);
        if (end === -1) end = text.length;
        rows.push(cells(JSON.parse(text.slice(start, end))));
        start = end + 1;
      }
      output.write(globalThis.Papa.unparse(rows, { quotes: QUOTED, newline: "\n" }));
      output.write("\n");
    });
    output.end();
  },
});

function cells(user) {
  const roles = user.app_metadata?.roles;
  return [
    text(user.user_id),
    text(user.email),
    user.email_verified,
    text(user.name),
    text(user.identities?.[0]?.connection),
    text(user.user_metadata?.address?.city),
    roles == null ? roles : text(JSON.stringify(roles)),
    user.created_at,
  ];
}

function text(value) {
  return value == null ? value : "'" + value;
}
