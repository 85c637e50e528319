/** The code before the cursor, as far as Python needs it to know where the cursor is. */
import { syntaxTree } from "@codemirror/language";
import { MOST_STATEMENT_CHARACTERS } from "../../shared/limits.js";

/** @import { EditorState } from "@codemirror/state" */

/**
 * Where the statement around a position starts: that of the whole block, because an error in a line can end it early.
 * @param {EditorState} state
 * @param {number} position
 */
export function statementStart(state, position) {
  let node = syntaxTree(state).resolveInner(position, -1);
  while (node.parent?.parent) node = node.parent;
  const line = state.doc.lineAt(position);
  const from = node.parent ? Math.min(state.doc.lineAt(node.from).from, line.from) : line.from;
  const earliest = position - MOST_STATEMENT_CHARACTERS;
  return from >= earliest ? from : Math.min(state.doc.lineAt(Math.max(earliest, 0)).to, line.from);
}

/**
 * Whether a position is in a comment, or in a string but not in a field of one.
 * @param {EditorState} state
 * @param {number} position
 */
export function isInText(state, position) {
  for (
    let node = /** @type {import("@lezer/common").SyntaxNode | null} */ (
      syntaxTree(state).resolveInner(position, -1)
    );
    node;
    node = node.parent
  ) {
    if (node.name === "FormatReplacement") return false;
    if (/String$|^Comment$/.test(node.name)) return true;
  }
  return false;
}
