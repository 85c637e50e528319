/** Imports the editor, once for all cells. */
import { importPinned } from "../pinned_modules.js";

/** @returns {Promise<typeof import("./editor.js")>} @throws {Error} it cannot be loaded; the next call tries again */
export async function importEditor() {
  /** @type {typeof import("./in_parts.js")} */
  const { evaluateEditor } = await importPinned(__PYRUN_EDITOR__);
  return evaluateEditor();
}
