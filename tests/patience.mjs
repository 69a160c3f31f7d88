/**
 * For how many milliseconds the tests wait for a browser, which on a machine with other work takes
 * ten times as long as on a quiet one: only what hangs reaches the end.
 */
export const PATIENCE = 180_000;
