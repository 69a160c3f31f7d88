// What wasm-bindgen makes of `www/src`.

/** Loads the page and shows it. */
export default function init(): Promise<unknown>;
