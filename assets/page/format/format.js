/** Formats the code of a cell with the formatter that its author has named. */
import { syntaxTree } from "@codemirror/language";
import { EditorSelection } from "@codemirror/state";
import { FORMAT_MESSAGES } from "../messages.js";
import { formatWithBlack } from "./black.js";
import { changesBetween } from "./changes.js";
import { formatWithRuff } from "./ruff.js";

/** @import { Annotation, EditorState } from "@codemirror/state" */
/** @import { EditorView } from "@codemirror/view" */
/** @import { Change } from "./changes.js" */
/** @import { ImportPinned } from "./formatted.js" */
/** @import { LiveCell } from "../cell/live_cell.js" */

/** The end of a word. */
const WORD = /[\p{L}\p{N}_]/u;

/**
 * Formats all of the code, as one step for **Undo**. What the reader writes meanwhile stays as it is.
 * @param {LiveCell} cell
 * @param {EditorView} view
 * @param {(text: string) => void} say
 * @param {{ importPinned: ImportPinned, ownStep: Annotation<any> }} editor what only the editor's bundle has
 * @throws {Error} the formatter cannot be loaded
 */
export async function format(cell, view, say, { importPinned, ownStep }) {
  const code = view.state.doc.toString();
  if (code && syntaxTree(view.state).length === 0) return; // a file of a playground that is no Python
  say(FORMAT_MESSAGES.running);
  const isForBlack = cell.dataset.format === "black";
  const formatted = await (isForBlack
    ? formatWithBlack(cell, code)
    : formatWithRuff(cell, code, importPinned));
  if ("problem" in formatted)
    return say(
      formatted.problem === "syntax" ? FORMAT_MESSAGES.syntax(formatted) : FORMAT_MESSAGES[formatted.problem],
    );
  if (view.state.doc.toString() !== code) return say(FORMAT_MESSAGES.edited);
  const changes = changesBetween(code, withEndOf(code, formatted.code));
  if (changes.length === 0) return say(FORMAT_MESSAGES.unchanged);
  const selection = keptSelection(view.state, changes);
  view.dispatch({ changes, selection, userEvent: "format", annotations: ownStep });
  say(FORMAT_MESSAGES.done);
}

/**
 * Cursors stay after the word that they are behind, and otherwise before what follows.
 * @param {EditorState} state
 * @param {Change[]} changes
 */
function keptSelection(state, changes) {
  const { selection } = state;
  const moved = state.changes(changes);
  const move = (/** @type {number} */ at) =>
    moved.mapPos(at, WORD.test(state.sliceDoc(Math.max(at - 1, 0), at)) ? -1 : 1);
  const ranges = selection.ranges.map(({ anchor, head }) => EditorSelection.range(move(anchor), move(head)));
  return EditorSelection.create(ranges, selection.mainIndex);
}

/** Examples end without a line break, which formatters add. @param {string} code @param {string} formatted */
const withEndOf = (code, formatted) => (code.endsWith("\n") ? formatted : formatted.replace(/\n$/, ""));
