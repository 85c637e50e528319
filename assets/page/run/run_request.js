/** Gathers what a run of a cell needs: its code, the set-up code, what they require, and options. */
import { forWorker, optionsOf } from "../cell/cell_options.js";
import { pageCells } from "../cell/page_cells.js";
import { measureTerminal } from "../output/view/terminal_size.js";
import { documentedErrors } from "./documented_errors.js";
import { addedPackages } from "./offers.js";

/** @import { SourceFile } from "../../shared/protocol.js" */
/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { Wanted } from "./pending_run.js" */

/** The name that tracebacks show for code that runs once in each session, before its first example. */
const PREAMBLE = "preamble.py";

/** @param {LiveCell} cell @returns {Wanted} */
export function requestFor(cell) {
  const { session, isIsolated, sourceFile } = cell;
  const options = optionsOf(cell);
  const setup = pageCells().filter(
    (other) => other !== cell && optionsOf(other).setup && other.session === session,
  );
  return {
    session: isIsolated ? null : `${location.pathname}#${session}`,
    source: sourceFile,
    setup: withPreambles([...setup, cell]).slice(0, -1),
    page: cell.dataset.page,
    requirements: [...setup, cell].map(({ dataset }) => dataset.requirements),
    packages: addedPackages(cell),
    options: forWorker(options),
    raises: documentedErrors(cell),
    terminal: measureTerminal(/** @type {ShadowRoot} */ (cell.shadowRoot)),
    timeoutMs: options.timeout && options.timeout * 1000,
  };
}

/** @param {LiveCell[]} cells of one session @returns {SourceFile[]} their code, each after its preamble, which comes once */
function withPreambles(cells) {
  const seen = new Set();
  return cells.flatMap(({ dataset, sourceFile }) => {
    const code = dataset.preamble;
    if (!code || seen.has(code)) return [sourceFile];
    seen.add(code);
    return [{ fileName: PREAMBLE, code }, sourceFile];
  });
}
