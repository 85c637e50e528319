/** A live example: the element `<pyrun-cell>`. What a reader needs only on intent is in live_example.js. */
import { reasonOf } from "../../shared/errors.js";
import { ChangedFileError } from "../../shared/pinned_files.js";
import { importEditor } from "../editor/import_editor.js";
import { callForEdits } from "../edits/load_edits.js";
import { autorun, warmUp } from "../interpreter/warm_up.js";
import { speak } from "../language/current.js";
import { CELL_MESSAGES, EARLY_FAILURE_MESSAGES } from "../messages.js";
import { Output } from "../output/output.js";
import { beforeUse } from "./before_use.js";
import { makeFocusable } from "./code_block.js";
import { forgetRun, isPreview } from "./compilation.js";
import { fileNameAt } from "./example_data.js";
import { loadedOnIntent, loadInterpreters, loadOnIntent, openedInterpreters } from "./load_on_intent.js";
import { sourceOf } from "./source.js";
import { surround } from "./surroundings.js";
import { BUSY, Toolbar } from "./toolbar.js";

/** @import { SourceFile } from "../../shared/protocol.js" */
/** @import { PageInterpreter } from "../interpreter/page_interpreter.js" */
/** @import { EarlyFailure } from "../messages.js" */
/** @import { CellRun } from "../run/cell_run.js" */
/** @import { RunResult } from "../run/run_result.js" */
/** @import { State } from "../run/run_view.js" */
/** @import { LiveCell } from "./live_cell.js" */
/** @import { LiveExample } from "./live_example.js" */
/** @import { OnIntent } from "./load_on_intent.js" */
/** @import { Action } from "./toolbar.js" */

/** What shows that a reader is interested. */
const SIGNS = ["pointerenter", "pointerdown", "focusin", "dragenter"];

/**
 * A live example: `<pyrun-cell>` around the host's own highlighted block. `pyrun_core.examples.render` writes it. Its
 * attributes `data-*` hold the options of the example (shared/options.js) and what it requires (`BUILD_ATTRIBUTES` of
 * render.py).
 *
 * It writes `data-state`, and sends a bubbling `pyrun:state` event for every change of it; `data-run`, the number of
 * the run that the shown output is from; `data-stale`, why that no longer holds; `data-input`, how Python waits.
 * @implements {LiveCell}
 */
export class PyrunCell extends HTMLElement {
  /** Resolves when all clicks on Run so far are in the queue. It keeps their order while scripts load. */
  static #queued = Promise.resolve();
  /** @type {Toolbar | null} */
  #bar = null;
  /** @type {Output | null} */
  #log = null;
  /** What it has from the first sign of interest on. @type {LiveExample | null} */
  #example = null;
  /** @type {LiveCell["writeCode"]} */
  writeCode = (code) => this.#loadLive().then((live) => live.code.write(code), this.#missEditor.bind(this));
  /** @type {RunResult | null} */ result = null;
  /** Whether it has got code of a stranger, which the editor's history may bring back. */
  #hasForeign = false;
  /** Counts the clicks on Run, so that an earlier one that is still loading can be recognised as outdated. */
  #attempt = 0;
  /** Aborted when the cell leaves the page. */
  #connected = new AbortController();

  constructor() {
    super();
    for (const type of SIGNS) this.addEventListener(type, (event) => void this.#welcome(event));
  }

  connectedCallback() {
    if (isPreview(this)) return this.replaceWith(...this.childNodes);
    speak(this.dataset);
    if (this.#bar === null) forgetRun(this);
    if (this.hidden) return;
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    if (this.#example) this.#example.enterPage(signal);
    else makeFocusable(this);
    callForEdits(this);
    const complete = () => warmUp(this, this.#toolbar.run, () => void this.#warm(), signal);
    if (this.#bar || this.dataset.load) complete();
    else beforeUse(this, complete, signal);
    if (this.hasAttribute("data-autorun")) autorun(this, signal);
  }

  disconnectedCallback() {
    // Moving an element disconnects it too, and must not end its run.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#connected.abort();
      this.#example?.leavePage();
    });
  }

  /** @returns {State} */
  get state() {
    return /** @type {State} */ (this.dataset.state ?? "idle");
  }

  /** Whether its code is that of a stranger. It is the author's again when it is the same text. */
  get isForeign() {
    return this.#hasForeign && this.#example?.code.isEdited === true;
  }
  set isForeign(isForeign) {
    this.#hasForeign = isForeign;
  }

  /** The code, and its name in tracebacks: cells are counted from the top of the page. @returns {SourceFile} */
  get sourceFile() {
    const index = [...document.querySelectorAll("pyrun-cell")].indexOf(this);
    return { fileName: fileNameAt(index, this), code: this.#example?.code.code ?? sourceOf(this) };
  }

  get content() {
    return this.#example?.code.content ?? sourceOf(this);
  }

  /** @override @param {FocusOptions} [options] */
  focus(options) {
    this.#toolbar.run.focus(options);
  }

  /** Runs the cells that this one needs, then its code. Does nothing while a run goes on. */
  async run() {
    if (BUSY.has(this.state) || this.#toolbar.isOff) return;
    this.#begin();
    const attempt = this.#attempt;
    if (location.protocol === "file:") return this.#fail("unserved", "");
    const loading = loadInterpreters();
    const before = PyrunCell.#queued;
    PyrunCell.#queued = Promise.allSettled([before, loading]).then(() => {});
    try {
      await Promise.all([loading, before]);
      if (attempt !== this.#attempt || !this.isConnected) return this.enter("stopped");
      loadedOnIntent()?.runInOrder([this]);
    } catch (error) {
      if (error instanceof ChangedFileError) return this.#fail("changed", error.address);
      // A frame without an origin may neither load modules nor start workers.
      this.#fail(self.origin === "null" ? "frame" : "client", reasonOf(error));
    }
  }

  /** @returns {CellRun | null} */
  enqueue() {
    const example = this.#live;
    if (this.#toolbar.isOff || example.isRunning) return null;
    if (!BUSY.has(this.state)) this.#begin();
    return example.enqueue(this.interpreter);
  }

  /** Ends the run in any state. */
  stop() {
    if (!this.#example?.stop()) this.#attempt += 1; // `run` is still loading, and will see that it is outdated
  }

  /** Restores the author's code, as a change that can be undone, and clears the output. Names in Python stay. */
  reset() {
    if (!BUSY.has(this.state)) this.#example?.reset();
  }

  /** @returns {PageInterpreter} */
  get interpreter() {
    return openedInterpreters().of(this);
  }

  /** @param {number} line */
  showLine(line) {
    return this.#live.code.showLine(line);
  }

  /** @param {string} text */
  say(text) {
    this.#toolbar.say(text);
  }

  /** @param {string} message */
  notice(message) {
    this.#live.notice(message);
  }

  /** @param {State} state */
  enter(state) {
    this.#example?.flush();
    this.#toolbar.show(state);
    this.#announce(state);
  }

  clear() {
    this.#example?.clear();
  }

  /** @param {string} message @param {string} detail @param {boolean} canRetry */
  explain(message, detail, canRetry) {
    this.#example?.flush();
    this.#output.fail(message, detail, canRetry ? () => void this.run() : null);
  }

  /** @param {string} message */
  switchOff(message) {
    if (this.#toolbar.isOff) return;
    this.#toolbar.isOff = true;
    this.clear();
    this.enter("idle");
    this.notice(message);
  }

  showResult() {
    this.#example?.showResult();
  }

  #begin() {
    this.#attempt += 1;
    if (this.#example) this.#example.begin();
    else {
      this.#log?.clear();
      this.#toolbar.show("loading");
    }
    this.#announce("loading");
  }

  /** What is around the code. It is made when it is first needed. */
  get #toolbar() {
    if (this.#bar) return this.#bar;
    const shown = /** @type {Action[]} */ (this.dataset.toolbar === "full" ? ["reset", "copy", "more"] : []);
    this.#bar = new Toolbar((action) => void this.#act(action), shown);
    surround(this, this.#bar);
    return this.#bar;
  }

  get #output() {
    if (this.#log) return this.#log;
    this.#log = new Output();
    this.#toolbar.element.parentElement?.after(this.#log.place);
    return this.#log;
  }

  /** Only for callers that run after the script has loaded. */
  get #live() {
    if (this.#example) return this.#example;
    const { LiveExample } = /** @type {OnIntent} */ (loadedOnIntent());
    const onFailure = (/** @type {unknown} */ error) => this.#missEditor(error);
    this.#example = new LiveExample(this, this.#toolbar, this.#output, importEditor, onFailure);
    this.#example.enterPage(this.#connected.signal);
    return this.#example;
  }

  /** Synchronously if possible, because the reader's next key is meant for what comes. @returns {Promise<LiveExample>} */
  async #loadLive() {
    if (!loadedOnIntent()) await loadOnIntent();
    return this.#live;
  }

  /** A reader is interested. @param {Event} event */
  async #welcome(event) {
    try {
      void importEditor().catch(() => {}); // at the same time; the example reports a failure
      (await this.#loadLive()).welcome(event);
    } catch (error) {
      this.#missEditor(error);
    }
  }

  /** @param {unknown} error why the editor could not be loaded */
  #missEditor(error) {
    const { changed } = EARLY_FAILURE_MESSAGES;
    if (location.protocol !== "file:")
      this.say(error instanceof ChangedFileError ? changed : CELL_MESSAGES.editorFailed);
  }

  /** @param {Action} action of a button of the toolbar */
  async #act(action) {
    if (action === "run") return this.run();
    if (action === "stop") return this.stop();
    try {
      const example = loadedOnIntent() ? this.#live : await this.#loadLive();
      example.act(action);
    } catch {
      this.say(CELL_MESSAGES.notLoaded);
    }
  }

  /** @param {State} state */
  #announce(state) {
    this.dataset.state = state;
    this.dispatchEvent(new CustomEvent("pyrun:state", { bubbles: true, composed: true, detail: { state } }));
  }

  /** @param {EarlyFailure} reason @param {string} detail */
  #fail(reason, detail) {
    this.explain(EARLY_FAILURE_MESSAGES[reason], detail, reason === "client" || reason === "changed");
    this.enter("error");
  }

  /** Starts Python before the reader presses Run. */
  async #warm() {
    if (location.protocol === "file:" || this.#toolbar.isOff) return;
    try {
      (await loadInterpreters()).of(this).warm(this.dataset.page);
    } catch {
      // Run tries again, and shows the failure.
    }
  }
}
