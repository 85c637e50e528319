/** What the keys do in the editor, and how they leave it. */
import { closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, historyKeymap, indentWithTab } from "@codemirror/commands";
import { foldKeymap } from "@codemirror/language";
import { Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { isComposition, ownKeys } from "../keys/field_keys.js";
import { isCompleting } from "./assistance.js";

/** @import { Extension } from "@codemirror/state" */

/**
 * @param {() => void} onRun
 * @returns {Extension}
 */
export function keys(onRun) {
  const run = () => {
    onRun();
    return true;
  };
  return [
    Prec.highest(
      keymap.of([
        { key: "Mod-Enter", run, preventDefault: true },
        { key: "Ctrl-Enter", run, preventDefault: true },
        { key: "Shift-Enter", run, preventDefault: true },
        { key: "Escape", run: letTabLeave },
      ]),
    ),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...foldKeymap, indentWithTab]),
    EditorView.updateListener.of(({ docChanged, view }) => {
      if (docChanged) view.setTabFocusMode(false);
    }),
    EditorView.domEventHandlers({ blur: (_, view) => view.setTabFocusMode(false) }),
  ];
}

/**
 * After Escape, Tab and Shift-Tab move the focus until the reader types again. CodeMirror's own two seconds are
 * too short for many (WCAG 2.2.1).
 * @param {EditorView} view
 */
function letTabLeave(view) {
  if (isCompleting(view)) return false; // Escape closes the list
  view.setTabFocusMode(true);
  return false;
}

/**
 * Keeps what is typed from the page. CodeMirror listens to its content, which events no longer reach, and has no public
 * way to hand it one.
 * @param {EditorView} view
 */
export function keepFromPage(view) {
  ownKeys(view.contentDOM, (event) => {
    // The Enter that only accepts a word neither runs the code nor breaks the line.
    if (event instanceof KeyboardEvent && event.key === "Enter" && isComposition(event)) return;
    Reflect.get(view, "inputState").handleEvent(event);
  });
}
