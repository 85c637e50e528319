/** The code as the page shows it without an editor: highlighted text. */
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import { CLASSES, eachToken } from "./tokens.js";

/** @import { EditorState } from "@codemirror/state" */

/** Long enough for thousands of lines; what is not parsed by then stays plain. */
const PARSE_TIMEOUT_MS = 200;

/**
 * @param {EditorState} state
 * @returns {DocumentFragment}
 */
export function staticCode(state) {
  const { doc } = state;
  const tree = ensureSyntaxTree(state, doc.length, PARSE_TIMEOUT_MS) ?? syntaxTree(state);
  const fragment = document.createDocumentFragment();
  let done = 0;
  eachToken(tree, doc, 0, doc.length, (from, to, role) => {
    const token = document.createElement("span");
    token.className = CLASSES[role];
    token.textContent = doc.sliceString(from, to);
    fragment.append(doc.sliceString(done, from), token);
    done = to;
  });
  fragment.append(`${doc.sliceString(done)}\n`);
  return fragment;
}
