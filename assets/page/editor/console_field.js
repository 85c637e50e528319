/** The field of a console: prompts before its lines, keys of an interpreter, and the transcript above. */
import { insertNewlineAndIndent } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { Annotation, EditorState, Prec, Transaction } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { isConsole } from "../cell/example_data.js";
import { element } from "../dom.js";
import { CONSOLE_MESSAGES } from "../messages.js";
import { followWidth } from "./code_box.js";
import { prompts } from "./console_prompts.js";
import { emphasis } from "./lines.js";
import { staticCode } from "./static_code.js";

/** @import { ViewUpdate } from "@codemirror/view" */
/** @import { CodeBox } from "./code_box.js" */

/**
 * What a console does with its field, once its code is loaded.
 * - `older`, `newer`: another text of the history for what is in the field, `null` if there is none
 * - `find`: the newest entry with a text, or the newest one before a position
 * - `interrupt`: the reader wants to stop what runs; `false` if nothing does
 * - `clear`: empties the transcript
 * - `edited`: what the reader has entered, and Python has not begun, has been changed
 * @typedef {{
 *   older(text: string): string | null,
 *   newer(): string | null,
 *   find(text: string, before?: number): { entry: string, position: number } | null,
 *   interrupt(): boolean,
 *   clear(): void,
 *   edited(): void,
 * }} ConsoleKeys
 */

/** Python answers sooner whether a statement goes on, unless it is busy. */
const MS_UNTIL_NEW_LINE = 60;

/** Before the lines of an entry in the transcript, where line numbers would be. */
const PROMPTS = {
  labelOf: () => "",
  make: (/** @type {number} */ index) =>
    element("span", { className: index === 0 ? "pyrun-prompt" : "pyrun-prompt pyrun-prompt-more" }),
  widthEm: 0,
};

/** Marks the changes of the console itself. */
const ours = Annotation.define();

/** By cell, because a transcript outlives the editor. @type {WeakMap<HTMLElement, ConsoleField>} */
const fields = new WeakMap();

/** The field, and what the reader has entered in it that Python has not taken yet. */
export class ConsoleField {
  #onRun;
  /** @type {EditorView | null} */
  #view = null;
  /** Where the reader has pressed Enter. @type {number[]} */
  #entered = [];
  /** Whether the last of these has no line break yet. */
  #isHeld = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #unfollow = () => {};
  transcript = element("div", {
    className: "pyrun-transcript",
    role: "log",
  });
  /** @type {ConsoleKeys | null} */
  keys = null;

  /** @param {() => void} onRun */
  constructor(onRun) {
    this.#onRun = onRun;
    this.transcript.addEventListener("click", (event) => this.#focusFrom(event));
  }

  /** @param {HTMLElement} cell @param {() => void} onRun @returns {ConsoleField | null} `null` if the cell is no console */
  static of(cell, onRun) {
    if (!isConsole(cell)) return null;
    const field = fields.get(cell) ?? new ConsoleField(onRun);
    fields.set(cell, field);
    return field;
  }

  get extension() {
    return [
      prompts,
      Prec.highest(
        keymap.of([
          { key: "Enter", run: (view) => this.#enter(view) },
          { key: "ArrowUp", run: (view) => this.#walk(view, -1) },
          { key: "ArrowDown", run: (view) => this.#walk(view, 1) },
          { key: "Ctrl-c", run: (view) => this.#interrupt(view) },
          { key: "Ctrl-l", run: () => this.#clear() },
        ]),
      ),
      // Text after Enter belongs to the next line, whether Python has answered or not.
      EditorView.inputHandler.of((view, _from, _to, text) => {
        if (!this.#isHeld) return false;
        this.#breakLine();
        view.dispatch(view.state.replaceSelection(text), { userEvent: "input.type" });
        return true;
      }),
      EditorView.domEventHandlers({
        compositionstart: () => this.#breakLine(),
        paste: () => this.#breakLine(),
      }),
      EditorView.updateListener.of((update) => this.#follow(update)),
    ];
  }

  /** @param {EditorView} view with `extension` @param {CodeBox} box around it */
  enter(view, box) {
    this.#view = view;
    view.dom.classList.add("pyrun-console");
    this.transcript.setAttribute("aria-label", CONSOLE_MESSAGES.transcript);
    view.dom.before(this.transcript);
    this.#unfollow = followWidth(box);
    this.scrollToEnd();
  }

  /** The editor goes. */
  leave() {
    this.#unfollow();
    clearTimeout(this.#timer);
    this.#isHeld = false;
    this.#view = null;
  }

  /** Starts over with this text. @param {string} text */
  reset(text) {
    this.keys?.clear();
    this.write(text);
  }

  /** @param {string} text replaces all that is in the field */
  write(text) {
    const { doc } = this.#shown.state;
    this.#entered = [];
    this.#isHeld = false;
    this.#shown.dispatch({
      changes: { from: 0, to: doc.length, insert: text },
      selection: { anchor: text.length },
      scrollIntoView: true,
    });
  }

  /** What the reader has entered first, and Python has not taken. @returns {string | null} `null` if there is nothing */
  get next() {
    const end = this.#entered[0];
    return end === undefined ? null : this.#shown.state.doc.sliceString(0, end);
  }

  /** All text. */
  get text() {
    return this.#shown.state.doc.toString();
  }

  /** Python has found that the statement goes on after what was entered first. */
  goesOn() {
    this.#entered.shift();
    if (this.#entered.length === 0) this.#breakLine();
  }

  /** Python does not take what was entered. It stays in the field. */
  forgetEntered() {
    this.#entered = [];
    this.#isHeld = false;
  }

  /** Enters all text, as by Enter in an empty line that ends a block. */
  enterAll() {
    const { doc } = this.#shown.state;
    if (doc.length > 0) this.#shown.dispatch({ changes: { from: doc.length, insert: "\n" } });
    this.#entered = [this.#shown.state.doc.length];
  }

  /** Python has taken these lines: they leave the field, if they are still there. @param {string} entered @param {number} count */
  take(entered, count) {
    const { doc } = this.#shown.state;
    if (doc.sliceString(0, entered.length) !== entered) return;
    const to = count < doc.lines ? doc.line(count + 1).from : doc.length;
    if (/** @type {number} */ (this.#entered[0]) <= to) this.#entered.shift();
    if (this.#entered.length === 0) this.#isHeld = false;
    this.#entered = this.#entered.map((position) => position - to);
    const annotations = [ours.of(true), Transaction.addToHistory.of(false)];
    this.#shown.dispatch({ changes: { from: 0, to }, annotations });
  }

  /** @param {string} text @returns {DocumentFragment} it as the page shows code, with prompts */
  drawn(text) {
    return staticCode(EditorState.create({ doc: text, extensions: [pythonLanguage, emphasis([])] }), PROMPTS);
  }

  focus() {
    this.#shown.focus();
  }

  /** As the key Enter. */
  pressEnter() {
    this.#enter(this.#shown);
  }

  scrollToEnd() {
    const { transcript } = this;
    transcript.scrollTop = transcript.scrollHeight;
    transcript.tabIndex = transcript.scrollHeight > transcript.clientHeight ? 0 : -1; // for the keyboard
  }

  /** Only while there is an editor. */
  get #shown() {
    return /** @type {EditorView} */ (this.#view);
  }

  /** @param {EditorView} view */
  #enter(view) {
    const { state } = view;
    const { main } = state.selection;
    const isInside = !main.empty || main.head < state.doc.line(state.doc.lines).from;
    if (isInside || isCompleting(view)) return false;
    this.#breakLine();
    this.#entered.push(view.state.doc.length);
    this.#isHeld = true;
    this.#timer = setTimeout(() => this.#breakLine(), MS_UNTIL_NEW_LINE);
    this.#onRun();
    return true;
  }

  /** Begins the line after Enter. */
  #breakLine() {
    clearTimeout(this.#timer);
    if (!this.#isHeld) return;
    this.#isHeld = false;
    const { state } = this.#shown;
    const { doc } = state;
    this.#shown.dispatch({ selection: { anchor: doc.length }, annotations: ours.of(true) });
    // An empty line ends a block, so that the next statement is not in it.
    if (doc.line(doc.lines).text.trim() !== "") insertNewlineAndIndent(this.#shown);
    else this.#shown.dispatch(this.#shown.state.replaceSelection("\n"));
  }

  /** @param {EditorView} view @param {1 | -1} step */
  #walk(view, step) {
    const { state } = view;
    const { head, empty } = state.selection.main;
    const line = state.doc.lineAt(head).number;
    const isAtEdge = line === (step < 0 ? 1 : state.doc.lines);
    if (!empty || !isAtEdge || this.keys === null || isCompleting(view)) return false;
    const text = step < 0 ? this.keys.older(state.doc.toString()) : this.keys.newer();
    if (text !== null) this.write(text);
    return true;
  }

  /** @param {EditorView} view */
  #interrupt(view) {
    if (!view.state.selection.main.empty) return false;
    if (!this.keys?.interrupt()) this.write("");
    return true;
  }

  /** A click beside the text leads to the prompt, as in a terminal. @param {MouseEvent} event */
  #focusFrom(event) {
    const [target] = event.composedPath();
    const isTouch = event instanceof PointerEvent && event.pointerType === "touch";
    const isUsed = target instanceof Element && target.closest("a, button, input, textarea, summary");
    if (!isTouch && !isUsed && document.getSelection()?.isCollapsed) this.#view?.focus();
  }

  #clear() {
    this.keys?.clear();
    return true;
  }

  /** What the reader changes before the end of an entry is not what was entered. @param {ViewUpdate} update */
  #follow({ transactions, docChanged }) {
    if (!docChanged) return;
    for (const transaction of transactions) {
      const { changes } = transaction;
      if (changes.empty || transaction.annotation(ours)) continue;
      let first = Number.POSITIVE_INFINITY;
      changes.iterChangedRanges((from) => {
        first = Math.min(first, from);
      });
      const kept = this.#entered.filter((position) => position <= first);
      if (kept.length === this.#entered.length) continue;
      const isFirst = kept.length === 0;
      this.#entered = kept;
      this.#isHeld = false;
      if (isFirst) this.keys?.edited();
    }
  }
}

/** Whether a list of completions is open, to which these keys then belong. @param {EditorView} view */
const isCompleting = ({ contentDOM }) => contentDOM.hasAttribute("aria-activedescendant");
