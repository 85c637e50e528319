/** What a reader pastes becomes Python: sessions of an interpreter, and indentation that only looks like spaces. */
import { isolateHistory } from "@codemirror/commands";
import { EditorView } from "@codemirror/view";
import { codeOfSession, hasPrompts, withSpaces } from "./sessions.js";

/** @import { ChangeSet, Extension, Text } from "@codemirror/state" */

/**
 * After a paste, replaces what is no Python by its code, as a second change: undo brings first the pasted text back.
 * @type {Extension}
 */
export const pastedCode = EditorView.updateListener.of(({ transactions, startState, state, view }) => {
  const pasted = transactions.find(
    (transaction) => transaction.isUserEvent("input.paste") || transaction.isUserEvent("input.drop"),
  );
  // The code itself may be a session, of which the reader pastes another part.
  if (!pasted || hasPrompts(keptText(startState.doc, pasted.changes))) return;
  /** @type {{ from: number, to: number, insert: string }[]} */
  const changes = [];
  pasted.changes.iterChanges((_from, _to, from, to, inserted) => {
    const line = state.doc.lineAt(from);
    const indentation = line.text.slice(0, from - line.from);
    const text = inserted.toString();
    const code = indentation.trim() === "" ? codeOfSession(text) : null;
    const insert = code?.replace(/\n(?!\n)/g, `\n${indentation}`) ?? withSpaces(text);
    if (insert !== text) changes.push({ from, to, insert });
  });
  if (changes.length > 0) view.dispatch({ changes, annotations: isolateHistory.of("full") });
});

/**
 * What a change leaves of the code.
 * @param {Text} doc before it
 * @param {ChangeSet} changes
 */
function keptText(doc, changes) {
  let kept = "";
  changes.iterGaps((from, _to, length) => {
    kept += `${doc.sliceString(from, from + length)}\n`;
  });
  return kept;
}
