/** Underlines what is not Python, half a second after the reader has stopped typing. */
import { syntaxTree } from "@codemirror/language";
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin } from "@codemirror/view";
import { ASSIST_MESSAGES } from "../messages.js";
import { ask } from "./ask.js";

/** @import { EditorState, Text } from "@codemirror/state" */
/** @import { DecorationSet, ViewUpdate } from "@codemirror/view" */
/** @import { Mistake } from "../../shared/assist_messages.js" */
/** @import { LiveCell } from "../cell/live_cell.js" */

/** @typedef {{ from: number, to: number, message: string }} Place */

const PAUSE_MS = 500;

/** Readers who pause in the middle of a line know that it is not complete. */
const SPOKEN_AFTER_MS = 2000;

/** Commands of notebooks and help on a name, which are no Python. */
const COMMAND = /^\s*[%!?]|[^=]\?\s*$/;

/** @type {import("@codemirror/state").StateEffectType<Place | null>} */
const setMistake = StateEffect.define();

/** @typedef {{ place: Place | null, shown: DecorationSet }} Shown */

/** The mistake that is underlined. */
const shownMistake = StateField.define({
  create: () => /** @type {Shown} */ ({ place: null, shown: Decoration.none }),
  update(value, { effects, docChanged, changes }) {
    for (const effect of effects) if (effect.is(setMistake)) return show(effect.value);
    if (!docChanged || value.place === null) return value;
    const { from, to, message } = value.place;
    // Old until the next check; it moves along, and goes away when its place is edited.
    if (changes.touchesRange(from, to)) return show(null);
    return show({ from: changes.mapPos(from), to: changes.mapPos(to), message });
  },
  provide: (field) => EditorView.decorations.from(field, ({ shown }) => shown),
});

/** @param {Place | null} place @returns {Shown} */
function show(place) {
  if (place === null) return { place, shown: Decoration.none };
  const mark = Decoration.mark({ class: "pyrun-mistake" });
  return { place, shown: Decoration.set([mark.range(place.from, place.to)]) };
}

/** @param {EditorState} state @param {number} position @returns {string | null} what is wrong there */
export function mistakeAt(state, position) {
  const { place } = state.field(shownMistake, false) ?? { place: null };
  return place && place.from <= position && position <= place.to ? place.message : null;
}

/** Checks the code after changes. */
class Checker {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #speaking;
  #view;
  #cell;
  #spoken = "";
  #isGone = false;
  /** Whether the code had errors for the editor before it was edited, as examples for other versions of Python have. */
  #isStrange;

  /** @param {EditorView} view @param {LiveCell} cell */
  constructor(view, cell) {
    this.#view = view;
    this.#cell = cell;
    this.#isStrange = errorIn(view.state) !== null;
  }

  /** @param {ViewUpdate} update */
  update({ docChanged }) {
    if (docChanged) this.#wait();
  }

  #wait() {
    this.#clear();
    this.#timer = setTimeout(() => void this.#check(), PAUSE_MS);
  }

  async #check() {
    const { state, composing } = this.#view;
    if (composing) return this.#wait();
    const early = this.#isStrange ? null : errorIn(state);
    const checked = await ask(this.#cell, "check", state, 0);
    if (this.#isGone || !this.#view.state.doc.eq(state.doc)) return;
    const place = checked ? checked.mistake && placeOf(state.doc, checked.mistake) : early;
    const { place: present } = this.#view.state.field(shownMistake);
    if (place?.from === present?.from && place?.message === present?.message) return;
    this.#view.dispatch({ effects: setMistake.of(place) });
    this.#speaking = setTimeout(() => this.#speak(), SPOKEN_AFTER_MS - PAUSE_MS);
  }

  #speak() {
    const { place } = this.#view.state.field(shownMistake);
    const line = place && this.#view.state.doc.lineAt(place.from).number;
    const spoken = line ? ASSIST_MESSAGES.mistake({ line: String(line), message: place.message }) : "";
    if (spoken && spoken !== this.#spoken && this.#view.hasFocus)
      this.#view.dispatch({ effects: EditorView.announce.of(spoken) });
    this.#spoken = spoken;
  }

  #clear() {
    clearTimeout(this.#timer);
    clearTimeout(this.#speaking);
  }

  /** The editor goes, or shows another file. */
  destroy() {
    this.#isGone = true;
    this.#clear();
  }
}

/** @param {EditorState} state @returns {Place | null} the first error of the editor's parser, which knows less than Python */
function errorIn(state) {
  const tree = syntaxTree(state);
  if (tree.length < state.doc.length) return null;
  /** @type {number | null} */
  let at = null;
  tree.iterate({
    enter({ type, from }) {
      if (at === null && type.isError) at = from;
      return at === null;
    },
  });
  if (at === null) return null;
  const line = state.doc.lineAt(at);
  if (COMMAND.test(line.text)) return null;
  return { ...wordAt(state.doc, at), message: ASSIST_MESSAGES.notPython };
}

/** @param {Text} doc @param {Mistake} mistake @returns {Place} */
function placeOf(doc, { message, line, column, endLine, endColumn }) {
  const from = positionOf(doc, line, column);
  const to = positionOf(doc, endLine, endColumn);
  return from < to ? { from, to, message } : { ...wordAt(doc, from), message };
}

/** @param {Text} doc @param {number} line from 1 @param {number} column in code points, from 0 */
function positionOf(doc, line, column) {
  const { from, text } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return from + [...text].slice(0, column).join("").length;
}

/** Something to underline: the word at a position, or the character before the end of its line. @param {Text} doc @param {number} position */
function wordAt(doc, position) {
  const line = doc.lineAt(position);
  const rest = line.text.slice(position - line.from);
  const [word = ""] = /^\s*[\p{L}\p{N}_]+|^\s*\S/u.exec(rest) ?? [];
  const space = word.length - word.trimStart().length;
  if (word) return { from: position + space, to: position + word.length };
  const end = line.from + line.text.trimEnd().length;
  return end > line.from ? { from: end - 1, to: end } : { from: Math.max(line.from - 1, 0), to: line.from };
}

/** @param {LiveCell} cell */
export const mistakes = (cell) => [shownMistake, ViewPlugin.define((view) => new Checker(view, cell))];
