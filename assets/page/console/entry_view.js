/** One entry of a console in the transcript: the code with prompts, and what it has shown. */

import { element } from "../dom.js";
import { CELL_MESSAGES } from "../messages.js";
import { Output } from "../output/output.js";
import { makePlace } from "../output/places/section.js";
import { OutputView } from "../output/view/output_view.js";
import { resembles } from "../output/view/terminal_size.js";
import { showOffers } from "../run/offers.js";
import { runInOrder } from "../run/order.js";
import { explainFailure, runNotices } from "../run/run_notices.js";
import { noteEntry } from "./transcript.js";

/** @import { WaitStrategy } from "../../shared/protocol.js" */
/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { ConsoleField } from "../editor/console_field.js" */
/** @import { ShownProgress } from "../descriptions.js" */
/** @import { Terms } from "../output/view/run_output.js" */
/** @import { CellView } from "../run/cell_view.js" */
/** @import { RunEnd, RunView, State } from "../run/run_view.js" */
/** @import { RunResult } from "../run/run_result.js" */

/** What Python prints when its reader interrupts it. */
const INTERRUPTED = "KeyboardInterrupt\n";

/** No entry has its own buttons. */
const NO_CONTROLS = { expand() {}, setCanClear() {} };

/**
 * Shows the run of an entry.
 * @implements {RunView}
 */
export class EntryView {
  #cell;
  #view;
  #field;
  #text;
  #terms;
  #onEnd;
  #element = element("div", { className: "pyrun-entry" });
  /** The lines that Python has taken. */
  entered = "";
  /** Whether Python has taken the entry. Otherwise it goes on, or waits. */
  hasBegun = false;
  /** Whether the code has ended the console. */
  hasLeft = false;
  controls = NO_CONTROLS;
  /** A console has no result that could become stale. @type {RunResult | null} */
  result = null;
  output;

  /**
   * @param {LiveCell} cell
   * @param {CellView} view of the cell
   * @param {ConsoleField} field
   * @param {string} text of which Python takes the first statement
   * @param {Terms} terms
   * @param {(end: RunEnd) => void} onEnd
   */
  constructor(cell, view, field, text, terms, onEnd) {
    this.#cell = cell;
    this.#view = view;
    this.#field = field;
    this.#text = text;
    this.#terms = terms;
    this.#onEnd = onEnd;
    this.output = this.#makeOutput();
  }

  get root() {
    return this.#view.root;
  }

  get state() {
    return this.#view.state;
  }

  get focusedElement() {
    return this.#view.focusedElement;
  }

  focus() {
    this.#field.focus();
  }

  flush() {
    this.#view.flush();
  }

  /** @param {string} text */
  say(text) {
    this.#view.say(text);
  }

  /** @param {ShownProgress} progress */
  showProgress(progress) {
    this.#view.showProgress(progress);
  }

  /** @param {WaitStrategy} strategy */
  beginRun(strategy) {
    this.#view.beginRun(strategy);
  }

  /** @param {State} state */
  enter(state) {
    this.#view.enter(state);
  }

  /** The traceback has the line. */
  markLine() {}

  /** @param {string} file */
  linesOf(file) {
    return this.#view.linesOf(file);
  }

  /** @param {number} epoch */
  losesNames(epoch) {
    return this.#view.losesNames(epoch);
  }

  clear() {
    this.output.clear();
  }

  left() {
    this.hasLeft = true;
  }

  /** @param {RunEnd} end */
  endRun(end) {
    const { ending, cause, clues, notice, epoch } = end;
    const { output } = this;
    if (ending === "stopped" && this.hasBegun) output.view.add([{ stream: "stderr", text: INTERRUPTED }], 0);
    output.shown?.flush();
    if (typeof cause === "object") explainFailure(this.#cell, cause);
    for (const text of runNotices(this.#cell, cause, epoch)) output.notice(text);
    if (clues) {
      const again = (/** @type {LiveCell[]} */ first) => {
        runInOrder(first.filter((part) => part.isConnected));
        this.#field.write(this.entered);
        void this.#cell.run();
      };
      void showOffers(this.#cell, output, clues, { again, isCurrent: () => output.element.isConnected });
    }
    if (notice) output.notice(notice);
    this.#onEnd(end);
  }

  /** Python takes the lines up to this one. @param {number} line from 1 */
  #take(line) {
    if (this.hasBegun) return;
    this.hasBegun = true;
    this.entered = this.#text.split("\n").slice(0, line).join("\n");
    this.#field.take(this.#text, line);
    const code = element("div", { className: "pyrun-entered", "aria-live": "off" });
    code.append(this.#field.drawn(this.entered.trimEnd()));
    if (!this.#element.isConnected) this.#field.transcript.append(this.#element);
    this.#element.append(code);
    noteEntry(this.#element, this);
    const { shown, element: log } = this.output;
    if (shown?.file.size === 0) hostOf(log).remove();
    this.output = this.#makeOutput(); // what was shown before is above the code
    this.#field.scrollToEnd();
  }

  #makeOutput() {
    const output = new Output();
    const { element: log } = output;
    log.setAttribute("role", "group");
    log.setAttribute("aria-label", CELL_MESSAGES.output);
    log.classList.add("scroller");
    output.open = (scroller, content, below, onDrawn) => {
      this.#element.append(makePlace(this.#cell, log));
      if (!this.#element.isConnected) this.#field.transcript.append(this.#element);
      resembles(scroller, logOf(this.#cell));
      const drawn = () => {
        onDrawn();
        this.#field.scrollToEnd();
      };
      const view = new OutputView(scroller, content, below, drawn, this.#terms);
      return Object.assign(view, { section: (/** @type {number} */ line) => this.#take(line) });
    };
    return output;
  }
}

/** @param {HTMLElement} log in a place @returns {Element} the place */
const hostOf = (log) => /** @type {ShadowRoot} */ (log.getRootNode()).host;

/** @param {LiveCell} cell @returns {HTMLElement} */
const logOf = ({ shadowRoot }) => /** @type {HTMLElement} */ (shadowRoot?.querySelector('[role="log"]'));
