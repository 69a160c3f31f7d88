// Exports a file of users to CSV on standard output, as a stream, in Node.
// Install the tarball that `cargo xtask pack` makes, then:
//
//   node node_modules/rollcall/examples/stream.mjs users.json.gz > users.csv

import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { exportStream } from "rollcall";

const [path] = process.argv.slice(2);
const request = { fields: [{ name: "user_id", export_as: "Id" }, { name: "email" }] };
const rows = exportStream(createReadStream(path), request, {
  onLeftOut: (records) => records.forEach(({ line, message }) => console.error(`line ${line}: ${message}`)),
  onTotals: ({ exported, read }) => console.error(`${exported} of ${read} users`),
});
await pipeline(rows, process.stdout, { end: false });
