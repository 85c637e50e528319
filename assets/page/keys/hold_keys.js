/**
 * Keeps the keys that a cell uses from the page: what a reader types into a field reaches no handler of the page, and
 * the keys that scroll an output or press a button do nothing else. Themes have shortcuts of one key, and do not notice
 * that a field in a shadow tree, or an editor, has the focus.
 */
import { FIELD } from "./field_keys.js";

/** What typing causes. */
const EVENTS =
  "keydown keypress keyup beforeinput input compositionstart compositionupdate compositionend".split(" ");

/** Keys that leave a field. A page may have to know: it closes a dialog, or keeps the focus in it. */
const LEAVING = /^(Escape|Tab)$/;

/** Keys that scroll, or that press buttons. */
const USING = /^(Arrow.+|Home|End|Page.+|Enter| )$/;

/** While code runs, readers type the next answer before its field is there. */
const BUSY = /^(loading|running|input)$/;

/** Listens on the way down, and before scripts of the page do if it can. */
export function holdKeys() {
  for (const type of EVENTS) addEventListener(type, hold, true);
}

/** @param {Event} event */
function hold(event) {
  const path = /** @type {HTMLElement[]} */ (event.composedPath());
  const cell = path.find(({ localName }) => localName === "pyrun-cell");
  if (!cell) return;
  const { key = "", ctrlKey, metaKey, altKey } = /** @type {KeyboardEvent} */ (event);
  const field = path.find((node) => FIELD in node);
  const isTyped = field || (BUSY.test(cell.dataset.state ?? "") && !ctrlKey && !metaKey && !altKey);
  if (isTyped ? LEAVING.test(key) : !USING.test(key)) return;
  event.stopImmediatePropagation();
  if (field) /** @type {(event: Event) => void} */ (Reflect.get(field, FIELD))(event);
}
