/** Shows a run in its cell. */
import { cellOfFile } from "../cell/page_cells.js";
import { element } from "../dom.js";
import { CELL_MESSAGES } from "../messages.js";
import { PlacedOutput } from "../output/places/placed_output.js";
import { OutputControls } from "../output/view/output_controls.js";
import { OutputView } from "../output/view/output_view.js";
import { CellRun } from "./cell_run.js";
import { showOffers } from "./offers.js";
import runCss from "./run.css";
import { cellsToRunAgain, explainFailure, runNotices } from "./run_notices.js";
import { requestFor } from "./run_request.js";

/** @import { WaitStrategy } from "../../shared/protocol.js" */
/** @import { CodeArea } from "../cell/code_area.js" */
/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { PageInterpreter } from "../interpreter/page_interpreter.js" */
/** @import { Toolbar } from "../cell/toolbar.js" */
/** @import { ShownProgress } from "../descriptions.js" */
/** @import { Output } from "../output/output.js" */
/** @import { DeferredUpdates } from "./deferred_updates.js" */
/** @import { RunEnd, RunView, State } from "./run_view.js" */

/** The editor is loaded after a run, or after this time if the run takes longer. */
const SHORT_RUN_MS = 1000;

/** One style sheet for all cells. */
const styles = new CSSStyleSheet();
styles.replaceSync(runCss);

/**
 * Shows a run in its cell. This part of the cell is loaded with the first run.
 * @implements {RunView}
 */
export class CellView {
  #cell;
  #toolbar;
  #code;
  #updates;

  /**
   * @param {LiveCell} cell
   * @param {Toolbar} toolbar
   * @param {Output} output
   * @param {CodeArea} code
   * @param {DeferredUpdates} updates
   */
  constructor(cell, toolbar, output, code, updates) {
    this.#cell = cell;
    this.#toolbar = toolbar;
    this.output = output;
    this.#code = code;
    this.#updates = updates;
    cell.shadowRoot?.adoptedStyleSheets.push(styles);
  }

  /**
   * Adds a run to the queue.
   * @param {PageInterpreter} interpreter
   * @returns {CellRun}
   */
  enqueue(interpreter) {
    const { folder } = this.#code;
    const requested = requestFor(this.#cell);
    const wanted = folder?.complete(requested) ?? requested;
    const terms = { limit: wanted.options.outputLimit, libraries: interpreter.libraries };
    const cell = this.#cell;
    const hasPlaces = "interactive" in cell.dataset || "expected" in cell.dataset;
    const places = hasPlaces ? this.#findPlaces() : null;
    this.output.open = (log, content, below, onDrawn) => {
      const open = () => new OutputView(log, content, below, onDrawn, terms);
      return places ? new PlacedOutput(cell, log, below, open, places, onDrawn, terms) : open();
    };
    return new CellRun(this, interpreter, wanted);
  }

  get root() {
    return /** @type {ShadowRoot} */ (this.#cell.shadowRoot);
  }

  /** @returns {OutputControls} */
  get controls() {
    return OutputControls.of(this);
  }

  get state() {
    return this.#cell.state;
  }

  get result() {
    return this.#cell.result;
  }

  set result(result) {
    this.#cell.result = result;
  }

  get focusedElement() {
    const { activeElement } = document;
    return (
      this.#cell.shadowRoot?.activeElement ?? (this.#cell.contains(activeElement) ? activeElement : null)
    );
  }

  /** @param {FocusOptions} [options] */
  focus(options) {
    this.#cell.focus(options);
  }

  flush() {
    this.#updates.flush();
  }

  /** @param {string} text */
  say(text) {
    this.#toolbar.say(text);
  }

  /** @param {ShownProgress} progress */
  showProgress({ text, amount, fraction }) {
    this.say(text);
    const bar = fraction === null ? [] : [progressBar(fraction)];
    this.#toolbar.progress?.replaceChildren(element("span", { className: "amount" }, amount), ...bar);
  }

  /** @param {WaitStrategy} strategy */
  beginRun(strategy) {
    this.#cell.dataset.input = strategy;
    this.#updates.add(() => {
      this.#prepareEditor(SHORT_RUN_MS);
      this.#cell.showResult();
      this.enter("running");
    });
  }

  /** @param {State} state */
  enter(state) {
    this.#cell.enter(state);
  }

  /** @param {number} line @param {string} code */
  markLine(line, code) {
    if (code === this.#code.code) this.#code.markLine(line);
  }

  /** @param {string} file @returns {((line: number) => void) | null} */
  linesOf(file) {
    const { folder } = this.#code;
    if (folder) return folder.linesOf(file);
    const cell = cellOfFile(file);
    // Hidden set-up code has no line to go to.
    return !cell || cell.hidden ? null : (line) => void cell.showLine(line);
  }

  /** @param {number} epoch */
  losesNames(epoch) {
    return cellsToRunAgain(this.#cell, epoch).length > 0;
  }

  clear() {
    this.#cell.clear();
  }

  /** Only consoles can be left. */
  left() {}

  /** @param {RunEnd} end */
  endRun({ ending, cause, clues, notice, result, epoch }) {
    const cell = this.#cell;
    const hasBegun = result === cell.result;
    cell.result = result;
    cell.showResult();
    if (typeof cause === "object") explainFailure(cell, cause);
    for (const text of runNotices(cell, cause, epoch)) this.output.notice(text);
    if (clues) void showOffers(cell, this.output, clues);
    if (notice) this.output.notice(notice);
    cell.enter(ending);
    if (hasBegun) this.#prepareEditor();
  }

  /** The places of the outputs of the next run. Only an editor has them, so it is loaded now. */
  #findPlaces() {
    const begin = () => {
      const places = this.#code.editor?.places ?? null;
      places?.begin();
      return places;
    };
    return this.#code.editor ? begin() : this.#code.prepare().then(begin);
  }

  /**
   * Loads the editor of a cell that has run without being opened. Not while a worker starts, which would wait for the
   * page, and not at the cost of a short run.
   * @param {number} [delayMs] by default as soon as pending work is done
   */
  #prepareEditor(delayMs = 0) {
    setTimeout(() => this.#cell.isConnected && this.#code.prepare(), delayMs);
  }
}

/** @param {number} value from 0 to 1 */
const progressBar = (value) =>
  element("progress", { className: "bar", "aria-label": CELL_MESSAGES.progress, value });
