/** Keeps the author's line numbers as they look, and in step with the lines. Pygments puts them in two places. */
import { EditorView, GutterMarker, gutter, gutters } from "@codemirror/view";

/** @import { EditorState, Extension } from "@codemirror/state" */
/** @import { CodeBox } from "./code_box.js" */

/**
 * The line numbers of a block, wherever they are.
 * @param {CodeBox} box
 * @returns {Extension}
 */
export function lineNumbers(box) {
  const inline = inlineNumbers(box.element);
  const column = box.block.closest("table")?.querySelector("td.linenos pre");
  if (inline) return [gutters({ fixed: false }), numberGutter(inline)];
  return column ? numberColumn(column) : [];
}

/**
 * Numbers that stand in front of each line, within the code.
 * @typedef {object} InlineNumbers
 * @property {HTMLElement} template the element of the first one
 * @property {string} label its text with the padding around the digits
 * @property {number} first
 * @property {number} widthEm how far they push the code to the right
 */

/** @param {HTMLElement} element @returns {InlineNumbers | null} */
function inlineNumbers(element) {
  const template = element.querySelector(".linenos");
  if (!(template instanceof HTMLElement)) return null;
  const label = template.dataset.linenos ?? template.textContent;
  return { template, label, first: Number.parseInt(label, 10) || 1, widthEm: pushedByEm(template, element) };
}

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

/** @param {InlineNumbers} numbers @returns {Extension} */
function numberGutter({ template, label, first, widthEm }) {
  /** @param {number} index from 0 */
  const labelOf = (index) =>
    label.replace(/ *\d+/, (digits) => String(first + index).padStart(digits.length));
  /** @param {EditorState} state */
  const addedColumns = (state) => labelOf(state.doc.lines - 1).length - label.length;
  return [
    gutter({
      lineMarker: ({ state }, { from }) =>
        new NumberMarker(template, labelOf(state.doc.lineAt(from).number - 1)),
    }),
    EditorView.editorAttributes.compute(["doc"], (state) => ({
      style: `--pyrun-number-width: calc(${widthEm}em + ${addedColumns(state)}ch)`,
    })),
  ];
}

class NumberMarker extends GutterMarker {
  /**
   * @param {HTMLElement} template
   * @param {string} label
   */
  constructor(template, label) {
    super();
    this.template = template;
    this.label = label;
  }

  /** @param {NumberMarker} other @override */
  eq(other) {
    return this.label === other.label;
  }

  /** @override */
  toDOM() {
    return labelled(this.template, this.label);
  }
}

/**
 * Numbers in a table cell of their own, beside the code.
 * @param {Element} column
 * @returns {Extension}
 */
function numberColumn(column) {
  const numbers = /** @type {HTMLElement[]} */ (
    [...column.children].filter((child) => /\d/.test(child.textContent))
  );
  const first = Number.parseInt(column.textContent, 10) || 1;
  return EditorView.updateListener.of(({ startState, state }) => {
    if (startState.doc.lines === state.doc.lines) return;
    const lines = [...Array(state.doc.lines).keys()];
    const width = String(first + state.doc.lines - 1).length;
    column.replaceChildren(
      ...lines.flatMap((index) => {
        const label = String(first + index).padStart(width);
        numbers[index] ??= labelled(numbers[0] ?? document.createElement("span"), label);
        return [numbers[index], "\n"];
      }),
    );
  });
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
