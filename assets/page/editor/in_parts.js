/** Evaluates the editor in parts: evaluating all of it at once would freeze the page. */
import { nextTask } from "../dom.js";

/** Each needs those before it. The build bundles them into one file, where each is evaluated when it is imported. */
const PARTS = [() => import("./view.js"), () => import("./grammar.js")];

/** Evaluates one part after another. */
export async function evaluateEditor() {
  for (const part of PARTS) {
    await part();
    await nextTask();
  }
  return import("./editor.js");
}
