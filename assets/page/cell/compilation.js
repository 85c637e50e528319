/** Copies of examples in other places than their authors wrote them for: on pages that collect pages, and in previews. */

import { sourceOf } from "./source.js";

/**
 * Whether the page is such a collection. Then nothing starts before the reader asks for it, because no author chose
 * for this page what runs when.
 */
export function isCompilation() {
  const cells = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("pyrun-cell"));
  return [...cells].some(({ dataset }) => dataset.page !== cells[0]?.dataset.page);
}

/** Whether all cells that came with the page have been made. Those in its own dialogs are live. */
let isParsed = false;

/** All cells that came with the page have been made. */
export function endOfParsing() {
  isParsed = true;
}

/**
 * Whether a cell is in a tooltip that a theme has made of a piece of some page. There it is only its block of code.
 * @param {HTMLElement} cell
 */
export const isPreview = (cell) =>
  isParsed && cell.closest("[role=tooltip],[role=dialog],.tooltipster-base") !== null;

/** Removes what a copy says of the run of its original, and the lines of its editor. @param {HTMLElement} copy */
export function forgetRun(copy) {
  const { dataset } = copy;
  copy.querySelector(".cm-editor")?.replaceWith(sourceOf(copy));
  dataset.state = "idle";
  delete dataset.run;
  delete dataset.stale;
  delete dataset.ready;
  delete dataset.live;
  delete dataset.modified;
}
