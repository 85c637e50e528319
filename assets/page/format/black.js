/** Formats code with black, in the Python of the cell. */
import { forWorker, optionsOf } from "../cell/cell_options.js";

/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { RunListener } from "../run/pending_run.js" */
/** @import { Formatted } from "./formatted.js" */

/**
 * @param {LiveCell} cell
 * @param {string} code
 * @returns {Promise<Formatted>}
 * @throws {Error} Python or black cannot be loaded
 */
export async function formatWithBlack(cell, code) {
  const { interpreter, sourceFile } = cell;
  const { black } = (await interpreter.site.fresh()).formatters;
  if (black.length === 0) return { problem: "missing" };
  await load(cell, black);
  const question = { kind: /** @type {const} */ ("format"), code, fileName: sourceFile.fileName };
  const answer = await interpreter.questions.ask(cell, location.pathname, {
    ...{ ...question, before: "", cursor: 0, asked: true },
  });
  if (answer === null) return { problem: "busy" };
  const { mistake } = answer;
  return mistake
    ? { problem: "syntax", line: mistake.line, message: mistake.message }
    : { code: answer.code };
}

/** A run without code loads the packages that it needs. @param {LiveCell} cell @param {string[]} packages @returns {Promise<void>} */
function load(cell, packages) {
  const nothing = { fileName: "", code: "" };
  const wanted = {
    ...{ session: null, console: false, source: nothing, setup: [], raises: [], texts: {} },
    ...{ page: cell.dataset.page, requirements: [], packages, timeoutMs: null },
    ...{ folder: null, chosen: [], content: "" },
    options: forWorker(optionsOf({ dataset: {} })),
    terminal: { columns: 80, lines: 24 },
  };
  return new Promise((resolve, reject) => {
    const ignore = () => {};
    /** @type {RunListener} */
    const listener = {
      ...{
        loading: null,
        losesNames: false,
        waiting: ignore,
        progress: ignore,
        running: ignore,
        output: ignore,
      },
      ...{
        display: ignore,
        clear: ignore,
        section: ignore,
        traceback: ignore,
        input: ignore,
        withdrawn: ignore,
      },
      ...{ written: ignore, left: ignore },
      ended: (ending) => (ending === "done" ? resolve() : reject(new Error(ending))),
    };
    cell.interpreter.run(wanted, listener);
  });
}
