/** The code as the page shows it without an editor: highlighted text. */
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
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
  /** @type {DocumentFragment | HTMLElement} */
  let line = fragment;
  let index = 0;
  const startLine = () => {
    line = fragment;
    if (emphasized.has(index + 1)) {
      line = span("", "hll");
      fragment.append(line);
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

/** @param {string} text @param {string} className */
function span(text, className) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}
