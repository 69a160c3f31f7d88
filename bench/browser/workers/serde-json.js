// serde_json into a typed struct, in wasm.

import initialize, { Typed } from "/engine/engine.js";
import { contender, openOutput, slices } from "./contender.js";

contender({
  prepare: () => initialize(),
  async run(file) {
    const access = await openOutput();
    const typed = new Typed(access);
    for await (const chunk of slices(file)) typed.push(chunk);
    typed.finish();
    access.flush();
    access.close();
  },
});
