/** Which cells run, and in which order: those that others need come first. */
import { cellsOfPage, linkTo, visibleCells } from "../cell/cell_names.js";
import { optionsOf } from "../cell/cell_options.js";
import { element } from "../dom.js";
import { RUN_WORDS } from "../messages.js";

/** @typedef {import("../cell/cell.js").PyrunCell} PyrunCell */
/** @typedef {import("../cell/cell.js").State} State */
/** @typedef {import("./cell_run.js").CellRun} CellRun */

/** @type {ReadonlySet<State>} */
const ENDINGS = new Set(["done", "error", "stopped"]);

/**
 * What "Run above" runs. An isolated cell sees nothing of the others.
 * @param {PyrunCell} cell
 */
export function cellsAbove(cell) {
  if (cell.isIsolated) return [];
  const cells = visibleCells();
  return cells.slice(0, cells.indexOf(cell)).filter((above) => above.session === cell.session);
}

/**
 * Gives cells their places in the queue, in this order; before each of them those that it needs and that are not up
 * to date. All take their places now, so that what the reader clicks next comes after them. When one does not come to
 * its end, those after it do not run.
 * @param {PyrunCell[]} cells
 */
export function runInOrder(cells) {
  const plan = planFor(cells);
  // Those that had a place already are not this plan's to end.
  const runs = plan.map((cell) => cell.enqueue());
  let isBroken = false;
  plan.forEach((cell, place) => {
    whenEnded(cell, () => {
      if (isBroken || cell.state === "done") return;
      isBroken = true; // those that are given up end too, and it is not because of them
      for (const [later, run] of runs.entries()) {
        if (run && later > place) giveUp(run, /** @type {PyrunCell} */ (plan[later]), cell);
      }
    });
  });
}

/** @param {PyrunCell[]} targets @returns {PyrunCell[]} these, and what they need, each once */
function planFor(targets) {
  /** @type {Set<PyrunCell>} */
  const plan = new Set();
  /** @type {Set<PyrunCell>} */
  const seen = new Set();
  /** @param {PyrunCell} cell @param {PyrunCell[]} way from a target to it */
  const visit = (cell, way) => {
    if (seen.has(cell)) return;
    seen.add(cell);
    const needs = neededBy(cell).filter((need) => !way.includes(need));
    for (const need of needs) visit(need, [...way, need]);
    if (targets.includes(cell) || needs.some((need) => plan.has(need)) || !isUpToDate(cell, needs)) {
      plan.add(cell);
    }
  };
  for (const target of targets) visit(target, [target]);
  return [...plan];
}

/**
 * Whether its names are there as its present code defines them, made of what the cells that it needs define now.
 * @param {PyrunCell} cell
 * @param {PyrunCell[]} needs
 */
function isUpToDate({ result, sourceFile }, needs) {
  return Boolean(result?.holds(sourceFile.code)) && needs.every((need) => !need.result?.isAfter(result));
}

/**
 * The cells that are named in `data-needs`, from top to bottom. Set-up code of the same session is not among them: it
 * runs before everything in any case.
 * @param {PyrunCell} cell
 */
function neededBy(cell) {
  const names = new Set(optionsOf(cell).needs);
  return cellsOfPage().filter((other) => {
    const { name, setup } = optionsOf(other);
    return other !== cell && names.has(name) && !(setup && other.session === cell.session);
  });
}

/** @param {PyrunCell} cell @returns {Set<PyrunCell>} what it needs, and what that needs */
function allNeededBy(cell) {
  const all = new Set([cell]); // grows while it is walked
  for (const known of all) for (const need of neededBy(known)) all.add(need);
  all.delete(cell);
  return all;
}

/** @param {CellRun} run that waits @param {PyrunCell} cell whose it is @param {PyrunCell} failed one before it */
function giveUp(run, cell, failed) {
  const isNeeded = allNeededBy(cell).has(failed);
  const hasFailed = failed.state === "error";
  const [before, after] = RUN_WORDS.notRun(isNeeded, hasFailed);
  run.giveUp(
    isNeeded && hasFailed ? "error" : "stopped",
    element("p", { className: "notice" }, before, linkTo(failed), after),
  );
}

/** @param {PyrunCell} cell @param {() => void} then called once, when its run has ended */
function whenEnded(cell, then) {
  const onState = () => {
    if (!ENDINGS.has(cell.state)) return;
    cell.removeEventListener("pyrun:state", onState);
    then();
  };
  cell.addEventListener("pyrun:state", onState);
}
