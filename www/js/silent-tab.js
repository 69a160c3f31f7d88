// @ts-check
// Says above the page that it waits for another tab, since nothing else on the page goes on by then.

const TEXT =
  "Another tab of this page runs the exports, and does not answer. The browser may have suspended it: show that tab, or close it.";

/** @type {HTMLElement | undefined} */
let note;

/**
 * Shows the note, or takes it away.
 *
 * @param {boolean} isSilent
 */
export function showSilence(isSilent) {
  note?.remove();
  note = undefined;
  if (!isSilent) return;
  note = document.createElement("p");
  note.className = "note is-warning";
  // Read aloud once it is there.
  note.setAttribute("role", "alert");
  note.textContent = TEXT;
  document.body.prepend(note);
}
