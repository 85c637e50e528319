/** Several blocks of the theme in one cell: one editor replaces all of them, with the same gaps between their code. */
import { lastBlockIn } from "../cell/code_block.js";
import { element } from "../dom.js";
import { firstLines } from "./sessions.js";

/** @import { EditorView } from "@codemirror/view" */
/** @import { Places } from "./places.js" */

/** A block besides the first. `element` is a child of the cell. @typedef {{ element: HTMLElement, block: HTMLElement }} Joined */

/** @param {HTMLElement} cell @returns {Joined[]} those after the first */
export function joinedBlocks(cell) {
  const found = [...cell.children].flatMap((child) => {
    const block = child.slot ? undefined : lastBlockIn(/** @type {HTMLElement} */ (child)); // a stored output
    return block ? [{ element: /** @type {HTMLElement} */ (child), block }] : [];
  });
  return found.slice(1);
}

/** The blocks besides the first, which are out of sight while the editor is in the first one. */
export class Join {
  #others;
  #source;
  /** Where the blocks begin in the code. @type {{ line: number, top: number }[]} */
  #starts = [];

  /**
   * Measures the blocks.
   * @param {HTMLElement} first the block that the editor goes into
   * @param {Joined[]} others
   * @param {string} source
   */
  constructor(first, others, source) {
    this.#others = others;
    this.#source = source;
    const blocks = [first, ...others.map(({ block }) => block)];
    const texts = blocks.map(({ textContent }) => textContent);
    const tops = blocks.map(topOfText);
    for (const [index, line] of firstLines(source, texts).entries()) {
      const top = tops[index];
      if (line > 0 && top !== undefined) this.#starts.push({ line, top });
    }
  }

  /**
   * Takes the other blocks out of sight. Their code keeps its place on the page.
   * @param {EditorView} view in the page
   * @param {Places} places of the editor
   */
  apply(view, places) {
    if (view.state.doc.toString() === this.#source) places.keepApart(this.#gaps(view));
    for (const { element: other } of this.#others) other.style.display = "none";
  }

  /** @param {EditorView} view @returns {[line: number, element: HTMLElement][]} */
  #gaps(view) {
    /** @type {[number, HTMLElement][]} */
    const gaps = [];
    let moved = 0;
    for (const { line, top } of this.#starts) {
      const found = view.coordsAtPos(view.state.doc.line(line).from)?.top ?? top;
      const height = top - found - moved;
      if (line === 1 || height < 1) continue;
      moved += height;
      gaps.push([line - 1, gap(height)]);
    }
    return gaps;
  }

  /** The other blocks are in sight again. */
  undo() {
    for (const { element: other } of this.#others) {
      other.style.display = "";
      if (!other.getAttribute("style")) other.removeAttribute("style");
    }
  }
}

/** @param {number} height in px */
function gap(height) {
  const made = element("div", { className: "pyrun-gap" });
  made.style.height = `${height}px`;
  return made;
}

/** @param {HTMLElement} block @returns {number | undefined} in px, from the top of the window; nothing if it is hidden */
function topOfText(block) {
  const range = document.createRange();
  range.selectNodeContents(block);
  return range.getClientRects()[0]?.top;
}
