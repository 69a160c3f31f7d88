// Rollcall's projector alone: the first users of the file, in wasm memory, again and again.

import initialize, { Users } from "/engine/engine.js";
import { contender } from "./contender.js";

contender({
  async prepare(job) {
    await initialize();
    return job;
  },
  async run(file, { request, bytes: length, passes }) {
    const bytes = new Uint8Array(await file.slice(0, length).arrayBuffer());
    const users = new Users(bytes.subarray(0, bytes.lastIndexOf(10) + 1));
    const start = performance.now();
    for (let pass = 0; pass < passes; pass += 1) users.project(JSON.stringify(request));
    return { seconds: (performance.now() - start) / 1000 };
  },
});
