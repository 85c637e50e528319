/** What Copy copies of the author's code while there is no editor: without lines that are folded away, if the author says so. */
import { linesOf } from "../code_lines.js";
import { sourceOf } from "./source.js";

/** What the page shows before there is an editor (`pyrun_core/examples/folded_block.py`). */
const FOLD = "details.pyrun-fold";

/** The word of the option `hidden-lines-in` for what Copy copies, which is its default. */
const COPY = "copy";

/** @param {Pick<HTMLElement, "dataset" | "querySelectorAll">} cell @returns {string} */
export function visibleSource(cell) {
  const source = sourceOf(cell);
  const { hiddenLinesIn = COPY, hideLines = "" } = cell.dataset;
  if (!hideLines || hiddenLinesIn.includes(COPY)) return source;
  const isOpen = [...cell.querySelectorAll(FOLD)].map((fold) => fold.hasAttribute("open"));
  const hidden = new Set(hideLines.split(" ").map(Number));
  let fold = -1;
  const shown = linesOf(source).filter((_, index) => {
    if (!hidden.has(index + 1)) return true;
    if (!hidden.has(index)) fold += 1; // the first line of a stretch
    return isOpen[fold] === true;
  });
  return shown.join("\n");
}
