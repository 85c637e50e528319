/** The editor, in parts: to read all of it at once, a page would stand still. */
import { nextTask } from "./next_task.js";

/** Where this script is from, whose imports are relative to it. */
const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);

/** Each imports those before it. */
const PARTS = [() => import("./editor/view.js"), () => import("./editor/grammar.js")];

/** Asks for all parts at once, and reads them one after another. */
export async function importEditor() {
  for (const name of __PYRUN_EDITOR_FILES__) {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = new URL(name, src).href;
    document.head.append(link);
  }
  for (const part of PARTS) {
    await part();
    await nextTask();
  }
  return import("./editor.js");
}
