/** Keeps the author's line numbers as they look, and in step with the lines. Pygments puts them in two places. */
import { EditorView, GutterMarker, gutter, gutters } from "@codemirror/view";
import { foldedLines, hasFolded } from "./folds.js";

/** @import { EditorState, Extension } from "@codemirror/state" */
/** @import { CodeBox } from "./code_box.js" */

/**
 * Numbers in front of each line, within the code.
 * @typedef {object} InlineNumbers
 * @property {(index: number) => string} labelOf the text for a line, counted from 0
 * @property {(index: number) => HTMLElement} make the element for it
 * @property {number} widthEm how far they push the code to the right
 */

/**
 * Finds the numbers within the code, if that is where they are.
 * @param {CodeBox} box
 * @returns {InlineNumbers | null}
 */
export function inlineNumbers({ element }) {
  const template = element.querySelector(".linenos:not(.pyrun-show *)");
  if (!(template instanceof HTMLElement)) return null;
  const label = template.dataset.linenos ?? template.textContent;
  const first = Number.parseInt(label, 10) || 1;
  /** @param {number} index */
  const labelOf = (index) =>
    label.replace(/ *\d+/, (digits) => String(first + index).padStart(digits.length));
  return {
    labelOf,
    make: (index) => labelled(template, labelOf(index)),
    widthEm: pushedByEm(visibleNumber(element) ?? template, element),
  };
}

/** A number in sight, which may be the blank one of a control. @param {HTMLElement} element @returns {HTMLElement | undefined} */
const visibleNumber = (element) =>
  /** @type {HTMLElement[]} */ ([...element.querySelectorAll(".linenos")]).find((number) =>
    number.checkVisibility(),
  );

/**
 * @param {HTMLElement} number
 * @param {HTMLElement} element
 */
function pushedByEm(number, element) {
  const probe = document.createElement("span");
  number.after(probe);
  const style = getComputedStyle(element);
  const edge =
    Number.parseFloat(style.borderLeftWidth) + Number.parseFloat(style.paddingLeft) - element.scrollLeft;
  const pushed = probe.getBoundingClientRect().left - element.getBoundingClientRect().left - edge;
  probe.remove();
  return pushed / Number.parseFloat(style.fontSize);
}

/**
 * Numbers the lines where the block did: within the code, or in a column beside it.
 * @param {CodeBox} box
 * @param {InlineNumbers | null} inline
 * @returns {Extension}
 */
export function lineNumbers({ block }, inline) {
  // Folds have a gutter too.
  const place = gutters({ fixed: false });
  if (inline) return [place, numberGutter(inline)];
  const column = block.closest("table")?.querySelector("td.linenos pre");
  return column ? [place, numberColumn(column)] : place;
}

/** @param {InlineNumbers} numbers @returns {Extension} */
function numberGutter(numbers) {
  const { labelOf, widthEm } = numbers;
  /** @param {EditorState} state */
  const addedColumns = (state) => labelOf(state.doc.lines - 1).length - labelOf(0).length;
  return [
    gutter({
      lineMarker: ({ state }, { from }) =>
        foldedLines(state).some((fold) => fold.from === from)
          ? null
          : new NumberMarker(numbers, state.doc.lineAt(from).number - 1),
      lineMarkerChange: hasFolded,
    }),
    EditorView.editorAttributes.compute(["doc"], (state) => ({
      style: `--pyrun-number-width: calc(${widthEm}em + ${addedColumns(state)}ch)`,
    })),
  ];
}

class NumberMarker extends GutterMarker {
  /**
   * @param {InlineNumbers} numbers
   * @param {number} index
   */
  constructor(numbers, index) {
    super();
    this.numbers = numbers;
    this.index = index;
  }

  /** @param {NumberMarker} other @override */
  eq(other) {
    return this.index === other.index;
  }

  /** @override */
  toDOM() {
    return this.numbers.make(this.index);
  }
}

/**
 * Numbers in a separate table cell, beside the code.
 * @param {Element} column
 * @returns {Extension}
 */
function numberColumn(column) {
  const numbers = /** @type {HTMLElement[]} */ (
    [...column.querySelectorAll(":scope > :not(.pyrun-fold-numbers), .pyrun-fold-numbers > *")].filter(
      (child) => /\d/.test(child.textContent),
    )
  );
  const first = Number.parseInt(numbers[0]?.textContent ?? "", 10) || 1;
  return EditorView.updateListener.of((update) => {
    const { startState, state } = update;
    if (startState.doc.lines === state.doc.lines && !hasFolded(update)) return;
    const width = String(first + state.doc.lines - 1).length;
    column.replaceChildren(
      ...shownLines(state).flatMap((index) => {
        if (index === null) return " \n";
        const label = String(first + index).padStart(width);
        numbers[index] ??= labelled(numbers[0] ?? document.createElement("span"), label);
        return [numbers[index], "\n"];
      }),
    );
  });
}

/** @param {EditorState} state @returns {(number | null)[]} the lines in sight, from 0; `null` for those that are folded away */
function shownLines(state) {
  const { doc } = state;
  const lines = [];
  let next = 0;
  for (const { from, to } of foldedLines(state)) {
    for (const end = doc.lineAt(from).number - 1; next < end; next++) lines.push(next);
    lines.push(null);
    next = doc.lineAt(to).number;
  }
  while (next < doc.lines) lines.push(next++);
  return lines;
}

/**
 * A copy of a number with another label.
 * @param {HTMLElement} template
 * @param {string} label
 */
function labelled(template, label) {
  const copy = /** @type {HTMLElement} */ (template.cloneNode(true));
  copy.removeAttribute("id");
  if (copy.dataset.linenos === undefined) copy.textContent = label;
  else copy.dataset.linenos = label;
  return copy;
}
