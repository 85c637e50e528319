/** Searches what was entered in consoles, from the newest entry back, as Ctrl+R does in a shell. */
import { isComposition, ownKeys } from "../keys/field_keys.js";
import { CONSOLE_MESSAGES, FIND_MESSAGES } from "../messages.js";
import { field, Panel } from "./panel.js";

/** @import { EditorView } from "@codemirror/view" */
/** @import { ConsoleField } from "../editor/console_field.js" */

/** Keys that leave the entry in the field of the console, to be edited. */
const EDITING = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "Tab"]);

/**
 * @param {HTMLElement} cell
 * @param {EditorView} view
 * @param {(text: string) => void} _say
 * @param {{ console: ConsoleField | null }} editor
 */
export function searchHistory(cell, view, _say, { console }) {
  if (console === null) return;
  const typed = console.text;
  /** The entry that is shown. @type {number | undefined} */
  let position;
  const search = (/** @type {number | undefined} */ before) => {
    const found = text.value === "" ? null : (console.keys?.find(text.value, before) ?? null);
    if (found) {
      position = found.position;
      console.write(found.entry);
    }
    panel.say(found || text.value === "" ? "" : FIND_MESSAGES.none);
  };
  const text = field(CONSOLE_MESSAGES.search, "", () => {});
  const panel = new Panel(cell, view, CONSOLE_MESSAGES.search, [[text]]);
  ownKeys(text, (event) => {
    if (event.type === "input") return search(undefined);
    if (!(event instanceof KeyboardEvent) || event.type !== "keydown" || isComposition(event)) return;
    const { key, ctrlKey, altKey, metaKey } = event;
    const isControl = ctrlKey && !altKey && !metaKey;
    if (isControl && key === "r") search(position);
    else if (isControl && key === "g") {
      panel.close();
      console.write(typed);
    } else if (key === "Enter") {
      panel.close();
      console.pressEnter();
    } else if (EDITING.has(key)) panel.close();
    else return;
    event.preventDefault();
  });
  text.focus();
}
