/** A part of the editor that the page can read in a task of its own: how Python is parsed. */
export { pythonLanguage } from "@codemirror/lang-python";
