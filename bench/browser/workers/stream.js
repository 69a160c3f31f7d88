// Rollcall over a stream of more users than there is memory; the rows are thrown away.

import { exportStream, load } from "/rollcall/index.js";
import { initSync } from "/rollcall/rollcall.js";
import { contender, slices } from "./contender.js";

contender({
  async prepare(job) {
    await load();
    return job;
  },
  async run(file, { request, bytes: wanted }) {
    let bytes = 0;
    async function* users() {
      while (bytes < wanted) {
        for await (const slice of slices(file)) {
          bytes += slice.length;
          yield slice;
        }
      }
    }
    const drop = new WritableStream();
    await exportStream(users(), request).pipeTo(drop);
    // It is there already, so this only gives what it exports.
    return { bytes, wasmMemory: initSync().memory.buffer.byteLength };
  },
});
