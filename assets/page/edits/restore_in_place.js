/** Brings code back into a cell without moving the page under the reader. */
import { codeBlockOf } from "../cell/code_block.js";

/** @import { LiveCell } from "../cell/live_cell.js" */

/** What a reader does in a cell before they read or change its code. */
const SIGNS = ["pointerdown", "focusin", "keydown"];

/**
 * Writes the code of the reader, or of a link. In sight of the reader the block keeps its height, and scrolls, until they
 * turn to it.
 * @param {LiveCell} cell
 * @param {string} code
 */
export async function restoreInPlace(cell, code) {
  const block = codeBlockOf(cell);
  const release = block && isInSight(block) && !cell.matches(":focus-within") ? hold(block) : () => {};
  await cell.writeCode(code);
  for (const sign of SIGNS) cell.addEventListener(sign, release, { once: true });
}

/** @param {HTMLElement} block */
function isInSight(block) {
  const { top, bottom } = block.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** @param {HTMLElement} block @returns {() => void} gives it the height of its content */
function hold(block) {
  const { height, overflowY } = block.style;
  block.style.height = getComputedStyle(block).height;
  block.style.overflowY = "auto";
  return () => {
    block.style.height = height;
    block.style.overflowY = overflowY;
    if (!block.getAttribute("style")) block.removeAttribute("style");
  };
}
