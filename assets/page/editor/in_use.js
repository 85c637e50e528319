/** Whether a reader uses what is in the highlighted block, and does not want to edit yet. */
import { nextTask } from "../dom.js";

/** A marker that opens a note, or a link. The editor would take it away. */
const IN_USE = ":is(a, aside, button):is(:hover, :focus-within)";

/** What is being clicked: the click would be lost. */
const PRESSED = "summary:active";

/** What changes whether it is in use. */
const CHANGES = ["pointerover", "pointerleave", "focusin", "focusout", "click"];

/**
 * Resolves when nothing in the block is in use.
 * @param {HTMLElement} cell
 * @param {HTMLElement} block the highlighted code
 */
export async function whenUnused(cell, block) {
  while (isInUse(block)) {
    await new Promise((changed) => {
      for (const kind of CHANGES) cell.addEventListener(kind, changed, { once: true });
    });
    await nextTask(); // when the selectors match what is so after the event
  }
}

/** @param {HTMLElement} block */
function isInUse(block) {
  if (block.querySelector(PRESSED)) return true;
  // A clicked marker keeps the focus while the reader points at the code again.
  return [...block.querySelectorAll(IN_USE)].some(
    (element) => element.matches(":hover") || !block.matches(":hover"),
  );
}
