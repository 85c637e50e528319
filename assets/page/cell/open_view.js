/** Chooses what shows the runs of a cell: most show them below the code, consoles in their transcript. */
import { ConsoleView } from "../console/console_view.js";
import { PlaygroundRuns } from "../playground/playground_runs.js";
import { CellView } from "../run/cell_view.js";
import { isConsole, isPlayground } from "./example_data.js";

/** @import { PageInterpreter } from "../interpreter/page_interpreter.js" */
/** @import { Output } from "../output/output.js" */
/** @import { CellRun } from "../run/cell_run.js" */
/** @import { DeferredUpdates } from "../run/deferred_updates.js" */
/** @import { CodeArea } from "./code_area.js" */
/** @import { LiveCell } from "./live_cell.js" */
/** @import { Toolbar } from "./toolbar.js" */

/**
 * What shows the runs of a cell.
 * @typedef {{ enqueue(interpreter: PageInterpreter): CellRun | null }} RunsOfCell
 */

/**
 * What shows the runs of this cell, which may be a console or a playground.
 * @param {LiveCell} cell
 * @param {Toolbar} toolbar
 * @param {Output} output
 * @param {CodeArea} code
 * @param {DeferredUpdates} updates
 * @returns {RunsOfCell}
 */
export function openView(cell, toolbar, output, code, updates) {
  const view = new CellView(cell, toolbar, output, code, updates);
  if (isPlayground(cell)) return new PlaygroundRuns(cell, code, view);
  return isConsole(cell) ? new ConsoleView(cell, code, view) : view;
}
