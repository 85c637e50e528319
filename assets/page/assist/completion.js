/** The list of completions: what Python knows, or words while it is off or busy. */
import {
  acceptCompletion,
  autocompletion,
  closeCompletion,
  completionKeymap,
  completionStatus,
  insertCompletionText,
  pickedCompletion,
  selectedCompletion,
  startCompletion,
} from "@codemirror/autocomplete";
import { Prec } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { isConsole } from "../cell/example_data.js";
import { ask } from "./ask.js";
import { isInText } from "./statement.js";
import { codeOfPage, completeFromWords, wordsOf } from "./words.js";

/** @import { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete" */
/** @import { Extension } from "@codemirror/state" */
/** @import { EditorView } from "@codemirror/view" */
/** @import { Completions, Option } from "../../shared/assist_messages.js" */
/** @import { LiveCell } from "../cell/live_cell.js" */

/** CodeMirror's own 100 ms is all the time that readers notice. */
const TYPING_DELAY_MS = 10;

/** What keeps the options valid while the reader types on, by what is completed. @type {Record<Completions["what"], RegExp>} */
const STILL_VALID = {
  names: /^[\p{L}\p{N}_]*=?$/u,
  attributes: /^[\p{L}\p{N}_]*$/u,
  modules: /^[\p{L}\p{N}_]*$/u,
  members: /^[\p{L}\p{N}_]*$/u,
  keys: /^[^"'\]]*$/,
  paths: /^[^"'/]*$/,
};

/** @param {LiveCell} cell @returns {Extension} */
export const completion = (cell) => [
  Prec.highest(
    keymap.of([
      { key: "Enter", run: leaveWritten },
      { key: "Escape", run: closeList },
      ...completionKeymap,
      { key: "Tab", run: acceptCompletion },
      ...(isConsole(cell) ? [{ key: "Tab", run: completeWritten }] : []),
    ]),
  ),
  autocompletion({
    override: [(context) => complete(cell, context)],
    // In a console, as in a terminal, lists open on Tab: Enter and the arrow keys have other uses.
    activateOnTyping: !isConsole(cell),
    defaultKeymap: false,
    filterStrict: true,
    activateOnTypingDelay: TYPING_DELAY_MS,
    tooltipClass: () => "pyrun-completions",
  }),
];

/** @param {EditorView} view */
function completeWritten(view) {
  const { head } = view.state.selection.main;
  const written = view.state.sliceDoc(view.state.doc.lineAt(head).from, head);
  return written.trim() !== "" && startCompletion(view);
}

/**
 * Enter breaks the line after a word that is written out, though the list is still open.
 * @param {EditorView} view
 */
function leaveWritten(view) {
  const label = selectedCompletion(view.state)?.label;
  const { head } = view.state.selection.main;
  if (label && view.state.sliceDoc(head - label.length, head) === label) closeCompletion(view);
  return false;
}

/**
 * Escape means the list only if it is open, and not one that is being asked for.
 * @param {EditorView} view
 */
function closeList(view) {
  const isOpen = completionStatus(view.state) === "active";
  closeCompletion(view);
  return isOpen;
}

/**
 * @param {LiveCell} cell
 * @param {CompletionContext} context
 * @returns {Promise<CompletionResult | null>}
 */
async function complete(cell, context) {
  const { state, pos, explicit } = context;
  if (state.readOnly) return null;
  const answer = await ask(cell, "complete", state, pos, explicit);
  if (context.aborted) return null;
  const found = answer ? withWords(answer, state.doc.toString()) : fromPage(context);
  return found && resultOf(found, pos);
}

/** @param {CompletionContext} context */
function fromPage({ state, pos, explicit }) {
  if (isInText(state, pos)) return null;
  const line = state.doc.lineAt(pos);
  return completeFromWords(line.text.slice(0, pos - line.from), codeOfPage(), explicit);
}

/**
 * Adds the names in this code that do not exist yet, such as those in a function.
 * @param {Completions} answer
 * @param {string} code
 * @returns {Completions}
 */
function withWords(answer, code) {
  if (answer.what !== "names" || answer.prefix === "") return answer;
  const known = new Set([...answer.options.map(({ label }) => label), answer.prefix]);
  const words = [...wordsOf([code])].filter((word) => !known.has(word));
  return { ...answer, options: [...answer.options, ...words.map((label) => ({ label, kind: "text" }))] };
}

/** @param {Completions} found @param {number} position @returns {CompletionResult} */
function resultOf({ what, prefix, quote, options, isWhole }, position) {
  return {
    from: position - prefix.length,
    options: options.map((option) => completionOf(option, quote)),
    ...(isWhole && { validFor: STILL_VALID[what] }),
  };
}

/** @param {Option} option @param {string} quote @returns {Completion} */
function completionOf({ label, kind }, quote) {
  if (quote) return { label, type: kind, apply: (...place) => insertQuoted(quote, ...place) };
  return { label, type: kind, ...(label.endsWith("=") && { boost: 50 }) };
}

/**
 * Inserts a key or a path, and goes behind the quote that ends it. A folder goes on.
 * @param {string} quote
 * @param {EditorView} view
 * @param {Completion} picked
 * @param {number} from
 * @param {number} to
 */
function insertQuoted(quote, view, picked, from, to) {
  const { label } = picked;
  const isFolder = label.endsWith("/");
  const isEnded = view.state.sliceDoc(to, to + quote.length) === quote;
  const text = isFolder ? label : label + quote;
  view.dispatch({
    ...insertCompletionText(view.state, text, from, isEnded && !isFolder ? to + quote.length : to),
    annotations: pickedCompletion.of(picked),
  });
}
