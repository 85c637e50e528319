/** Which cells run, and in which order: those that others need come first. */

import { isConsole, isIsolated, shareNames } from "../cell/example_data.js";
import { cellLink, pageCells, visibleCells } from "../cell/page_cells.js";
import { element } from "../dom.js";
import { withNodes } from "../language/nodes.js";
import { RUN_MESSAGES } from "../messages.js";
import { neededBy } from "./wanted.js";

/** @import { LiveCell, QueuedRun } from "../cell/live_cell.js" */
/** @import { State } from "./run_view.js" */

/** @type {ReadonlySet<State>} */
const ENDINGS = new Set(["done", "error", "stopped"]);

/**
 * The cells that "Run all" in the menu of this one runs: code of strangers runs only where the reader asks for it.
 * @param {LiveCell} cell
 */
export const cellsOfPage = (cell) => visibleCells().filter((other) => other === cell || !other.isForeign);

/**
 * The cells that "Run above" runs: none for a cell that does not see their names.
 * @param {LiveCell} cell
 */
export function cellsAbove(cell) {
  if (isIsolated(cell) || cell.isForeign) return [];
  const cells = cellsOfPage(cell);
  return cells.slice(0, cells.indexOf(cell)).filter((above) => shareNames(above, cell) && !isConsole(above));
}

/**
 * Adds cells to the queue in this order, each preceded by the stale cells that it needs. All are added at once, so the
 * reader's next click comes after them. If one fails or is stopped, those after it do not run.
 * @param {LiveCell[]} cells
 */
export function runInOrder(cells) {
  for (const isForeign of [false, true])
    enqueue(planFor(cells.filter((cell) => cell.isForeign === isForeign)));
}

/** @param {LiveCell[]} plan of one Python */
function enqueue(plan) {
  // A cell that was in the queue before is not cancelled with this plan.
  const runs = plan.map((cell) => cell.enqueue());
  let isBroken = false;
  plan.forEach((cell, position) => {
    whenEnded(cell, () => {
      if (isBroken || cell.state === "done") return;
      isBroken = true; // the cancelled runs end too, and cancel nothing themselves
      for (const [later, run] of runs.entries()) {
        if (run && later > position) cancel(run, /** @type {LiveCell} */ (plan[later]), cell);
      }
    });
  });
}

/** @param {LiveCell[]} targets @returns {LiveCell[]} these, and what they need, each once */
function planFor(targets) {
  /** @type {Set<LiveCell>} */
  const plan = new Set();
  /** @type {Set<LiveCell>} */
  const seen = new Set();
  /** @param {LiveCell} cell @param {LiveCell[]} path from a target to it */
  const visit = (cell, path) => {
    if (seen.has(cell)) return;
    seen.add(cell);
    const needs = runsBefore(cell).filter((need) => !path.includes(need));
    for (const need of needs) visit(need, [...path, need]);
    if (targets.includes(cell) || needs.some((need) => plan.has(need)) || !isUpToDate(cell, needs)) {
      plan.add(cell);
    }
  };
  for (const target of targets) visit(target, [target]);
  return [...plan];
}

/**
 * The cells that run in the same Python before this one. What a cell needs besides them is part of its own run: see
 * run_request.js.
 * @param {LiveCell} cell
 */
const runsBefore = (cell) =>
  cell.isForeign ? [] : neededBy(cell, pageCells()).filter((need) => !need.isForeign);

/**
 * Whether its names exist as its current code defines them, based on the current names of the cells that it needs.
 * @param {LiveCell} cell
 * @param {LiveCell[]} needs
 */
function isUpToDate({ result, sourceFile, interpreter }, needs) {
  return (
    Boolean(result?.holds(sourceFile.code, interpreter)) &&
    needs.every((need) => !need.result?.isAfter(result))
  );
}

/** @param {LiveCell} cell @returns {Set<LiveCell>} what it needs, and what that needs */
function allNeededBy(cell) {
  const all = new Set([cell]); // grows while it is walked
  for (const needed of all) for (const need of runsBefore(needed)) all.add(need);
  all.delete(cell);
  return all;
}

/** @param {QueuedRun} run in the queue @param {LiveCell} cell that it belongs to @param {LiveCell} failed an earlier cell */
function cancel(run, cell, failed) {
  const isNeeded = allNeededBy(cell).has(failed);
  const hasFailed = failed.state === "error";
  const { neededFailed, neededStopped, earlierFailed, earlierStopped } = RUN_MESSAGES;
  const needed = hasFailed ? neededFailed : neededStopped;
  const message = isNeeded ? needed : hasFailed ? earlierFailed : earlierStopped;
  run.cancel(
    isNeeded && hasFailed ? "error" : "stopped",
    element("p", { className: "notice" }, ...withNodes(message, { example: cellLink(failed) })),
  );
}

/** @param {LiveCell} cell @param {() => void} then called once, when its run has ended */
function whenEnded(cell, then) {
  const onState = () => {
    if (!ENDINGS.has(cell.state)) return;
    cell.removeEventListener("pyrun:state", onState);
    then();
  };
  cell.addEventListener("pyrun:state", onState);
}

document.addEventListener("pyrun:restart", () => {
  for (const cell of pageCells()) cell.showResult();
});
