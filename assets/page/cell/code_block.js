/** Where the code stands, from the most to the least particular: a table has a `pre` for its line numbers too. */
const CODE_BLOCKS = ["td.code pre", "pre"];

/**
 * The `pre` that holds the code of a cell, as the host made it.
 * @param {HTMLElement} cell
 * @returns {HTMLElement | null} `null` in a hidden cell
 */
export function codeBlockOf(cell) {
  const found = CODE_BLOCKS.map((selector) => [...cell.querySelectorAll(selector)].at(-1)).find(Boolean);
  return found instanceof HTMLElement ? found : null;
}
