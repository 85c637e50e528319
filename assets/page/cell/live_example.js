/** What a cell has from the first sign of interest on: the editor, its controls, its output, and the theme's colours. */

import { copyText, setOrRemove } from "../dom.js";
import { keepEdit, prepareEdits } from "../edits/load_edits.js";
import { acceptDrops } from "../files/reader_files.js";
import { uncoverFocus } from "../keys/uncover_focus.js";
import { CELL_MESSAGES } from "../messages.js";
import { DeferredUpdates } from "../run/deferred_updates.js";
import { CodeArea } from "./code_area.js";
import { addControls } from "./controls.js";
import { openView } from "./open_view.js";
import { followTheme, readTheme } from "./theme.js";

/** @import { PageInterpreter } from "../interpreter/page_interpreter.js" */
/** @import { Output } from "../output/output.js" */
/** @import { CellRun } from "../run/cell_run.js" */
/** @import { ImportEditor } from "./code_area.js" */
/** @import { LiveCell } from "./live_cell.js" */
/** @import { RunsOfCell } from "./open_view.js" */
/** @import { Action, Toolbar } from "./toolbar.js" */

/** The parts of a cell that its reader uses. `PyrunCell` makes it, and remains what the rest of the page knows. */
export class LiveExample {
  #cell;
  #toolbar;
  #output;
  #controls;
  #updates = new DeferredUpdates();
  /** @type {RunsOfCell | null} */
  #view = null;
  /** The last one. @type {CellRun | null} */
  #run = null;

  /**
   * @param {LiveCell} cell
   * @param {Toolbar} toolbar
   * @param {Output} output
   * @param {ImportEditor} importEditor
   * @param {(error: unknown) => void} onFailure the editor could not be loaded
   */
  constructor(cell, toolbar, output, importEditor, onFailure) {
    this.#cell = cell;
    this.#toolbar = toolbar;
    this.#output = output;
    this.code = new CodeArea(
      cell,
      () => void cell.run(),
      onFailure,
      () => {
        this.showResult();
        keepEdit(cell);
      },
      importEditor,
    );
    this.#controls = addControls({ cell, code: this.code }, toolbar, output);
    acceptDrops(cell);
  }

  /** @param {AbortSignal} signal aborted when the cell leaves the page */
  enterPage(signal) {
    this.code.attach();
    readTheme(this.#cell)(); // a run that begins now measures how much text its output has room for
    followTheme(() => readTheme(this.#cell), signal);
    uncoverFocus(this.#cell, signal);
  }

  leavePage() {
    this.#run?.stop();
    this.code.detach();
    if ("modified" in this.#cell.dataset) keepEdit(this.#cell);
  }

  /** The reader points at the cell, touches it, or moves the focus into it. @param {Event} sign */
  welcome(sign) {
    void this.code.prepare();
    if (sign.type !== "pointerenter") prepareEdits();
    if (sign instanceof PointerEvent && sign.type === "pointerdown") void this.code.startEditing(sign);
  }

  /** @param {Exclude<Action, "run" | "stop">} action of a button of the toolbar */
  act(action) {
    if (action === "more") this.#controls.toggleMenu();
    if (action === "reset") this.#cell.reset();
    if (action === "copy") void this.#copy();
  }

  /** Shows that a run has been requested. */
  begin() {
    const cell = this.#cell;
    if (cell.result) cell.result.isShown = false;
    this.#updates.add(() => {
      this.#empty();
      this.#toolbar.show("loading");
    });
  }

  /** Whether a run of this cell is in the queue, or goes on. */
  get isRunning() {
    return this.#run?.hasEnded === false;
  }

  /** @param {PageInterpreter} interpreter */
  enqueue(interpreter) {
    this.#view ??= openView(this.#cell, this.#toolbar, this.#output, this.code, this.#updates);
    this.#run = this.#view.enqueue(interpreter);
    return this.#run;
  }

  /** @returns {boolean} whether there was a run to stop */
  stop() {
    const { isRunning } = this;
    if (isRunning) this.#run?.stop();
    return isRunning;
  }

  reset() {
    this.code.reset();
    if (!this.#toolbar.isOff) this.clear();
    this.#cell.enter("idle");
    this.#cell.say(CELL_MESSAGES.restored);
  }

  /** Makes the deferred updates of a run that begins. */
  flush() {
    this.#updates.flush();
  }

  /** @param {string} message */
  notice(message) {
    this.flush();
    this.#output.notice(message);
  }

  clear() {
    if (this.#cell.result) this.#cell.result.isShown = false;
    this.#empty();
  }

  showResult() {
    const { run, staleness, text } = this.#cell.result?.describe(this.code.content) ?? {};
    setOrRemove(this.#cell, "data-run", run?.toString());
    setOrRemove(this.#cell, "data-stale", staleness);
    this.#controls.showResult(text ?? "");
  }

  #empty() {
    this.#output.clear();
    CodeArea.unmark();
    this.showResult();
  }

  async #copy() {
    const { copied, copyFailed } = CELL_MESSAGES;
    this.#cell.say((await copyText(this.code.copied)) ? copied : copyFailed);
  }
}
