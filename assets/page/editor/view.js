/**
 * The part of the editor without a language, CodeMirror itself, as a separate file: the page evaluates it in a separate
 * task.
 */
export { EditorView } from "@codemirror/view";
