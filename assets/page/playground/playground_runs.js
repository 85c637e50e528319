/** Runs a playground with all of its files, which may still have to be loaded. */

/** @import { CodeArea } from "../cell/code_area.js" */
/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { PageInterpreter } from "../interpreter/page_interpreter.js" */
/** @import { CellRun } from "../run/cell_run.js" */
/** @import { CellView } from "../run/cell_view.js" */

/**
 * Runs a playground once its files are there. Without them, its code can run all the same.
 */
export class PlaygroundRuns {
  #cell;
  #code;
  #view;
  #hasTried = false;

  /** @param {LiveCell} cell @param {CodeArea} code @param {CellView} view */
  constructor(cell, code, view) {
    this.#cell = cell;
    this.#code = code;
    this.#view = view;
  }

  /** @param {PageInterpreter} interpreter @returns {CellRun | null} `null` while the files are loading */
  enqueue(interpreter) {
    if (this.#code.folder || this.#hasTried) return this.#view.enqueue(interpreter);
    this.#hasTried = true;
    interpreter.warm(this.#cell.dataset.page); // meanwhile
    void this.#open();
    return null;
  }

  async #open() {
    await this.#code.prepare();
    this.#cell.enter("idle");
    if (this.#cell.isConnected) void this.#cell.run();
  }
}
