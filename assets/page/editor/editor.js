/** The editor of a cell, imported when a reader first wants one. This module wires; its parts are in editor/. */
import { closeBrackets } from "@codemirror/autocomplete";
import { history } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import {
  bracketMatching,
  ensureSyntaxTree,
  forceParsing,
  indentOnInput,
  indentUnit,
} from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { sourceOf } from "../cell/source.js";
import { nextTask } from "../dom.js";
import { CONSOLE_MESSAGES, EDITOR_MESSAGES } from "../messages.js";
import { annotations, takeMarkers } from "./annotations.js";
import { assistance } from "./assistance.js";
import { findCodeBox, markHighlighted, scrollToEdge, withStableLayout } from "./code_box.js";
import { codeWidth } from "./code_width.js";
import { carryOut, commandKeys } from "./commands.js";
import { ConsoleField } from "./console_field.js";
import { cursors } from "./cursors.js";
import { focusedFold, focusFold, foldHidden, folds, unfoldLine, unfoldOpened, visibleCode } from "./folds.js";
import { highlighting } from "./highlighting.js";
import { whenUnused } from "./in_use.js";
import { interpreterView, setPrompts } from "./interpreter_view.js";
import { Join, joinedBlocks } from "./joined_blocks.js";
import { keepFromPage, keys } from "./keys.js";
import { inlineNumbers, lineNumbers } from "./line_numbers.js";
import { emphasis, markedLine, setMarkedLine } from "./lines.js";
import { OtherFiles } from "./other_files.js";
import { pastedCode } from "./pasted_code.js";
import { Places } from "./places.js";
import { printWhole } from "./printing.js";
import { replaceCode } from "./replace_code.js";
import { rightToLeft } from "./right_to_left.js";
import { staticCode } from "./static_code.js";
import { adoptStyles } from "./styles.js";

export { definedNames } from "./definitions.js";

/** @import { Extension } from "@codemirror/state" */
/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { CodeBox } from "./code_box.js" */
/** @import { Command } from "./commands.js" */
/** @import { ShownFile } from "./other_files.js" */

/**
 * @typedef {object} EditorOptions
 * @property {HTMLElement} target the cell, with the highlighted block in it
 * @property {string} source the code to edit, exactly
 * @property {boolean} readOnly
 * @property {number[]} emphasizedLines counted from 1
 * @property {() => void} onRun the reader pressed the keys that run the code
 * @property {(code: string) => void} onChange called after every change of the code, by the reader or by a script
 */

/**
 * @typedef {object} Editor
 * @property {string} code the content of the editor; lines end in "\n"
 * @property {string} copied what Copy copies: the same, or without lines that are folded away
 * @property {() => void} mount replaces the highlighted code, without moving anything on the page
 * @property {(file: ShownFile | null) => void} showFile shows another file in place of the code, or the code again; each has its own history
 * @property {(code: string) => void} replace replaces the code, as one change that can be undone
 * @property {(command: Command) => void} carryOut what the keys of the command do
 * @property {() => void} focus
 * @property {(clientX: number, clientY: number) => void} focusAt puts the cursor where the reader clicked
 * @property {(line: number | null) => void} markLine marks a line, counted from 1, or none; an edit takes the mark away
 * @property {Places | null} places the outputs between the lines; `null` if this cell has none
 * @property {ConsoleField | null} console the field of a console; `null` if this cell is none
 * @property {boolean} showsPrompts whether the lines have the prompts of an interpreter
 * @property {(line: number) => void} goToLine puts the cursor there, in sight
 * @property {() => void} destroy puts the highlighted block back if it is mounted, with the reader's edits in it
 */

/** For colouring what is on the screen before it is first seen; what takes longer gets its colours later. */
const FIRST_PARSE_MS = 20;

/** CodeMirror itself takes what is at the beginning for what is on the screen, until it has measured. */
const FIRST_PARSE_CHARACTERS = 3000;

/** The word of the option `hidden-lines-in` for what Copy copies, which is its default. */
const COPY = "copy";

adoptStyles();

/**
 * Makes an editor, step by step, with time for the page in between.
 * @param {EditorOptions} options
 * @returns {Promise<Editor>} not in the page yet
 */
export async function makeEditor(options) {
  const box = findCodeBox(options.target);
  const numbers = inlineNumbers(box);
  const others = joinedBlocks(options.target);
  const original = sourceOf(options.target);
  const places = Places.of(options.target, original, others.length > 0);
  const console = ConsoleField.of(options.target, options.onRun);
  const between = places ? [places.extension, interpreterView] : [];
  const folding = folds(options.target.dataset.hideLines ?? "", original, places !== null);
  const cell = /** @type {LiveCell} */ (options.target);
  const own = [lineNumbers(box, numbers), folding, between, commandKeys(cell)];
  const state = createState(options, box, own, console?.extension ?? []);
  await nextTask();
  // This has usually been done already, unless the browser was busy.
  ensureSyntaxTree(state, Math.min(state.doc.length, FIRST_PARSE_CHARACTERS), FIRST_PARSE_MS);
  const parsed = state.update({ effects: foldHidden(state) }).state;
  await nextTask();
  // Without a root CodeMirror follows the slots of the cell, and takes its shadow tree for where the focus is.
  const view = new EditorView({ state: parsed, root: document });
  const files = new OtherFiles(view, ({ code, onChange, name, isPython }) =>
    createState({ ...options, source: code, onChange, emphasizedLines: [] }, box, own, [], name, isPython),
  );
  keepFromPage(view);
  await nextTask();
  await whenUnused(options.target, box.block);
  let takeOut = () => {};

  return {
    get code() {
      return view.state.doc.toString();
    },
    get copied() {
      const { hiddenLinesIn = COPY } = options.target.dataset;
      return hiddenLinesIn.includes(COPY) ? view.state.doc.toString() : visibleCode(view.state);
    },
    mount() {
      const fold = focusedFold(options.target);
      view.dispatch({ effects: unfoldOpened(view.state, options.target) });
      const join = new Join(box.block, others, original);
      if (places) drawWhole(view);
      const replaced = mount(view, box, numbers, places !== null);
      places?.enter(view, box);
      console?.enter(view, box);
      if (places) join.apply(view, places);
      if (fold >= 0) focusFold(view, fold);
      takeOut = () => {
        places?.leave();
        console?.leave();
        if (replaced()) join.undo();
      };
    },
    places,
    console,
    get showsPrompts() {
      return view.state.field(interpreterView, false)?.isShown ?? false;
    },
    set showsPrompts(isShown) {
      view.dispatch({ effects: setPrompts.of(isShown) });
    },
    showFile: (file) => files.show(file),
    replace(code) {
      if (console) return console.reset(code);
      replaceCode(view, code);
      if (code === original) view.dispatch({ effects: foldHidden(view.state) });
    },
    focus: () => view.focus(),
    focusAt(clientX, clientY) {
      view.dispatch({ selection: { anchor: view.posAtCoords({ x: clientX, y: clientY }, false) } });
      view.focus();
    },
    carryOut: (command) => void carryOut(command, cell, view),
    markLine: (line) => view.dispatch({ effects: [setMarkedLine.of(line), ...unfoldLine(view.state, line)] }),
    goToLine(line) {
      const { doc } = view.state;
      const { from } = doc.line(Math.min(line, doc.lines));
      view.dispatch({
        selection: { anchor: from },
        effects: [...unfoldLine(view.state, line), EditorView.scrollIntoView(from, { y: "center" })],
      });
      view.focus();
    },
    destroy() {
      takeOut();
      view.destroy();
    },
  };
}

/**
 * @param {EditorView} view
 * @param {CodeBox} box
 * @param {ReturnType<typeof inlineNumbers>} numbers
 * @param {boolean} printsItself all that the editor shows is drawn
 * @returns {() => boolean} puts the highlighted block back, and returns whether it has the original code
 */
function mount(view, box, numbers, printsItself) {
  const highlighted = [...box.element.childNodes];
  const { doc } = view.state;
  const unmark = markHighlighted(box);
  let putMarkersBack = () => {};
  withStableLayout(box, () => {
    putMarkersBack = takeMarkers(view, highlighted);
    box.element.append(view.dom);
    measureNow(view);
    forceParsing(view, view.viewport.to, FIRST_PARSE_MS);
  });
  const stopPrinting = printsItself ? () => {} : printWhole(view, box.element, numbers);
  return () => {
    stopPrinting();
    const isUnchanged = view.state.doc.eq(doc);
    putMarkersBack();
    withStableLayout(box, () => {
      box.element.replaceChildren(...(isUnchanged ? highlighted : [staticCode(view.state, numbers)]));
    });
    unmark();
    return isUnchanged;
  };
}

/**
 * Draws all lines, whether they are in sight or not: what a run shows is in the page, can be found there, and keeps its
 * position when it is scrolled. CodeMirror does so only for printing, by a private attribute of its version 6.
 * @param {EditorView} view
 */
function drawWhole(view) {
  Object.defineProperty(Reflect.get(view, "viewState"), "printing", { get: () => true, set() {} });
}

/**
 * @param {EditorOptions} options
 * @param {CodeBox} box
 * @param {Extension} numbering
 * @param {Extension} first whose keys come before all others
 * @param {string} [name] what readers hear that the editor is
 * @param {boolean} [isPython]
 */
function createState(options, box, numbering, first, name = EDITOR_MESSAGES.name, isPython = true) {
  const { target, source, readOnly, emphasizedLines, onRun, onChange } = options;
  const isConsole = target.dataset.console !== undefined;
  return EditorState.create({
    doc: source,
    extensions: [
      first,
      keys(onRun),
      isPython ? [assistance(target), pythonLanguage] : [],
      history(),
      cursors,
      highlighting,
      annotations,
      rightToLeft,
      indentUnit.of(/^\t/m.test(source) ? "\t" : "    "),
      EditorState.tabSize.of(box.tabSize),
      indentOnInput(),
      isConsole ? [] : closeBrackets(), // Enter must find what the reader has typed
      bracketMatching(),
      numbering,
      codeWidth(box, source),
      pastedCode,
      scrollToEdge(box),
      emphasis(emphasizedLines),
      markedLine,
      EditorState.readOnly.of(readOnly),
      // Without contenteditable a phone shows no keyboard, but then the focus needs a tabindex.
      EditorView.editable.of(!readOnly),
      EditorView.contentAttributes.of({
        "aria-label": isConsole ? CONSOLE_MESSAGES.field : name,
        "aria-description": EDITOR_MESSAGES.leave,
        ...(readOnly && { tabindex: "0" }),
      }),
      EditorView.editorAttributes.of({ class: box.wraps ? "pyrun-editor pyrun-wrapping" : "pyrun-editor" }),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) onChange(state.doc.toString());
      }),
    ],
  });
}

/**
 * Gives the editor its height in this very frame. Asked about the layout, CodeMirror measures only what it has planned to,
 * and on a busy page it may have done so before the editor was here. Outside the window it makes do with a guess: hence the
 * moment in the corner of the window, before anything is painted.
 * @param {EditorView} view
 */
function measureNow(view) {
  view.requestMeasure();
  view.coordsAtPos(0);
  if (view.inView) return;
  const { style } = view.dom;
  style.setProperty("position", "fixed", "important");
  style.inset = "0 auto auto 0";
  view.requestMeasure();
  view.coordsAtPos(0);
  style.removeProperty("position");
  style.removeProperty("inset");
}
