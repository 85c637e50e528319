/** Loads the editor in parts: evaluating all of it at once would freeze the page. */
import { nextTask } from "../dom.js";

/** This script, to which its imports are relative. */
const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);

/** Each imports those before it. */
const PARTS = [() => import("./view.js"), () => import("./grammar.js")];

/** @type {ReturnType<typeof importInParts> | null} */
let importing = null;

/** Loads the editor once for all cells. After a failure the next call tries again. */
export function importEditor() {
  importing ??= importInParts().catch((error) => {
    importing = null;
    throw error;
  });
  return importing;
}

/** Downloads all parts at once, and evaluates them one after another. */
async function importInParts() {
  if (script) for (const name of __PYRUN_EDITOR_FILES__) preload(new URL(name, script.src).href);
  for (const part of PARTS) {
    await part();
    await nextTask();
  }
  return import("./editor.js");
}

/** @param {string} href */
function preload(href) {
  const link = document.createElement("link");
  document.head.append(Object.assign(link, { rel: "modulepreload", href }));
}
