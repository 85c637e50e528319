/** The code as the page shows it without an editor: highlighted text. */
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import { element } from "../dom.js";
import { FOLD_MESSAGES } from "../messages.js";
import { foldedLines } from "./folds.js";
import { emphasizedLines } from "./lines.js";
import { CLASSES } from "./token_classes.js";
import { eachToken } from "./tokens.js";

/** @import { EditorState } from "@codemirror/state" */
/** @import { InlineNumbers } from "./line_numbers.js" */

/** Enough for thousands of lines. What is not parsed by then has no colours. */
const PARSE_TIMEOUT_MS = 200;

/**
 * Writes what Pygments would have written for the code in the editor.
 * @param {EditorState} state
 * @param {InlineNumbers | null} numbers
 * @returns {DocumentFragment}
 */
export function staticCode(state, numbers) {
  const { doc } = state;
  const emphasized = emphasizedLines(state);
  const fragment = document.createDocumentFragment();
  /** The fragment, or the element of folded lines in it. @type {DocumentFragment | HTMLElement} */
  let block = fragment;
  /** @type {DocumentFragment | HTMLElement} */
  let line = fragment;
  let index = 0;
  const folded = foldedLines(state).map(({ from, to }) => ({
    first: doc.lineAt(from).number,
    last: doc.lineAt(to).number,
  }));
  const startLine = () => {
    const fold = folded.find(({ first }) => first === index + 1);
    if (folded.some(({ last }) => last === index)) block = fragment;
    if (fold) {
      block = foldElement(fold.last - fold.first + 1);
      fragment.append(block);
    }
    line = block;
    if (emphasized.has(index + 1)) {
      line = span("", "hll");
      block.append(line);
    }
    if (numbers) line.append(numbers.make(index));
  };
  /** @param {string} text @param {string} [className] */
  const add = (text, className) => {
    for (const [position, part] of text.split("\n").entries()) {
      if (position > 0) {
        line.append("\n");
        index += 1;
        startLine();
      }
      if (part) line.append(className ? span(part, className) : part);
    }
  };

  startLine();
  let done = 0;
  const tree = ensureSyntaxTree(state, doc.length, PARSE_TIMEOUT_MS) ?? syntaxTree(state);
  eachToken(tree, doc, 0, doc.length, (from, to, role) => {
    add(doc.sliceString(done, from));
    add(doc.sliceString(from, to), CLASSES[role]);
    done = to;
  });
  add(doc.sliceString(done));
  line.append("\n");
  return fragment;
}

/** As the page has it without an editor (`pyrun_core/examples/folded_block.py`). @param {number} lines */
function foldElement(lines) {
  const summary = element("summary", {
    className: "pyrun-show",
    "aria-label": FOLD_MESSAGES.show({ count: lines }),
  });
  return element("details", { className: "pyrun-fold" }, summary);
}

/** @param {string} text @param {string} className */
function span(text, className) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}
