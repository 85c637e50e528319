/** Prints all of the code, although the editor draws only what is near the screen. */
import { staticCode } from "./static_code.js";

/** @import { EditorView } from "@codemirror/view" */
/** @import { InlineNumbers } from "./line_numbers.js" */

const PRINTING = "pyrun-printing";

/**
 * Puts highlighted text beside the editor while the page is printed; editor.css shows one or the other. CodeMirror's
 * built-in support draws all lines after the browser has counted the pages, and loses the last lines.
 * @param {EditorView} view
 * @param {HTMLElement} element the parent of the editor
 * @param {InlineNumbers | null} numbers
 * @returns {() => void} ends it
 */
export function printWhole(view, element, numbers) {
  const copy = document.createElement("span");
  copy.className = "pyrun-printed";
  const show = () => {
    copy.replaceChildren(staticCode(view.state, numbers));
    element.append(copy);
    element.classList.add(PRINTING);
  };
  const hide = () => {
    copy.remove();
    element.classList.remove(PRINTING);
  };
  window.addEventListener("beforeprint", show);
  window.addEventListener("afterprint", hide);
  return () => {
    hide();
    window.removeEventListener("beforeprint", show);
    window.removeEventListener("afterprint", hide);
  };
}
