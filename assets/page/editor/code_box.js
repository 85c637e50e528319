/** The theme's code block: where the editor goes, what it measures, and how it comes back. */

/** Where the code stands, from the most to the least particular: a table has a `pre` for its line numbers too. */
const CODE_BLOCKS = ["td.code pre", "pre"];

/**
 * @typedef {object} CodeBox
 * @property {HTMLElement} element the innermost element around the code, whose children the editor replaces
 * @property {HTMLElement} block the `pre`
 * @property {number} tabSize in columns
 * @property {boolean} wraps whether long lines are broken
 */

/**
 * Finds the code in a cell.
 * @param {HTMLElement} target
 * @returns {CodeBox}
 */
export function findCodeBox(target) {
  const block = CODE_BLOCKS.map((selector) => [...target.querySelectorAll(selector)].at(-1)).find(Boolean);
  if (!(block instanceof HTMLElement)) throw new Error("pyrun: this example has no <pre> to edit.");
  const code = block.querySelector(":scope > code");
  const element = code instanceof HTMLElement ? code : block;
  const style = getComputedStyle(element);
  return {
    element,
    block,
    tabSize: Number.parseInt(style.tabSize, 10) || 8,
    wraps: style.whiteSpace !== "pre",
  };
}

/**
 * Does something to the block while it keeps its height, so that the page neither jumps nor loses its scroll position.
 * @template T
 * @param {CodeBox} box
 * @param {() => T} swap
 * @returns {T}
 */
export function keepingPlace({ block, element }, swap) {
  const scrolled = [block, element].map(
    (node) => /** @type {const} */ ([node, node.scrollLeft, node.scrollTop]),
  );
  const minHeight = block.style.minHeight;
  block.style.minHeight = getComputedStyle(block).height;
  const result = swap();
  block.style.minHeight = minHeight;
  if (!block.getAttribute("style")) block.removeAttribute("style");
  for (const [node, left, top] of scrolled) {
    node.scrollLeft = left;
    node.scrollTop = top;
  }
  return result;
}
