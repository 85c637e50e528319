/** A run from the click to its end, as the interpreter sees it. */
import { assertNever } from "../../shared/protocol.js";
import { linesOf } from "../code_lines.js";
import { watchForDeath } from "../interpreter/worker_death.js";

/** @import { Answer, Chunk, Clues, Display, Ended, Ending, Progress, Prompt } from "../../shared/protocol.js" */
/** @import { RunReport, RunRequest, Traceback, WaitStrategy, Written } from "../../shared/protocol.js" */
/** @import { Settlement } from "../settlement/settlement.js" */

/**
 * Why Python, or this run, failed. `killed`: the browser ended the worker; `frame`: the browser allows no worker in
 * this frame; `isolation`, `foreign`: none that belongs to no site; `stalled`: the watchdog gave up the start; `package`, `file`: one could not be loaded, and Python goes
 * on; `settlement`: the site does not say what the run needs.
 * @typedef {{
 *   reason: import("../../shared/protocol.js").Failed["reason"] | import("../../shared/protocol.js").Problem["reason"] | "killed" | "frame" | "isolation" | "foreign" | "stalled" | "settlement",
 *   detail: string,
 * }} Failure
 */

/**
 * Why a run ended, if not because of its code: a failure; `restarted`: it did not react to Stop, so Python was
 * restarted; `timeout`: the time limit ended it; `timeout-restarted`: it did not react to that, so Python was
 * restarted; `replaced`: the site has other packages now, so Python was replaced, and the names that the run may use are
 * lost.
 * @typedef {Failure | "restarted" | "timeout" | "timeout-restarted" | "replaced"} Cause
 */

/**
 * What a cell wants to run. `page` is its source file, `requirements` are the ids of what its set-up code and its code
 * require, and `packages` those that the reader has added. `timeoutMs` limits how long the code runs, without the time
 * that it waits for answers. `content` is what the result will be of: the code, with the files of a playground.
 * `chosen` are packages of a playground, perhaps by a link: those that the site does not have are left out.
 * @typedef {Omit<RunRequest, "type" | "run" | "lock" | "files"> & {
 *   page: string | undefined, requirements: (string | undefined)[], timeoutMs: number | null, content: string,
 *   chosen: string[],
 * }} Wanted
 */

/**
 * What a run reports. `waiting`: another run comes first. `ended` is called exactly once, and nothing after it. `loading`
 * resolves when everything that was shown is in the page; `null` if it is. `losesNames`: whether its code may use names
 * that are lost with the Python in which it was queued.
 * @typedef {{
 *   readonly loading: Promise<unknown> | null,
 *   readonly losesNames: boolean,
 *   waiting(): void,
 *   progress(progress: Progress): void,
 *   running(strategy: WaitStrategy): void,
 *   output(chunks: Chunk[], dropped: number): void,
 *   display(display: Display): void,
 *   clear(waits: boolean): void,
 *   section(line: number): void,
 *   traceback(traceback: Traceback): void,
 *   input(prompt: string, answer: (text: string | null) => void, kind: Prompt["kind"], accept: string): void,
 *   withdrawn(): void,
 *   written(written: Written): void,
 *   left(): void,
 *   ended(ending: Ending, cause: Cause | undefined, clues: Clues | null): void,
 * }} RunListener
 */

/**
 * The Python in which it runs. `holdsLocks`: the death of its worker can be noticed. `died`: the browser has ended the worker; `ended`: everything that the run has shown is in
 * the page.
 * @typedef {{ strategy: WaitStrategy, holdsLocks: boolean, answer(answer: Answer): void, died(): void, ended(ended: Ended): void }} RunningPython
 */

/** How long Python may take to react to Stop. A reader who waits longer thinks that the page is frozen. */
const STOP_GRACE_MS = 2000;

/** A run, from the click to its end. */
export class PendingRun {
  static #last = 0;
  #wanted;
  #ended = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #graceTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #limitTimer;
  #leftMs;
  #onLimit;
  #resumedAt = 0;
  #reachedLimit = false;
  #hasBegun = false;
  #isFinished = false;
  #isSecondTry = false;
  /** How many lines have sections: those of an interactive example, or of what was entered in a console. */
  #lines;
  /** When the worker has ended this, or it ends otherwise. @type {() => void} */
  #onEnd = () => {};

  /**
   * @param {Wanted} wanted
   * @param {RunListener} listener
   * @param {() => void} onLimit called once, when the code has reached the time limit
   */
  constructor({ page, requirements, timeoutMs, content: _, ...wanted }, listener, onLimit) {
    PendingRun.#last += 1;
    this.#wanted = { ...wanted, requirements };
    this.number = PendingRun.#last;
    this.lock = lockName();
    this.page = page;
    this.listener = listener;
    this.#lines = wanted.options.interactive || wanted.console ? linesOf(wanted.source.code).length : 0;
    this.#leftMs = timeoutMs;
    this.#onLimit = onLimit;
  }

  /**
   * What the worker gets. If two cells have a file with the same path, it is that of the later one. The reader's files of
   * a playground come instead of the author's.
   * @param {Settlement} settlement
   * @returns {RunRequest}
   * @throws {Error} the settlement does not say what the run needs
   */
  request(settlement) {
    const { number: run, lock } = this;
    const { requirements, packages, chosen, ...wanted } = this.#wanted;
    const needs = requirements.map((id) => settlement.neededBy(id));
    const opened = new Set(wanted.folder?.map(({ name }) => name));
    return {
      ...{ type: "run", run, lock, ...wanted },
      packages: [
        ...new Set([
          ...needs.flatMap(({ start, run }) => [...start, ...run]),
          ...packages,
          ...chosen.filter((name) => settlement.packageNames.includes(name)),
        ]),
      ],
      files: [
        ...new Map(
          needs.flatMap(({ files }) =>
            files.filter(({ path }) => !opened.has(path)).map((file) => [file.address || file.path, file]),
          ),
        ).values(),
      ],
    };
  }

  /** What was missing may be there now: the run can be sent once more. @returns {boolean} `false` if it was already */
  tryAgain() {
    if (this.#isSecondTry) return false;
    this.#isSecondTry = true;
    this.#hasBegun = false;
    this.#isFinished = false;
    this.#graceTimer = undefined;
    return true;
  }

  /**
   * The worker, or code that runs in it, reports something of this run. Reports that cannot come now are ignored.
   * @param {RunReport} report
   * @param {RunningPython} python
   */
  hear(report, python) {
    if (this.#isFinished) return;
    const { listener } = this;
    switch (report.type) {
      case "running":
        return this.#begin(python);
      case "output":
        return listener.output(report.chunks, report.dropped);
      case "display":
        return listener.display(report);
      case "clear":
        return listener.clear(report.waits);
      case "section":
        if (report.line <= this.#lines) listener.section(report.line);
        return;
      case "traceback":
        return listener.traceback(report);
      case "input":
        return this.#ask(report, python);
      case "withdrawn":
        listener.withdrawn();
        return this.#resume();
      case "left":
        return listener.left();
      case "written":
        return listener.written(report);
      case "done":
      case "error":
      case "stopped":
        return this.#finish(() => python.ended(report));
      default:
        return assertNever(report);
    }
  }

  /** The code runs. @param {RunningPython} python */
  #begin({ strategy, holdsLocks, died }) {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.listener.running(strategy);
    if (holdsLocks) this.#onEnd = watchForDeath(this.lock, died);
    this.#resume();
  }

  /** Starts the clock of the time limit. */
  #resume() {
    if (this.#leftMs === null || !this.#hasBegun || this.#isFinished || this.#ended) return;
    this.#resumedAt = performance.now();
    clearTimeout(this.#limitTimer);
    this.#limitTimer = setTimeout(() => {
      this.#reachedLimit = true;
      this.#onLimit();
    }, this.#leftMs);
  }

  /**
   * The code waits for an answer, which stops the clock.
   * @param {Prompt} prompt
   * @param {RunningPython} python
   */
  #ask({ prompt, text, kind, accept }, python) {
    this.#pause();
    const onAnswer = (/** @type {string | null} */ answer) => {
      python.answer({ type: "answer", run: this.number, prompt, text: answer });
      this.#resume();
    };
    this.listener.input(text, onAnswer, kind, accept);
  }

  #pause() {
    if (this.#leftMs === null || this.#limitTimer === undefined) return;
    clearTimeout(this.#limitTimer);
    this.#limitTimer = undefined;
    this.#leftMs = Math.max(0, this.#leftMs - (performance.now() - this.#resumedAt));
  }

  /**
   * The worker has ended it: no time limit can end it any more, and the worker's death would not matter.
   * @param {() => void} onShown called when everything that it has shown is in the page: now, or a little later
   */
  #finish(onShown) {
    this.#isFinished = true;
    clearTimeout(this.#limitTimer);
    clearTimeout(this.#graceTimer);
    this.#onEnd();
    const { loading } = this.listener;
    if (loading) void loading.then(onShown);
    else onShown();
  }

  get isFinished() {
    return this.#isFinished;
  }

  /** It has been asked to end. @param {() => void} onTooLate */
  expectEnd(onTooLate) {
    this.#graceTimer ??= setTimeout(onTooLate, STOP_GRACE_MS);
  }

  /** @param {Ending} ending @param {Cause} [cause] @param {Clues | null} [clues] */
  end(ending, cause, clues = null) {
    const timeout = ending === "stopped" && this.#reachedLimit ? "timeout" : undefined;
    this.#end(ending, cause ?? timeout, clues);
  }

  /** Python did not react and was terminated. */
  abandon() {
    this.#end("stopped", this.#reachedLimit ? "timeout-restarted" : "restarted", null);
  }

  /** @param {Ending} ending @param {Cause | undefined} cause @param {Clues | null} clues */
  #end(ending, cause, clues) {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#graceTimer);
    clearTimeout(this.#limitTimer);
    this.#onEnd();
    this.listener.ended(ending, cause, clues);
  }

  /** Whether the time limit ended it. */
  get reachedLimit() {
    return this.#reachedLimit;
  }
}

/** Random, because locks belong to the whole site, and runs of two tabs can have the same number. */
function lockName() {
  const random = crypto.getRandomValues(new Uint32Array(4));
  return `pyrun-${[...random].join("-")}`;
}
