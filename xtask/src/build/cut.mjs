// node cut.mjs <wasm file> <name>…: empties the function of each name, in place.

import { readFileSync, writeFileSync } from "node:fs";
import binaryen from "binaryen";

const [file, ...names] = process.argv.slice(2);
const module = binaryen.readBinary(readFileSync(file));
const functions = Array.from({ length: module.getNumFunctions() }, (_, index) => module.getFunctionByIndex(index));
for (const name of names) {
  // Behind its path a function has a hash in its name.
  const found = functions.filter((one) => binaryen.getFunctionInfo(one).name.split("::").includes(name));
  if (found.length !== 1) {
    throw new Error(`${found.length} functions of ${file} are called ${name}`);
  }
  binaryen.Function(found[0]).body = module.unreachable();
}
writeFileSync(file, module.emitBinary());
