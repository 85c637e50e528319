import { assetUrl } from "../asset_url.js";
import { forWorker, optionsOf } from "../cell/cell_options.js";
import { pageCells } from "../cell/page_cells.js";
import { makeFilePrompt } from "../files/file_prompt.js";
import { offerFiles } from "../files/written_files.js";
import { CELL_MESSAGES, describeProgress } from "../messages.js";
import { OutputControls } from "../output/view/output_controls.js";
import { addedPackages, offerPackage } from "./missing_package.js";
import { makePrompt } from "./prompt.js";
import { lostPython, runNotices } from "./run_notices.js";
import { RunResult } from "./run_result.js";
import { drawTraceback } from "./traceback.js";
import { offerDefinition } from "./undefined_name.js";

/** @typedef {import("../../shared/protocol.js").Chunk} Chunk */
/** @typedef {import("../../shared/protocol.js").Display} Display */
/** @typedef {import("../../shared/protocol.js").Ending} Ending */
/** @typedef {import("../../shared/protocol.js").ExampleFile} ExampleFile */
/** @typedef {import("../../shared/protocol.js").Clues} Clues */
/** @typedef {import("../../shared/protocol.js").Progress} Progress */
/** @typedef {import("../../shared/protocol.js").Prompt} Prompt */
/** @typedef {import("../../shared/protocol.js").Traceback} Traceback */
/** @typedef {import("../../shared/protocol.js").Way} Way */
/** @typedef {import("../../shared/protocol.js").Written} Written */
/** @typedef {import("../cell/cell.js").PyrunCell} PyrunCell */
/** @typedef {import("../cell/cell.js").Parts} Parts */
/** @typedef {import("../cell/cell_options.js").CellOptions} CellOptions */
/** @typedef {import("./pending_run.js").Cause} Cause */
/** @typedef {import("./pending_run.js").RunListener} RunListener */
/** @typedef {import("./pending_run.js").Wanted} Wanted */
/** @typedef {ReturnType<typeof import("../interpreter/client.js").interpreterFor>} PageInterpreter */

/** A run that takes longer than this does not keep the editor back. */
const SHORT_RUN_MS = 1000;

/** @param {string | undefined} list words between spaces @returns {string[]} */
const words = (list) => (list ?? "").split(" ").filter(Boolean);

/**
 * One run of a cell: what is asked for, and what the cell shows of it until it ends.
 * @implements {RunListener}
 */
export class CellRun {
  #cell;
  #parts;
  #source;
  #result;
  #interpreter;
  #options;
  #run;
  #controls;
  /** @type {{ element: Element, focus(): void } | null} */
  #prompt = null;
  /** @type {Written | null} */
  #written = null;
  /** What gets the focus back from the prompt. @type {Element | null} */
  #focused = null;
  #hasBegun = false;
  /** How it is to end if another one keeps it from running. @type {{ ending: Ending, notice: Node } | null} */
  #cancelled = null;

  /**
   * Takes its place in the queue.
   * @param {PyrunCell} cell
   * @param {Parts} parts of the cell
   * @param {PageInterpreter} interpreter
   */
  constructor(cell, parts, interpreter) {
    this.#cell = cell;
    this.#parts = parts;
    this.#source = cell.sourceFile;
    this.#result = new RunResult(this.#source.code, !cell.isIsolated, interpreter, cell.result);
    cell.result = this.#result;
    this.#interpreter = interpreter;
    this.#options = optionsOf(cell);
    parts.output.limit = this.#options.outputLimit;
    this.#controls = OutputControls.of(cell, parts);
    this.#controls.expand();
    this.#run = interpreter.run(wantedBy(cell, this.#options), this);
  }

  /** Ends it, whatever it is doing. */
  stop() {
    this.#run.stop();
  }

  /** Ends it before its turn, because of what happened to one before it. @param {Ending} ending @param {Node} notice */
  cancel(ending, notice) {
    this.#cancelled = { ending, notice };
    this.#run.stop();
  }

  /** Another one goes on, and comes first. */
  waiting() {
    this.#parts.changes.make();
    this.#parts.toolbar.say(CELL_MESSAGES.waiting);
  }

  /** @param {Progress} progress */
  progress(progress) {
    if (this.#cell.state !== "loading") return;
    this.#parts.changes.make();
    const coreBytes = Number(this.#cell.dataset.pyodideBytes) || null;
    this.#parts.toolbar.showProgress(describeProgress(progress, coreBytes));
  }

  /** @param {Way} way */
  running(way) {
    this.#hasBegun = true;
    this.#result.begin();
    this.#cell.dataset.input = way;
    this.#parts.changes.add(() => {
      this.#cell.prepareEditor(SHORT_RUN_MS);
      this.#cell.showFreshness();
      this.#parts.enter("running");
    });
  }

  /** @param {Chunk[]} chunks @param {number} dropped */
  output(chunks, dropped) {
    this.#parts.changes.make();
    this.#parts.output.add(chunks, dropped);
  }

  /** @param {Display} display */
  display(display) {
    this.#parts.changes.make();
    this.#parts.output.show(display);
  }

  /** @param {boolean} waits until there is something else to show */
  clear(waits) {
    this.#parts.changes.make();
    this.#parts.output.clearFor(waits);
  }

  /** @param {Traceback} traceback */
  traceback(traceback) {
    this.#parts.changes.make();
    this.#parts.output.traceback(drawTraceback(traceback), traceback.text);
    const { fileName, code } = this.#source;
    const inCell = traceback.places.findLast(({ file }) => file === fileName);
    // The reader may have edited it while it ran.
    if (inCell && code === this.#cell.sourceFile.code) this.#cell.markLine(inCell.line);
  }

  /** @param {string} text @param {(text: string | null) => void} answer @param {Prompt["kind"]} kind @param {string} accept */
  input(text, answer, kind, accept) {
    this.#parts.changes.make();
    const { toolbar, output, enter, focused } = this.#parts;
    const give = (/** @type {string | null} */ line) => {
      this.#closePrompt();
      enter("running");
      answer(line);
    };
    const wantsFiles = kind === "file" || kind === "files";
    const prompt = wantsFiles
      ? makeFilePrompt(text, accept, kind === "files", give)
      : makePrompt(text, kind, give);
    this.#prompt = prompt;
    this.#controls.expand();
    output.ask(prompt.element);
    enter("input");
    this.#focused = focused();
    // Somebody who has gone on to another part of the page is not fetched back.
    if (this.#focused || document.activeElement === document.body) prompt.focus();
    this.#focused ??= toolbar.run;
  }

  /** @param {Written} written */
  written(written) {
    this.#written = written;
  }

  /** @param {Ending} ending @param {Cause | undefined} cause @param {Clues | null} clues */
  ended(ending, cause, clues) {
    const { output, explain, enter, ended } = this.#parts;
    const { epoch } = this.#result;
    this.#parts.changes.make();
    ended();
    this.#closePrompt();
    output.flush();
    this.#cell.result = this.#result.end(ending, lostPython(cause));
    this.#cell.showFreshness();
    if (this.#written) output.notice(offerFiles(this.#interpreter, this.#written));
    if (typeof cause === "object") explain(cause.reason, cause.detail);
    for (const notice of runNotices(this.#cell, cause, epoch)) output.notice(notice);
    if (clues) void this.#offer(clues);
    if (this.#cancelled) output.notice(this.#cancelled.notice);
    enter(this.#cancelled?.ending ?? ending);
    if (this.#hasBegun) this.#cell.prepareEditor();
  }

  /** @param {Clues} clues */
  async #offer({ missing, undefinedName }) {
    const cell = this.#cell;
    const { output } = this.#parts;
    if (missing && this.#options.loadMissing) output.notice(offerPackage(cell, missing));
    const offer = undefinedName && (await offerDefinition(cell, undefinedName).catch(() => null));
    // The reader may have gone on meanwhile.
    if (offer && cell.result === this.#result && this.#result.isShown) output.notice(offer);
  }

  #closePrompt() {
    const hadFocus = this.#prompt?.element.matches(":focus-within");
    this.#prompt?.element.remove();
    this.#prompt = null;
    if (hadFocus && this.#focused instanceof HTMLElement) this.#focused.focus({ preventScroll: true });
  }
}

/** @param {PyrunCell} cell @param {CellOptions} options @returns {Wanted} */
function wantedBy(cell, options) {
  const { dataset, session, isIsolated, sourceFile } = cell;
  const setup = pageCells().filter(
    (other) => other !== cell && optionsOf(other).setup && other.session === session,
  );
  return {
    session: isIsolated ? null : `${location.pathname}#${session}`,
    source: sourceFile,
    setup: setup.map((other) => other.sourceFile),
    pagePackages: words(dataset.pagePackages),
    packages: [...[cell, ...setup].flatMap((part) => words(part.dataset.packages)), ...addedPackages(cell)],
    files: filesOf([...setup, cell]),
    options: forWorker(options),
    timeoutMs: options.timeout && options.timeout * 1000,
  };
}

/** @param {PyrunCell[]} cells @returns {ExampleFile[]} one for each path: where two cells name it, the later one's */
function filesOf(cells) {
  /** @type {Map<string, ExampleFile>} */
  const files = new Map();
  for (const { dataset } of cells) {
    /** @type {[path: string, url: string, bytes: number, integrity: string][]} */
    const listed = JSON.parse(dataset.files ?? "[]");
    for (const [path, url, , integrity] of listed) files.set(path, { path, url: assetUrl(url), integrity });
  }
  return [...files.values()];
}
