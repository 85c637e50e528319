/** The theme's highlighted block in a cell: where it is, and how the keyboard reaches it before there is an editor. */
import { CELL_MESSAGES } from "../messages.js";

/** Where the code is, most specific first: a table has a `pre` for its line numbers too. */
const CODE_BLOCKS = ["td.code pre", "pre"];

/**
 * The `pre` that holds the code of a cell, as the host made it: the first, if several examples were joined.
 * @param {HTMLElement} cell
 * @returns {HTMLElement | null} `null` in a hidden cell
 */
export const codeBlockOf = (cell) => [...cell.children].map(lastBlockIn).find(Boolean) ?? null;

/**
 * The `pre` with the code in a block of the host.
 * @param {Element} block
 * @returns {HTMLElement | undefined}
 */
export const lastBlockIn = (block) =>
  CODE_BLOCKS.map((selector) =>
    /** @type {HTMLElement[]} */ ([block, ...block.querySelectorAll("pre")])
      .filter((found) => found.matches(selector))
      .at(-1),
  ).find(Boolean);

/** Lets the keyboard reach the block with Tab, which loads the editor. @param {HTMLElement} cell */
export function makeFocusable(cell) {
  const block = codeBlockOf(cell);
  if (block === null) return;
  block.tabIndex = 0;
  block.setAttribute("role", "group");
  block.setAttribute("aria-label", CELL_MESSAGES.staticCode);
}

/** The editor replaces the code in the block. @param {HTMLElement} block */
export function leaveToEditor(block) {
  for (const name of ["tabindex", "role", "aria-label"]) block.removeAttribute(name);
}
