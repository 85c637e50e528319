/** What keeps the reader's edits and opens links with code, in one file to load. */
import { openLink } from "../share/open_link.js";
import { arrive, storeAll } from "./kept_edits.js";

/** @import { LiveCell } from "../cell/live_cell.js" */

export { copyForAuthors, downloadCell, shareCell } from "../share/share_cell.js";
export { change, forget } from "./kept_edits.js";

addEventListener("pagehide", storeAll);
document.addEventListener("visibilitychange", storeAll);

/** Brings back the edits of a cell that has come into the page, and the code of a link. @param {LiveCell} cell */
export function restore(cell) {
  arrive(cell);
  void openLink();
}
