// @ts-check
// Whether wasm may use SIMD here: browsers from before 2023, and processors from before 2008, lack it.

/** `(func (result v128) (i8x16.popcnt (i8x16.splat (i32.const 0))))`, which compiles only with SIMD. */
const MODULE = [
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // wasm, version 1
  ...[1, 5, 1, 0x60, 0, 1, 0x7b], // a type: () -> v128
  ...[3, 2, 1, 0], // a function of this type
  ...[10, 10, 1, 8, 0, 0x41, 0, 0xfd, 15, 0xfd, 98, 11], // its code
];

export function hasSimd() {
  return WebAssembly.validate(new Uint8Array(MODULE));
}
