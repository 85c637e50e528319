/** Notices about the end of a run that its code did not cause. */

import { optionsOf } from "../cell/cell_options.js";
import { isIsolated, shareNames } from "../cell/example_data.js";
import { cellLink, cellName, visibleCells } from "../cell/page_cells.js";
import { button, element } from "../dom.js";
import { EARLY_FAILURE_MESSAGES, FAILURE_MESSAGES, RUN_MESSAGES } from "../messages.js";
import { runInOrder } from "./order.js";
import { foreignNeeds } from "./run_request.js";

/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { FailureReason } from "../messages.js" */
/** @import { Cause, Failure } from "./pending_run.js" */

/** Failures that can be gone at the next try. @type {ReadonlySet<FailureReason>} */
const CAN_RETRY = new Set([
  "download",
  "changed",
  "stalled",
  "crash",
  "killed",
  "package",
  "file",
  "settlement",
]);

/** Causes that terminate Python, so that all names are lost. @type {ReadonlySet<unknown>} */
const LOSSES = new Set(["restarted", "timeout-restarted", "replaced", "crash", "killed"]);

/** @param {Cause | undefined} cause */
export const lostPython = (cause) => LOSSES.has(typeof cause === "object" ? cause.reason : cause);

/** @param {LiveCell} cell @param {Failure} failure of its run */
export function explainFailure(cell, { reason, detail }) {
  const messages = { ...EARLY_FAILURE_MESSAGES, ...FAILURE_MESSAGES };
  cell.explain(messages[reason], detail, CAN_RETRY.has(reason));
}

/**
 * The notices, besides the message of a failure.
 * @param {LiveCell} cell
 * @param {Cause | undefined} cause of the end
 * @param {number} epoch the Python in which it ran
 * @returns {(string | Node)[]}
 */
export function runNotices(cell, cause, epoch) {
  const notices = [];
  if (cause === "timeout" || cause === "timeout-restarted")
    notices.push(RUN_MESSAGES.timeLimit({ count: optionsOf(cell).timeout ?? 0 }));
  if (cause === "restarted") notices.push(RUN_MESSAGES.restarted);
  if (cause === "timeout-restarted") notices.push(RUN_MESSAGES.timeLimitRestarted);
  if (cause === "replaced") notices.push(RUN_MESSAGES.replaced);
  const foreign = foreignNeeds(cell);
  if (foreign.length > 0) notices.push(RUN_MESSAGES.authorsCode({ names: foreign.map(cellName) }));
  const lost = lostPython(cause) ? cellsToRunAgain(cell, epoch) : [];
  if (lost.length > 0) notices.push(lostNames(lost));
  return notices;
}

/**
 * The cells whose lost names this one may need. Set-up code runs again by itself.
 * @param {LiveCell} cell
 * @param {number} epoch
 */
export function cellsToRunAgain(cell, epoch) {
  if (isIsolated(cell)) return [];
  return visibleCells().filter(
    (other) =>
      other !== cell && shareNames(other, cell) && !optionsOf(other).setup && other.result?.hadNamesIn(epoch),
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
