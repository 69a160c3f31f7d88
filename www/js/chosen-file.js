// @ts-check
// A file that the person chooses to save an export directly.

/**
 * What each ending of an export's name stands for.
 *
 * @type {Record<string, { description: string, accept: Record<string, string[]> }>}
 */
const TYPES = {
  csv: { description: "CSV", accept: { "text/csv": [".csv"] } },
  json: { description: "JSON, one user per line", accept: { "application/x-ndjson": [".json"] } },
  gz: { description: "Compressed export", accept: { "application/gzip": [".gz"] } },
};

/** Whether the browser can write into a file that a person chooses. */
export function canSaveDirectly() {
  return typeof window.showSaveFilePicker === "function";
}

/**
 * Asks for a place to save to: the handle of a file, or `undefined` if the person wants none.
 *
 * @param {string} suggestedName
 */
export async function chooseFile(suggestedName) {
  const type = TYPES[suggestedName.split(".").at(-1) ?? ""];
  try {
    return await window.showSaveFilePicker({ id: "rollcall-exports", suggestedName, types: [type] });
  } catch (error) {
    if (error.name === "AbortError") return undefined;
    throw error;
  }
}
