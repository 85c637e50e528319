/** A console: runs what the reader enters, entry by entry, and keeps the transcript. */

import { element } from "../dom.js";
import { languageAttributes } from "../language/current.js";
import { CONSOLE_MESSAGES } from "../messages.js";
import { CellRun } from "../run/cell_run.js";
import { requestFor } from "../run/run_request.js";
import { findEntry, HistoryWalk, remember } from "./entry_history.js";
import { EntryView } from "./entry_view.js";
import { renewSession } from "./own_session.js";

/** @import { CodeArea } from "../cell/code_area.js" */
/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { ConsoleField, ConsoleKeys } from "../editor/console_field.js" */
/** @import { PageInterpreter } from "../interpreter/page_interpreter.js" */
/** @import { CellView } from "../run/cell_view.js" */
/** @import { RunEnd } from "../run/run_view.js" */

/**
 * A console. Each entry is a run of the cell, one after the other; what the reader enters meanwhile waits in the field.
 * @implements {ConsoleKeys}
 */
export class ConsoleView {
  #cell;
  #code;
  #view;
  #entries = 0;
  /** The entry that runs, or waits to run. @type {EntryView | null} */
  #entry = null;
  /** @type {CellRun | null} */
  #run = null;
  /** @type {{ walk: HistoryWalk, shown: string } | null} */
  #walk = null;

  /** @param {LiveCell} cell @param {CodeArea} code @param {CellView} view for what all cells show alike */
  constructor(cell, code, view) {
    this.#cell = cell;
    this.#code = code;
    this.#view = view;
  }

  /** @param {PageInterpreter} interpreter @returns {CellRun | null} `null` while the field is loading */
  enqueue(interpreter) {
    const field = this.#field;
    if (field === null) {
      void this.#open();
      return null;
    }
    field.keys = this;
    if (field.next === null) {
      field.enterAll();
      field.focus();
    }
    const text = field.next ?? "";
    this.#entries += 1;
    const source = { fileName: `<python-input-${this.#entries}>`, code: text };
    const wanted = { ...requestFor(this.#cell), source, console: true };
    const terms = { limit: wanted.options.outputLimit, libraries: interpreter.libraries };
    const entry = new EntryView(this.#cell, this.#view, field, text, terms, (end) => this.#ended(end));
    this.#entry = entry;
    this.#run = new CellRun(entry, interpreter, wanted);
    return this.#run;
  }

  /** @param {string} text */
  older(text) {
    if (this.#walk?.shown !== text) this.#walk = { walk: new HistoryWalk(text), shown: text };
    return this.#show(this.#walk, this.#walk.walk.back());
  }

  newer() {
    return this.#walk && this.#show(this.#walk, this.#walk.walk.forward());
  }

  /** @param {string} text @param {number} [before] */
  find(text, before) {
    return findEntry(text, before);
  }

  interrupt() {
    remember(this.#field?.text ?? "");
    if (this.#run?.hasEnded !== false) return false;
    this.#run.stop();
    return true;
  }

  clear() {
    this.#field?.transcript.replaceChildren();
  }

  edited() {
    if (this.#entry?.hasBegun === false) this.#run?.stop();
  }

  /** @returns {ConsoleField | null} */
  get #field() {
    return this.#code.editor?.console ?? null;
  }

  /** @param {{ walk: HistoryWalk, shown: string }} walk @param {string | null} text */
  #show(walk, text) {
    if (text !== null) walk.shown = text;
    return text;
  }

  async #open() {
    await this.#code.prepare();
    this.#cell.enter("idle");
    if (this.#field && this.#cell.isConnected) void this.#cell.run();
  }

  /** @param {RunEnd} end */
  #ended({ ending, cause }) {
    const { hasBegun, hasLeft, entered } = /** @type {EntryView} */ (this.#entry);
    const field = this.#field;
    const cell = this.#cell;
    if (hasBegun) {
      remember(entered);
      this.#walk = null;
    }
    if (hasLeft) {
      renewSession(cell);
      field?.transcript.append(
        element("p", { className: "pyrun-ended", ...languageAttributes() }, CONSOLE_MESSAGES.ended),
      );
    }
    if (!hasBegun && ending === "done" && !cause) field?.goesOn();
    else if (hasLeft || ending === "stopped" || cause) field?.forgetEntered();
    cell.enter(ending);
    if (ending === "done") cell.say(""); // what it has shown says enough
    field?.scrollToEnd();
    if (field && field.next !== null) void cell.run();
  }
}
