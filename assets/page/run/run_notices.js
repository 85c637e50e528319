/** What a cell says of the end of its run, besides what its code wrote. */

import { optionsOf } from "../cell/cell_options.js";
import { cellLink, visibleCells } from "../cell/page_cells.js";
import { button, element } from "../dom.js";
import { RUN_MESSAGES } from "../messages.js";
import { runInOrder } from "./order.js";

/** @typedef {import("../cell/live_cell.js").LiveCell} LiveCell */
/** @typedef {import("./pending_run.js").Cause} Cause */

/** Ends that cost Python, and all names with it. @type {ReadonlySet<unknown>} */
const LOSSES = new Set(["restarted", "timeout-restarted", "crash", "killed"]);

/** @param {Cause | undefined} cause */
export const lostPython = (cause) => LOSSES.has(typeof cause === "object" ? cause.reason : cause);

/**
 * What to say besides the failure, if it was one.
 * @param {LiveCell} cell
 * @param {Cause | undefined} cause of the end
 * @param {number} epoch the Python in which it ran
 * @returns {(string | Node)[]}
 */
export function runNotices(cell, cause, epoch) {
  const notices = [];
  if (cause === "timeout" || cause === "timeout-restarted")
    notices.push(RUN_MESSAGES.timeLimit(optionsOf(cell).timeout ?? 0));
  if (cause === "restarted") notices.push(RUN_MESSAGES.restarted);
  if (cause === "timeout-restarted") notices.push(RUN_MESSAGES.timeLimitRestarted);
  const lost = lostPython(cause) ? cellsToRunAgain(cell, epoch) : [];
  if (lost.length > 0) notices.push(lostNames(lost));
  return notices;
}

/**
 * The cells whose names this one may want, and that are gone. Set-up code comes back by itself.
 * @param {LiveCell} cell
 * @param {number} epoch
 */
function cellsToRunAgain(cell, epoch) {
  if (cell.isIsolated) return [];
  return visibleCells().filter(
    (other) =>
      other !== cell &&
      other.session === cell.session &&
      !optionsOf(other).setup &&
      other.result?.hadNamesIn(epoch),
  );
}

/** @param {LiveCell[]} cells */
function lostNames(cells) {
  const again = () => runInOrder(cells.filter((cell) => cell.isConnected));
  return element(
    "div",
    { className: "notice" },
    RUN_MESSAGES.namesGone,
    element("ul", {}, ...cells.map((cell) => element("li", {}, cellLink(cell)))),
    button(RUN_MESSAGES.runThemAgain, {}, again),
  );
}
