/** Asks for another name for the variable at the cursor. */
import { ensureSyntaxTree } from "@codemirror/language";
import { button } from "../dom.js";
import { RENAME_MESSAGES } from "../messages.js";
import { field, Panel } from "./panel.js";
import { findVariable, whyNot } from "./rename.js";

/** @import { EditorView } from "@codemirror/view" */

/** Enough for thousands of lines. */
const PARSE_TIMEOUT_MS = 200;

/** @param {HTMLElement} cell @param {EditorView} view @param {(text: string) => void} say */
export function rename(cell, view, say) {
  const code = view.state.doc.toString();
  const tree = ensureSyntaxTree(view.state, code.length, PARSE_TIMEOUT_MS);
  if (tree === null || view.state.readOnly) return say(RENAME_MESSAGES.nothing);
  const found = findVariable(tree, code, view.state.selection.main.head);
  if (typeof found === "string") return say(RENAME_MESSAGES[found]);
  const apply = () => {
    // The code may have changed since, by Reset for example.
    if (view.state.doc.toString() !== code) return panel.close();
    const refused = whyNot(tree, code, found, text.value.trim());
    if (refused) return panel.say(RENAME_MESSAGES[refused]);
    const insert = text.value.trim();
    panel.close();
    view.dispatch({ changes: found.uses.map(({ from, to }) => ({ from, to, insert })), userEvent: "rename" });
    say(RENAME_MESSAGES.renamed({ count: found.uses.length }));
  };
  const text = field(RENAME_MESSAGES.newName, found.name, apply);
  const title = RENAME_MESSAGES.title({ name: found.name });
  const panel = new Panel(cell, view, title, [[text, button(RENAME_MESSAGES.menu, {}, apply)]]);
  text.focus();
  text.select();
}
