import cellCss from "./cell.css";
import { CodeArea } from "./code_area.js";
import { copyText } from "./copy.js";
import { element } from "./dom.js";
import { Output } from "./output.js";
import { makePrompt } from "./prompt.js";
import { adoptTheme, followTheme } from "./theme.js";
import { BUSY, Toolbar } from "./toolbar.js";
import { WORDS } from "./words.js";

/** @typedef {"idle" | "loading" | "running" | "input" | "done" | "error" | "stopped"} State */
/** @typedef {import("./client.js").Run} Run */
/** @typedef {import("./client.js").RunListener} RunListener */
/** @typedef {import("../protocol.js").SourceFile} SourceFile */

/** Failures that can be gone at the next try. @type {ReadonlySet<import("./words.js").FailureReason>} */
const CAN_RETRY = new Set(["download", "client", "crash"]);

const ISOLATED_SESSION = "isolated";
const PAGE_SESSION = "page";

/** One style sheet for the shadow trees of all cells. */
const styles = new CSSStyleSheet();
styles.replaceSync(cellCss);

/** @param {string | undefined} list words between spaces @returns {string[]} */
const words = (list) => (list ?? "").split(" ").filter(Boolean);

/**
 * A live example: `<pyrun-cell>` around the host's own highlighted block. `pyrun_core.render` writes it, and this
 * reads what it writes:
 *
 * - `data-source`: the code
 * - `data-pyodide`: URL of Pyodide, relative to this script's folder; `data-pyodide-bytes`: size of its core
 * - `data-page-packages`, `data-packages`: names, loaded with Python and with this example
 * - `data-session`: `page` if absent; `data-stdin`: lines for `input()`; `data-emphasize-lines`: numbers
 * - `data-output-limit`: characters; the usual limit if absent
 * - `data-setup`, `data-autorun`, `data-readonly`, `hidden`: present or not
 *
 * It writes `data-state`, and sends a bubbling `pyrun:state` event for every change of it.
 */
export class PyrunCell extends HTMLElement {
  #root = this.attachShadow({ mode: "open" });
  #toolbar = new Toolbar({
    run: () => void this.run(),
    stop: () => this.stop(),
    reset: () => this.reset(),
    copy: () => void this.#copy(),
  });
  #output = new Output();
  #code = new CodeArea(
    this,
    () => void this.run(),
    () => location.protocol !== "file:" && this.#toolbar.say(WORDS.editorFailed),
  );
  /** @type {Run | null} */
  #run = null;
  /** Counts the clicks on Run, so that what an earlier one began cannot come back late. */
  #attempt = 0;
  /** @type {(() => void) | null} */
  #unfollow = null;
  /** @type {IntersectionObserver | null} */
  #autorun = null;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [styles];
    this.#root.append(element("slot"), this.#toolbar.element, this.#output.element);
    for (const kind of ["pointerenter", "focus"])
      this.#toolbar.run.addEventListener(kind, () => void this.#warm());
  }

  connectedCallback() {
    if (this.hidden) return;
    this.#unfollow = followTheme(() => adoptTheme(this));
    this.#code.attach();
    if (this.hasAttribute("data-autorun")) this.#runWhenSeen();
  }

  disconnectedCallback() {
    // Moving an element disconnects it too, and must not end its run.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#unfollow?.();
      this.#autorun?.disconnect();
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

  /** Runs the code. A run that has not ended goes on: pressing Run again does nothing. */
  async run() {
    if (BUSY.has(this.state)) return;
    this.#attempt += 1;
    const attempt = this.#attempt;
    const outputLimit = Number(this.dataset.outputLimit) || null;
    this.#output.limit = outputLimit;
    this.#output.clear();
    this.#enter("loading");
    if (location.protocol === "file:") return this.#fail("file", "");
    void this.#code.prepare();
    try {
      const [{ interpreterAt }] = await Promise.all([import("./client.js"), this.#output.prepare()]);
      if (attempt !== this.#attempt || !this.isConnected) return this.#enter("stopped");
      const setup = this.#setupCells();
      this.#run = interpreterAt(this.dataset.pyodide ?? "").run(
        {
          session: this.#session === ISOLATED_SESSION ? null : `${location.pathname}#${this.#session}`,
          source: this.sourceFile,
          setup: setup.map((cell) => cell.sourceFile),
          pagePackages: words(this.dataset.pagePackages),
          packages: [this, ...setup].flatMap((cell) => words(cell.dataset.packages)),
          answers: this.dataset.stdin ? this.dataset.stdin.split("\n") : [],
          outputLimit,
        },
        this.#listener(),
      );
    } catch (error) {
      this.#fail("client", error instanceof Error ? error.message : String(error));
    }
  }

  /** Ends the run, whatever it is doing. */
  stop() {
    if (this.#run) this.#run.stop();
    else this.#attempt += 1; // it has not even begun: `run` sees that it is no longer wanted
  }

  /** Brings the author's code back, as a change that can be undone, and clears the output. */
  reset() {
    if (BUSY.has(this.state)) return;
    this.#code.reset();
    this.#output.clear();
    this.#enter("idle");
    this.#toolbar.say(WORDS.restored);
  }

  get #session() {
    return this.dataset.session ?? PAGE_SESSION;
  }

  /** @returns {PyrunCell[]} the other cells that must have run in this cell's session */
  #setupCells() {
    return [...document.querySelectorAll("pyrun-cell[data-setup]")].filter(
      /** @returns {cell is PyrunCell} */ (cell) =>
        cell instanceof PyrunCell && cell !== this && cell.#session === this.#session,
    );
  }

  /** @param {State} state */
  #enter(state) {
    this.dataset.state = state;
    this.#toolbar.show(state);
    this.dispatchEvent(new CustomEvent("pyrun:state", { bubbles: true, composed: true, detail: { state } }));
  }

  /** @returns {RunListener} */
  #listener() {
    /** @type {{ element: Element, focus(): void } | null} */
    let prompt = null;
    /** @type {Element | null} */
    let focused = null;
    const closePrompt = () => {
      const hadFocus = prompt?.element.matches(":focus-within");
      prompt?.element.remove();
      prompt = null;
      if (hadFocus && focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    };
    return {
      progress: (progress) => {
        if (this.state === "loading") {
          this.#toolbar.showProgress(progress, Number(this.dataset.pyodideBytes) || null);
        }
      },
      waiting: () => this.#toolbar.say(WORDS.waiting),
      running: () => this.#enter("running"),
      output: (chunks, dropped) => this.#output.add(chunks, dropped),
      input: (text, answer) => {
        prompt = makePrompt(text, (line) => {
          closePrompt();
          this.#enter("running");
          answer(line);
        });
        this.#output.ask(prompt.element);
        this.#enter("input");
        focused = this.#focusedInside();
        // Somebody who has gone on to another part of the page is not fetched back.
        if (focused || document.activeElement === document.body) prompt.focus();
        focused ??= this.#toolbar.run;
      },
      ended: (ending, failure) => {
        this.#run = null;
        closePrompt();
        this.#output.flush();
        if (failure === "restarted") this.#output.notice(WORDS.restarted);
        else if (failure) return this.#fail(failure.reason, failure.detail);
        this.#enter(ending);
      },
    };
  }

  /** @returns {Element | null} what has the focus in this cell: in its shadow tree, or in the editor */
  #focusedInside() {
    return (
      this.#root.activeElement ?? (this.contains(document.activeElement) ? document.activeElement : null)
    );
  }

  /** @param {import("./words.js").FailureReason} reason @param {string} detail */
  #fail(reason, detail) {
    this.#output.fail(reason, detail, CAN_RETRY.has(reason) ? () => void this.run() : null);
    this.#enter("error");
  }

  /** Starts Python before the click that will want it. */
  async #warm() {
    if (location.protocol === "file:") return;
    try {
      const [{ interpreterAt }] = await Promise.all([import("./client.js"), this.#output.prepare()]);
      interpreterAt(this.dataset.pyodide ?? "").warm(words(this.dataset.pagePackages));
    } catch {
      // Run will try again, and say so if it fails.
    }
  }

  #runWhenSeen() {
    this.#autorun = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.#autorun?.disconnect();
      void this.run();
    });
    this.#autorun.observe(this);
  }

  async #copy() {
    this.#toolbar.say((await copyText(this.#code.code)) ? WORDS.copied : WORDS.copyFailed);
  }
}
