/** The theme's code block: where the editor goes, what it measures, and how it comes back. */
import { EditorView } from "@codemirror/view";
import { codeBlockOf } from "../cell/code_block.js";

/** @import { Extension } from "@codemirror/state" */

/**
 * @typedef {object} CodeBox
 * @property {HTMLElement} element the innermost element around the code, whose children the editor replaces
 * @property {HTMLElement} block the `pre`
 * @property {number} tabSize in columns
 * @property {boolean} wraps whether long lines are broken
 * @property {number} overflowWidthEm width of the longest line if the reader has to scroll for it, otherwise 0
 */

/**
 * Finds and measures the code in a cell.
 * @param {HTMLElement} target
 * @returns {CodeBox}
 */
export function findCodeBox(target) {
  const block = codeBlockOf(target);
  if (block === null) throw new Error("pyrun: this example has no <pre> to edit.");
  const code = block.querySelector(":scope > code");
  const element = code instanceof HTMLElement ? code : block;
  const style = getComputedStyle(element);
  return {
    element,
    block,
    tabSize: Number.parseInt(style.tabSize, 10) || 8,
    wraps: style.whiteSpace !== "pre",
    overflowWidthEm: overflowWidth([element, block]) / Number.parseFloat(style.fontSize),
  };
}

/**
 * @param {HTMLElement[]} candidates of which one scrolls
 * @returns {number} in px
 */
function overflowWidth(candidates) {
  const scroller = candidates.find(
    ({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth,
  );
  if (!scroller) return 0;
  const { paddingLeft, paddingRight } = getComputedStyle(scroller);
  return scroller.scrollWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
}

/**
 * Puts something else in place of the code while the block keeps its height, so that the page neither jumps nor loses
 * its scroll position.
 * @template T
 * @param {CodeBox} box
 * @param {() => T} swap
 * @returns {T}
 */
export function withStableLayout({ block, element }, swap) {
  const scrolled = [block, element].map(
    (node) => /** @type {const} */ ([node, node.scrollLeft, node.scrollTop]),
  );
  const minHeight = block.style.minHeight;
  block.style.minHeight = getComputedStyle(block).height;
  // Before anything else, because a new style sheet is costly while thousands of spans are still there.
  element.replaceChildren();
  const result = swap();
  block.style.minHeight = minHeight;
  if (!block.getAttribute("style")) block.removeAttribute("style");
  for (const [node, left, top] of scrolled) {
    node.scrollLeft = left;
    node.scrollTop = top;
  }
  return result;
}

/**
 * Keeps what is between the lines as wide as what the reader sees of the block, however long the lines are.
 * @param {CodeBox} box
 * @returns {() => void} ends it
 */
export function followWidth({ block, element }) {
  const boxes = [...new Set([block, element])];
  const observer = new ResizeObserver(() => {
    const paddings = boxes.map((box) => {
      const { paddingLeft, paddingRight } = getComputedStyle(box);
      return Number.parseFloat(paddingLeft) + Number.parseFloat(paddingRight);
    });
    const width = block.clientWidth - paddings.reduce((sum, padding) => sum + padding, 0);
    element.style.setProperty("--_visible-width", `${width}px`);
  });
  observer.observe(block);
  return () => {
    observer.disconnect();
    element.style.removeProperty("--_visible-width");
    if (!element.getAttribute("style")) element.removeAttribute("style");
  };
}

/**
 * Makes scrolling to the start of a line end at the edge of the block, not at the first character: the padding and the
 * line number come into sight too.
 * @param {CodeBox} box
 * @returns {Extension}
 */
export function scrollToEdge({ block, element }) {
  return EditorView.scrollMargins.of(({ contentDOM }) => {
    const keys = document.querySelector(".pyrun-keys"); // they cover the lower edge on phones
    const bottom = keys instanceof HTMLElement ? keys.offsetHeight : 0;
    // Nothing to scroll back. CodeMirror would also take the first characters for hidden, and show no tooltips there.
    if (block.scrollLeft === 0 && element.scrollLeft === 0) return bottom > 0 ? { bottom } : null;
    const indent = Number.parseFloat(getComputedStyle(contentDOM).textIndent);
    const paddings = [...new Set([block, element])].map((box) =>
      Number.parseFloat(getComputedStyle(box).paddingLeft),
    );
    return { left: paddings.reduce((sum, padding) => sum + padding, indent), bottom };
  });
}

/**
 * Marks the code as highlighted, so that highlight.js leaves it alone.
 * @param {CodeBox} box
 * @returns {() => void} takes the mark back
 */
export function markHighlighted({ element }) {
  const before = element.dataset.highlighted;
  element.dataset.highlighted = "yes";
  return () => {
    if (before === undefined) delete element.dataset.highlighted;
    else element.dataset.highlighted = before;
  };
}
