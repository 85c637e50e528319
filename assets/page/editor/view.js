/** A part of the editor that the page can read in a task of its own: CodeMirror without a language. */
export { EditorView } from "@codemirror/view";
