/** What the keys do in the editor, and how they leave it. */
import { closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, historyKeymap, indentWithTab } from "@codemirror/commands";
import { Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";

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
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
    EditorView.updateListener.of(({ docChanged, view }) => {
      if (docChanged) view.setTabFocusMode(false);
    }),
    EditorView.domEventHandlers({ blur: (_, view) => view.setTabFocusMode(false) }),
    EditorView.domEventObservers({ keydown: keepFromPage }),
  ];
}

/**
 * After Escape, Tab and Shift-Tab move the focus until the reader types again. CodeMirror's own two seconds are
 * too short for many (WCAG 2.2.1).
 * @param {EditorView} view
 */
function letTabLeave(view) {
  view.setTabFocusMode(true);
  return false;
}

/**
 * Sphinx turns the page on arrow keys and opens its search on "/", unless an input or a textarea has the focus; an
 * editor is neither. Escape, Tab and shortcuts with Ctrl, Alt or Meta still reach the page.
 * @param {KeyboardEvent} event
 */
function keepFromPage(event) {
  const isShortcut = event.ctrlKey || event.metaKey || event.altKey;
  if (!isShortcut && event.key !== "Escape" && event.key !== "Tab") event.stopPropagation();
}
