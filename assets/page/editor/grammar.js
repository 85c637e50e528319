/** The part of the editor that parses Python, as a separate file: the page evaluates it in a separate task. */
export { pythonLanguage } from "@codemirror/lang-python";
