/** A live example: the element `<pyrun-cell>`, which wires its parts. */
import { reasonOf } from "../../shared/errors.js";
import { ChangedFileError } from "../../shared/pinned_files.js";
import { copyText, setOrRemove } from "../dom.js";
import { warmUp, whenSeen } from "../interpreter/warm_up.js";
import { CELL_MESSAGES, EARLY_FAILURE_MESSAGES } from "../messages.js";
import { DeferredUpdates } from "../run/deferred_updates.js";
import { beforeUse } from "./before_use.js";
import { CodeArea } from "./code_area.js";
import { forgetRun, isCompilation, isPreview } from "./compilation.js";
import { fileNameAt } from "./example_data.js";
import { loadedOnIntent, loadOnIntent } from "./load_on_intent.js";
import { surround } from "./surroundings.js";
import { followTheme, readTheme } from "./theme.js";
import { BUSY, Toolbar } from "./toolbar.js";

/** @import { SourceFile } from "../../shared/protocol.js" */
/** @import { PageInterpreter } from "../interpreter/page_interpreter.js" */
/** @import { EarlyFailure } from "../messages.js" */
/** @import { Output } from "../output/output.js" */
/** @import { CellRun } from "../run/cell_run.js" */
/** @import { CellView } from "../run/cell_view.js" */
/** @import { RunResult } from "../run/run_result.js" */
/** @import { State } from "../run/run_view.js" */
/** @import { LiveCell } from "./live_cell.js" */
/** @import { OnIntent } from "./load_on_intent.js" */

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
  /** What is around the code, once it is made. @type {{ toolbar: Toolbar, output: Output } | null} */
  #parts = null;
  #code = new CodeArea(
    this,
    () => void this.run(),
    (message) => location.protocol !== "file:" && this.say(message),
    () => this.showResult(),
  );
  #updates = new DeferredUpdates();
  /** The result of the last run. @type {RunResult | null} */
  result = null;
  /** @type {CellView | null} */
  #view = null;
  /** The last one. @type {CellRun | null} */
  #run = null;
  /** Whether it has got code of a stranger, which the editor's history may bring back. */
  #hasForeign = false;
  /** Counts the clicks on Run, so that an earlier one that is still loading can be recognised as outdated. */
  #attempt = 0;
  /** Aborted when the cell leaves the page. */
  #connected = new AbortController();

  constructor() {
    super();
    this.addEventListener("dragenter", () => void this.#acceptDrops(), { once: true });
  }

  connectedCallback() {
    if (isPreview(this)) return this.replaceWith(...this.childNodes);

    if (this.#parts === null) forgetRun(this);
    if (this.hidden) return;
    this.#code.attach();
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    const complete = () => {
      followTheme(() => readTheme(this), signal);
      warmUp(this, this.#toolbar.run, () => void this.#warm(), signal);
    };
    if (this.#parts || this.dataset.load) complete();
    else beforeUse(this, complete, signal);
    if (this.hasAttribute("data-autorun") && !isCompilation()) whenSeen(this, () => void this.run(), signal);
  }

  disconnectedCallback() {
    // Moving an element disconnects it too, and must not end its run.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#connected.abort();
      this.#run?.stop();
      this.#code.detach();
    });
  }

  /** @returns {State} */
  get state() {
    return /** @type {State} */ (this.dataset.state ?? "idle");
  }

  /** Whether its code is that of a stranger. It is the author's again when it is the same text. */
  get isForeign() {
    return this.#hasForeign && this.#code.isEdited;
  }
  set isForeign(isForeign) {
    this.#hasForeign = isForeign;
  }

  /** The code, and its name in tracebacks: cells are counted from the top of the page. @returns {SourceFile} */
  get sourceFile() {
    const index = [...document.querySelectorAll("pyrun-cell")].indexOf(this);
    return { fileName: fileNameAt(index), code: this.#code.code };
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
    const loading = loadOnIntent();
    const before = PyrunCell.#queued;
    PyrunCell.#queued = Promise.allSettled([before, loading]).then(() => {});
    try {
      const [{ runInOrder }] = await Promise.all([loading, before]);
      if (attempt !== this.#attempt || !this.isConnected) return this.enter("stopped");
      runInOrder([this]);
    } catch (error) {
      if (error instanceof ChangedFileError) return this.#fail("changed", error.address);
      // A frame without an origin may neither load modules nor start workers.
      this.#fail(self.origin === "null" ? "frame" : "client", reasonOf(error));
    }
  }

  /** @returns {CellRun | null} */
  enqueue() {
    if (this.#toolbar.isOff || this.#run?.hasEnded === false) return null;
    if (!BUSY.has(this.state)) this.#begin();
    const { CellView } = this.#onIntent;
    this.#view ??= new CellView(this, this.#toolbar, this.#output, this.#code, this.#updates);
    this.#run = this.#view.enqueue(this.interpreter);
    return this.#run;
  }

  /** Ends the run in any state. */
  stop() {
    if (this.#run?.hasEnded === false) this.#run.stop();
    else this.#attempt += 1; // `run` is still loading, and will see that it is outdated
  }

  /** Restores the author's code, as a change that can be undone, and clears the output. Names in Python stay. */
  reset() {
    if (BUSY.has(this.state)) return;
    this.#code.reset();
    if (!this.#toolbar.isOff) this.clear();
    this.enter("idle");
    this.#toolbar.say(CELL_MESSAGES.restored);
  }

  /** @returns {PageInterpreter} */
  get interpreter() {
    return this.#onIntent.interpreters.of(this);
  }

  /** @param {number} line */
  async showLine(line) {
    await this.#code.showLine(line);
  }

  /** @param {string} text */
  say(text) {
    this.#toolbar.say(text);
  }

  /** @param {string} message */
  notice(message) {
    this.#updates.flush();
    this.#output.notice(message);
  }

  /** @param {State} state */
  enter(state) {
    this.#updates.flush();
    this.#toolbar.show(state);
    this.#announce(state);
  }

  clear() {
    if (this.result) this.result.isShown = false;
    this.#empty();
  }

  /** @param {string} message @param {string} detail @param {boolean} canRetry */
  explain(message, detail, canRetry) {
    this.#updates.flush();
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
    if (this.#parts === null) return;
    const { run, staleness, text } = this.result?.describe(this.#code.code) ?? {};
    setOrRemove(this, "data-run", run?.toString());
    setOrRemove(this, "data-stale", staleness);
    this.#toolbar.result.textContent = text ?? "";
  }

  #begin() {
    this.#attempt += 1;
    if (this.result) this.result.isShown = false;
    this.#updates.add(() => {
      this.#empty();
      this.#toolbar.show("loading");
    });
    this.#announce("loading");
  }

  #empty() {
    this.#output.clear();
    CodeArea.unmark();
    this.showResult();
  }

  get #toolbar() {
    return this.#made.toolbar;
  }
  get #output() {
    return this.#made.output;
  }
  /** What is around the code. It is made when it is first needed. */
  get #made() {
    if (this.#parts) return this.#parts;
    const { copied, copyFailed } = CELL_MESSAGES;
    const toolbar = new Toolbar({
      run: () => void this.run(),
      stop: () => this.stop(),
      reset: () => this.reset(),
      copy: async () => this.say((await copyText(this.#code.copied)) ? copied : copyFailed),
      more: () => void this.#more(),
    });
    this.#parts = surround(this, toolbar);
    return this.#parts;
  }

  /** Only for callers that run after it has loaded. */
  get #onIntent() {
    return /** @type {OnIntent} */ (loadedOnIntent());
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
      (await loadOnIntent()).interpreters.of(this).warm(this.dataset.page);
    } catch {
      // Run tries again, and shows the failure.
    }
  }

  async #more() {
    try {
      // Synchronously if possible, because the reader's next key is meant for the menu.
      const { toggleMenu } = loadedOnIntent() ?? (await loadOnIntent());
      toggleMenu(this, this.#toolbar.more, this.#code);
    } catch {
      this.#toolbar.say(CELL_MESSAGES.notLoaded);
    }
  }

  async #acceptDrops() {
    try {
      (await loadOnIntent()).acceptDrops(this);
    } catch {
      // Then the browser opens dropped files itself, as everywhere else in the page.
    }
  }
}
