/** Lets an editor help its reader to write: loads what does so when the reader comes near the code. */
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { EDITOR_MESSAGES } from "../messages.js";
import { importPinned } from "../pinned_modules.js";
import { CODEMIRROR } from "./codemirror.js";

/** @import { Extension } from "@codemirror/state" */
/** @import { LiveCell } from "../cell/live_cell.js" */

/** @typedef {typeof import("../assist/on_assist.js")} Assist */

/** For all editors. @type {Assist | null} */
let opened = null;

/** @returns {Promise<Assist>} @throws {Error} it cannot be loaded; the next call tries again */
async function open() {
  const { default: evaluate } = await importPinned(__PYRUN_ASSIST__);
  opened ??= /** @type {Assist} */ (
    evaluate((/** @type {keyof typeof CODEMIRROR} */ name) => CODEMIRROR[name])
  );
  return opened;
}

/** @param {HTMLElement} cell @returns {Extension} */
export function assistance(cell) {
  const place = new Compartment();
  let isWanted = false;
  const load = async (/** @type {Event} */ _, /** @type {EditorView} */ view) => {
    if (isWanted) return;
    isWanted = true;
    try {
      const { assist } = await open();
      if (place.get(view.state) === undefined)
        isWanted = false; // the editor shows another file by now
      else view.dispatch({ effects: place.reconfigure(assist(/** @type {LiveCell} */ (cell))) });
    } catch {
      isWanted = false; // the editor works without it, and the next sign of interest tries again
    }
  };
  const listen = (/** @type {Event} */ event, /** @type {EditorView} */ view) => void load(event, view);
  return [
    place.of([]),
    // For what is loaded later: CodeMirror redraws its view when phrases come, and forgets what it has measured.
    EditorState.phrases.of({ Completions: EDITOR_MESSAGES.completions }),
    EditorView.domEventHandlers({ focus: listen, mousemove: listen }),
  ];
}

/**
 * Whether a list of completions is open, which has the keys Enter, Tab, Escape and the arrows.
 * @param {EditorView} view
 */
export const isCompleting = (view) => view.contentDOM.hasAttribute("aria-activedescendant");
