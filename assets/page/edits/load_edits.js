/** Loads what keeps the reader's edits, and what opens links with code: once there are any. */
import { pageCells } from "../cell/page_cells.js";
import { CELL_MESSAGES } from "../messages.js";
import { importPinned } from "../pinned_modules.js";
import { pagePath } from "./page_path.js";

/** @import { LiveCell } from "../cell/live_cell.js" */

/** How long to wait after a failure, because every key in an editor tries again. */
const RETRY_MS = 5000;

/** @type {Promise<typeof import("./on_edit.js")> | null} */
let loading = null;

/** @returns {Promise<typeof import("./on_edit.js")>} @throws {Error} it cannot be loaded */
export function loadEdits() {
  loading ??= importPinned(__PYRUN_EDITS__).catch((error) => {
    setTimeout(() => {
      loading = null;
    }, RETRY_MS);
    throw error;
  });
  return loading;
}

/**
 * Removes the edits that pyrun has stored for pages of this origin. Open pages keep theirs until they are left.
 * @param {string} [folder] only those of pages whose path begins with it
 */
export async function forgetEdits(folder = "/") {
  (await loadEdits()).forget(folder);
}

/** Loads it before the first key, which may be the last one before the reader leaves the page. */
export const prepareEdits = () => void loadEdits().catch(() => {});

/** The code of a cell has changed. The page may be another one by the time all is loaded. @param {LiveCell} cell */
export function keepEdit(cell) {
  const path = pagePath();
  const cells = pageCells();
  loadEdits().then(
    ({ change }) => change(cell, path, cells),
    () => cell.say(CELL_MESSAGES.notLoaded),
  );
}

/** Brings back the edits of a cell that has entered the page, if the page has any. @param {LiveCell} cell */
export function callForEdits(cell) {
  if (isCalledFor())
    void loadEdits().then(
      ({ restore }) => restore(cell),
      () => cell.say(CELL_MESSAGES.notLoaded),
    );
}

function isCalledFor() {
  try {
    return /^#pyrun=/.test(location.hash) || `pyrun-edits:${pagePath()}` in localStorage;
  } catch {
    return false; // the browser blocks storage
  }
}
