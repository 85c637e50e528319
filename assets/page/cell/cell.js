import { reasonOf } from "../../shared/errors.js";
import { copyText, element } from "../dom.js";
import { warmUp, whenSeen } from "../interpreter/warm_up.js";
import { CELL_MESSAGES } from "../messages.js";
import { Output } from "../output/output.js";
import { DeferredUpdates } from "../run/deferred_updates.js";
import cellCss from "./cell.css";
import { CodeArea } from "./code_area.js";
import { followTheme, readTheme } from "./theme.js";
import { BUSY, Toolbar } from "./toolbar.js";

/** @typedef {"idle" | "loading" | "running" | "input" | "done" | "error" | "stopped"} State */
/** @typedef {import("../run/cell_run.js").CellRun} CellRun */
/** @typedef {import("../run/run_result.js").RunResult} RunResult */
/** @typedef {import("../messages.js").FailureReason} FailureReason */
/** @typedef {import("../../shared/protocol.js").SourceFile} SourceFile */

/** What is loaded once a reader wants something. @typedef {typeof import("../interpreter/client.js") & typeof import("../run/on_intent.js")} Rest */

/**
 * What a run needs of its cell. `changes` are made before anything else of the run is shown; `focused`: what has the
 * focus in it; `ended`: the run is over, and says so next; `clear`: the output is wanted no more.
 * @typedef {{
 *   toolbar: Toolbar, output: Output, changes: DeferredUpdates, enter(state: State): void, explain(reason: FailureReason, detail: string): void,
 *   focused(): Element | null, ended(): void, clear(): void,
 * }} Parts
 */

/** Failures that can be gone at the next try. @type {ReadonlySet<FailureReason>} */
const CAN_RETRY = new Set(["download", "stalled", "client", "crash", "killed", "package", "file"]);

const ISOLATED_SESSION = "isolated";
const PAGE_SESSION = "page";

/** One style sheet for the shadow trees of all cells. */
const styles = new CSSStyleSheet();
styles.replaceSync(cellCss);

/** @param {Element} element @param {string} name @param {string | null | undefined} value */
const setOrRemove = (element, name, value) =>
  value ? element.setAttribute(name, value) : element.removeAttribute(name);

/**
 * A live example: `<pyrun-cell>` around the host's own highlighted block. `pyrun_core.examples.render` writes it. Its
 * attributes `data-*` hold the options of the example (shared/options.js) and what the build decided for it
 * (`BUILD_ATTRIBUTES` of render.py).
 *
 * It writes `data-state`, and sends a bubbling `pyrun:state` event for every change of it; `data-run`, the number of
 * the run that the shown output is from; `data-stale`, why that no longer holds; `data-input`, how Python waits.
 */
export class PyrunCell extends HTMLElement {
  /** @type {Rest | null} */
  static #loaded = null;
  /** Settled when all clicks on Run so far have their places: what each loads first may come in any order. */
  static #placed = Promise.resolve();
  #root = this.attachShadow({ mode: "open" });
  #toolbar = new Toolbar({
    run: () => void this.run(),
    stop: () => this.stop(),
    reset: () => this.reset(),
    copy: () => void this.#copy(),
    more: () => void this.#more(),
  });
  #output = new Output();
  #code = new CodeArea(
    this,
    () => void this.run(),
    () => location.protocol !== "file:" && this.#toolbar.say(CELL_MESSAGES.editorFailed),
    () => this.showFreshness(),
  );
  #changes = new DeferredUpdates();
  /** What the last run has left. @type {RunResult | null} */
  result = null;
  /** @type {CellRun | null} */
  #run = null;
  /** Counts the clicks on Run, so that what an earlier one began cannot come back late. */
  #attempt = 0;
  /** @type {(() => void) | null} */
  #unfollow = null;
  /** Ends with the cell's time in the page. */
  #connected = new AbortController();

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [styles];
    this.#root.append(element("slot"), this.#toolbar.element, this.#output.element);
    this.#output.element.setAttribute("aria-describedby", this.#toolbar.result.id);
    this.addEventListener("dragenter", () => void this.#acceptDrops(), { once: true });
  }

  connectedCallback() {
    if (this.hidden) return;
    this.#unfollow = followTheme(() => readTheme(this));
    this.#code.attach();
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    warmUp(this, this.#toolbar.run, () => void this.#warm(), signal);
    if (this.hasAttribute("data-autorun")) whenSeen(this, () => void this.run(), signal);
  }

  disconnectedCallback() {
    // Moving an element disconnects it too, and must not end its run.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#unfollow?.();
      this.#connected.abort();
      this.#run?.stop();
      this.#code.detach();
    });
  }

  /** @returns {State} */
  get state() {
    return /** @type {State} */ (this.dataset.state ?? "idle");
  }

  /** The code under the name that tracebacks show: cells are counted from the top of the page. @returns {SourceFile} */
  get sourceFile() {
    const position = [...document.querySelectorAll("pyrun-cell")].indexOf(this);
    return { fileName: `cell${position + 1}.py`, code: this.#code.code };
  }

  /** Whose names the code sees. */
  get session() {
    return this.dataset.session ?? PAGE_SESSION;
  }

  /** Whether every run begins with no names, and leaves none. */
  get isIsolated() {
    return this.session === ISOLATED_SESSION;
  }

  /** @override @param {FocusOptions} [options] */
  focus(options) {
    this.#toolbar.run.focus(options);
  }

  /** Runs the code, and first what it needs. A run that has not ended goes on: pressing Run again does nothing. */
  async run() {
    if (BUSY.has(this.state)) return;
    this.#begin();
    const attempt = this.#attempt;
    if (location.protocol === "file:") return this.#fail("unserved", "");
    const loading = this.#load();
    const before = PyrunCell.#placed;
    PyrunCell.#placed = Promise.allSettled([before, loading]).then(() => {});
    try {
      const [{ runInOrder }] = await Promise.all([loading, before]);
      if (attempt !== this.#attempt || !this.isConnected) return this.#enter("stopped");
      runInOrder([this]);
    } catch (error) {
      // A frame without an origin may load no module, and start no worker.
      const reason = self.origin === "null" ? "frame" : "client";
      this.#fail(reason, reasonOf(error));
    }
  }

  /** Takes a place in the queue. @returns {CellRun | null} nothing if it has one already */
  enqueue() {
    if (this.#run) return null;
    if (!BUSY.has(this.state)) this.#begin();
    const parts = {
      toolbar: this.#toolbar,
      output: this.#output,
      changes: this.#changes,
      enter: this.#enter.bind(this),
      explain: this.#explain.bind(this),
      focused: () => this.#focusedInside(),
      ended: () => {
        this.#run = null;
      },
      clear: () => this.#clear(),
    };
    // Of a module that is there by now, so it is done before any output can come.
    void this.#output.prepare();
    const { CellRun } = this.#rest;
    this.#run = new CellRun(this, parts, this.#interpreter);
    return this.#run;
  }

  /** Ends the run, whatever it is doing. */
  stop() {
    if (this.#run) this.#run.stop();
    else this.#attempt += 1; // it has not even begun: `run` sees that it is no longer wanted
  }

  /** Brings the author's code back, as a change that can be undone, and clears the output. Names in Python stay. */
  reset() {
    if (BUSY.has(this.state)) return;
    this.#code.reset();
    this.#clear();
    this.#enter("idle");
    this.#toolbar.say(CELL_MESSAGES.restored);
  }

  /** Ends all runs of the page, and the Python that has their names. */
  restartPython() {
    this.#interpreter.restart();
    this.#toolbar.say(CELL_MESSAGES.pythonRestarted);
  }

  /**
   * Brings the editor to a cell that was run and that nobody has come near. Not while a worker starts, which has to wait
   * for the page then, and not at the cost of a short run.
   * @param {number} [delayMs] by itself after what is being shown
   */
  prepareEditor(delayMs = 0) {
    setTimeout(() => this.isConnected && this.#code.prepare(), delayMs);
  }

  /** Marks a line of the code (from 1), if the editor is there. @param {number} line */
  markLine(line) {
    this.#code.markLine(line);
  }

  /** Brings the reader to a line of the code (from 1), and marks it. @param {number} line */
  async showLine(line) {
    await this.#code.showLine(line);
  }

  /** Lets the code open files of the reader's. @param {Iterable<File>} files */
  async takeFiles(files) {
    const { shareFiles } = await this.#load();
    void this.#warm(); // it will be wanted soon
    const notice = await shareFiles(files, this.#interpreter);
    this.#changes.make();
    this.#output.notice(notice);
  }

  /** Says which run the output is from, and whether it still holds. */
  showFreshness() {
    const { run, staleness, text } = this.result?.describe(this.#code.code) ?? {};
    setOrRemove(this, "data-run", run?.toString());
    setOrRemove(this, "data-stale", staleness);
    this.#toolbar.result.textContent = text ?? "";
  }

  #begin() {
    this.#attempt += 1;
    if (this.result) this.result.isShown = false;
    this.#changes.add(() => {
      this.#empty();
      this.#toolbar.show("loading");
    });
    this.#announce("loading");
  }

  #clear() {
    if (this.result) this.result.isShown = false;
    this.#empty();
  }

  #empty() {
    this.#output.clear();
    CodeArea.unmark();
    this.showFreshness();
  }

  async #load() {
    const rest = PyrunCell.#loaded ?? PyrunCell.#loadRest();
    const [loaded] = await Promise.all([rest, this.#output.prepare()]);
    PyrunCell.#loaded ??= loaded;
    return PyrunCell.#loaded;
  }

  /** @returns {Promise<Rest>} */
  static async #loadRest() {
    // What they import is asked for with them, and not one level after the other.
    for (const name of __PYRUN_IMPORTED__) import(name).catch(() => {});
    const [client, onIntent] = await Promise.all([
      import("../interpreter/client.js"),
      import("../run/on_intent.js"),
    ]);
    return { ...client, ...onIntent };
  }

  /** For all cells, once one has loaded it: only then something can take a place in the queue. */
  get #rest() {
    return /** @type {Rest} */ (PyrunCell.#loaded);
  }

  get #interpreter() {
    return this.#rest.interpreterFor(this.dataset);
  }

  /** @param {State} state */
  #enter(state) {
    this.#changes.make();
    this.#toolbar.show(state);
    this.#announce(state);
  }

  /** @param {State} state */
  #announce(state) {
    this.dataset.state = state;
    this.dispatchEvent(new CustomEvent("pyrun:state", { bubbles: true, composed: true, detail: { state } }));
  }

  /** @returns {Element | null} what has the focus in this cell: in its shadow tree, or in the editor */
  #focusedInside() {
    return (
      this.#root.activeElement ?? (this.contains(document.activeElement) ? document.activeElement : null)
    );
  }

  /** @param {FailureReason} reason @param {string} detail */
  #explain(reason, detail) {
    this.#changes.make();
    this.#output.fail(reason, detail, CAN_RETRY.has(reason) ? () => void this.run() : null);
  }

  /** @param {FailureReason} reason @param {string} detail */
  #fail(reason, detail) {
    this.#explain(reason, detail);
    this.#enter("error");
  }

  /** Starts Python before the click that will want it. */
  async #warm() {
    if (location.protocol === "file:") return;
    try {
      await this.#load();
      this.#interpreter.warm((this.dataset.pagePackages ?? "").split(" ").filter(Boolean));
    } catch {
      // Run will try again, and say so if it fails.
    }
  }

  async #more() {
    try {
      // At once if it can be: the reader's next key is meant for what opens.
      const { toggleMenu } = PyrunCell.#loaded ?? (await this.#load());
      toggleMenu(this, this.#toolbar.more);
    } catch {
      this.#toolbar.say(CELL_MESSAGES.notLoaded);
    }
  }

  async #acceptDrops() {
    try {
      (await this.#load()).acceptDrops(this);
    } catch {
      // The browser opens what is dropped, as it does elsewhere in the page.
    }
  }

  async #copy() {
    this.#toolbar.say((await copyText(this.#code.code)) ? CELL_MESSAGES.copied : CELL_MESSAGES.copyFailed);
  }
}
