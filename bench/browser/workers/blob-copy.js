// The limit: the same slices, copied into wasm memory and dropped.

import { contender, SLICE, slices } from "./contender.js";

const PAGE = 64 * 1024;

contender({
  async prepare() {
    return new Uint8Array(new WebAssembly.Memory({ initial: SLICE / PAGE }).buffer);
  },
  async run(file, memory) {
    for await (const chunk of slices(file)) memory.set(chunk);
  },
});
