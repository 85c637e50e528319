/** Says in the toolbar that the code is not the author's. */
import { element } from "../dom.js";
import { EDIT_MESSAGES } from "../messages.js";
import modifiedCss from "./modified.css";

/** @import { LiveCell } from "../cell/live_cell.js" */

const styles = new CSSStyleSheet();
styles.replaceSync(modifiedCss);

/** @type {WeakMap<LiveCell, HTMLElement>} */
const labels = new WeakMap();

/**
 * @param {LiveCell} cell
 * @param {boolean} isModified
 * @param {boolean} [isKept] whether the code is still there when the reader comes back
 */
export function showModified(cell, isModified, isKept = true) {
  cell.toggleAttribute("data-modified", isModified);
  const label = labels.get(cell) ?? make(cell);
  const { modified, modifiedOnly } = EDIT_MESSAGES;
  const text = isModified ? (isKept ? modified : modifiedOnly) : "";
  if (label.textContent !== text) label.textContent = text;
}

/** @param {LiveCell} cell */
function make(cell) {
  if (cell.shadowRoot === null) cell.say(""); // makes what is around the code
  const label = element("span", { className: "modified", part: "modified" });
  cell.shadowRoot?.adoptedStyleSheets.push(styles);
  cell.shadowRoot?.querySelector(".result")?.after(label);
  labels.set(cell, label);
  return label;
}
