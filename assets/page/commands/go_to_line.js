/** Goes to a line of the code of a cell. */
import { EditorView } from "@codemirror/view";
import { button } from "../dom.js";
import { FIND_MESSAGES } from "../messages.js";
import { field, Panel } from "./panel.js";

/** @param {HTMLElement} cell @param {EditorView} view */
export function goToLine(cell, view) {
  const { doc, selection } = view.state;
  const go = () => {
    const line = Number(text.value);
    if (!Number.isInteger(line) || line < 1 || line > view.state.doc.lines)
      return panel.say(FIND_MESSAGES.noLine({ last: view.state.doc.lines }));
    const { from } = view.state.doc.line(line);
    panel.close();
    view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
  };
  const text = field(FIND_MESSAGES.line, String(doc.lineAt(selection.main.head).number), go);
  text.inputMode = "numeric";
  const panel = new Panel(cell, view, FIND_MESSAGES.goToLine, [[text, button(FIND_MESSAGES.go, {}, go)]]);
  text.focus();
  text.select();
}
