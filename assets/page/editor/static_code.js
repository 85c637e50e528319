/** The code as the page shows it without an editor: highlighted text. */
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import { CLASSES, eachToken } from "./tokens.js";

/** @import { EditorState } from "@codemirror/state" */
/** @import { InlineNumbers } from "./line_numbers.js" */

/** Long enough for thousands of lines; what is not parsed by then stays plain. */
const PARSE_TIMEOUT_MS = 200;

/**
 * Writes what Pygments would have written for the code in the editor.
 * @param {EditorState} state
 * @param {InlineNumbers | null} numbers
 * @returns {DocumentFragment}
 */
export function staticCode(state, numbers) {
  const { doc } = state;
  const fragment = document.createDocumentFragment();
  let line = 0;
  const startLine = () => numbers && fragment.append(numbers.make(line));
  /** @param {string} text @param {string} [className] */
  const add = (text, className) => {
    for (const [index, part] of text.split("\n").entries()) {
      if (index > 0) {
        fragment.append("\n");
        line += 1;
        startLine();
      }
      if (part) fragment.append(className ? token(part, className) : part);
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
  fragment.append("\n");
  return fragment;
}

/** @param {string} text @param {string} className */
function token(text, className) {
  const span = document.createElement("span");
  span.className = className;
  span.textContent = text;
  return span;
}
