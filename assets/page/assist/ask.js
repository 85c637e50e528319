/** Asks the Python of a cell about the code in its editor. */
import { MOST_QUESTION_CHARACTERS } from "../../shared/limits.js";
import { statementStart } from "./statement.js";

/** @import { EditorState } from "@codemirror/state" */
/** @import { AssistAnswers } from "../../shared/assist_messages.js" */
/** @import { CellInterpreter, LiveCell } from "../cell/live_cell.js" */

/** Whether Python has been needed in this page. Until then nobody is asked, because that would request what it needs. */
let isNeeded = false;

document.addEventListener("pyrun:start", () => {
  isNeeded = true;
});

/** @param {LiveCell} cell @returns {CellInterpreter | null} `null` as long as nothing has needed Python */
export function interpreterOf(cell) {
  isNeeded ||= document.querySelector("pyrun-cell[data-run]") !== null;
  return isNeeded ? cell.interpreter : null;
}

/**
 * The code that matters at a position: imports are at the beginning, and the rest is near.
 * @param {EditorState} state
 * @param {number} position
 */
function codeAround(state, position) {
  const near = position - MOST_QUESTION_CHARACTERS;
  if (near <= MOST_QUESTION_CHARACTERS) return state.sliceDoc(0, 2 * MOST_QUESTION_CHARACTERS);
  return `${state.sliceDoc(0, MOST_QUESTION_CHARACTERS)}\n${state.sliceDoc(near, position)}`;
}

/**
 * @template {keyof AssistAnswers} Kind
 * @param {LiveCell} cell
 * @param {Kind} kind
 * @param {EditorState} state
 * @param {number} position of the cursor, or of what is described
 * @param {boolean} [asked] whether the reader has asked for it
 * @returns {Promise<AssistAnswers[Kind] | null>} `null` while Python is off or busy, or if there is nothing to say
 */
export async function ask(cell, kind, state, position, asked = false) {
  const interpreter = interpreterOf(cell);
  if (!interpreter) return null;
  const from = statementStart(state, position);
  const to = kind === "describe" ? state.doc.lineAt(position).to : position;
  return interpreter.questions.ask(cell, location.pathname, {
    kind,
    before: state.sliceDoc(from, to),
    code: kind === "check" ? state.doc.toString() : codeAround(state, position),
    cursor: [...state.sliceDoc(from, position)].length, // Python counts code points
    asked,
    fileName: kind === "check" ? cell.sourceFile.fileName : "",
  });
}
