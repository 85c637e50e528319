/** A run from the click to its end, as the interpreter sees it. */
import { assertNever } from "../../shared/protocol.js";

/** @import { Chunk, Clear, Clues, Display, Ending, Output, Progress } from "../../shared/protocol.js" */
/** @import { Prompt, RunRequest, Traceback, WaitStrategy, Written } from "../../shared/protocol.js" */

/**
 * Why Python, or this run, failed. `killed`: the browser ended the worker; `frame`: the browser allows no worker in
 * this frame; `stalled`: the watchdog gave up the start; `package`, `file`: one could not be loaded, and Python goes
 * on.
 * @typedef {{
 *   reason: import("../../shared/protocol.js").Failed["reason"] | import("../../shared/protocol.js").Problem["reason"] | "killed" | "frame" | "stalled",
 *   detail: string,
 * }} Failure
 */

/**
 * Why a run ended, if not because of its code: a failure; `restarted`: it did not react to Stop, so Python was
 * restarted; `timeout`: the time limit ended it; `timeout-restarted`: it did not react to that, so Python was
 * restarted.
 * @typedef {Failure | "restarted" | "timeout" | "timeout-restarted"} Cause
 */

/**
 * What a cell wants to run. `pagePackages` are loaded while Python starts, `packages` with this run. `timeoutMs` limits
 * how long the code runs, without the time that it waits for answers.
 * @typedef {Omit<RunRequest, "type" | "run" | "lock"> & { pagePackages: string[], timeoutMs: number | null }} Wanted
 */

/**
 * What a run reports. `waiting`: another run comes first. `ended` is called exactly once, and nothing after it. `loading`
 * resolves when everything that was shown is in the page; `null` if it is.
 * @typedef {{
 *   readonly loading: Promise<unknown> | null,
 *   waiting(): void,
 *   progress(progress: Progress): void,
 *   running(strategy: WaitStrategy): void,
 *   output(chunks: Chunk[], dropped: number): void,
 *   display(display: Display): void,
 *   clear(waits: boolean): void,
 *   traceback(traceback: Traceback): void,
 *   input(prompt: string, answer: (text: string | null) => void, kind: Prompt["kind"], accept: string): void,
 *   written(written: Written): void,
 *   ended(ending: Ending, cause: Cause | undefined, clues: Clues | null): void,
 * }} RunListener
 */

/** A run, from the click to its end. */
export class PendingRun {
  static #last = 0;
  #ended = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #graceTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #limitTimer;
  #leftMs;
  #resumedAt = 0;
  #reachedLimit = false;
  #isFinished = false;
  /** @type {() => void} */
  #onEnd = () => {};

  /** @param {Wanted} wanted @param {RunListener} listener */
  constructor({ pagePackages, timeoutMs, ...wanted }, listener) {
    PendingRun.#last += 1;
    const packages = [...new Set([...pagePackages, ...wanted.packages])];
    /** @type {RunRequest} */
    this.request = { type: "run", run: PendingRun.#last, lock: lockName(), ...wanted, packages };
    this.listener = listener;
    this.#leftMs = timeoutMs;
  }

  /**
   * Passes on a message of the worker about this run.
   * @param {Output | Display | Clear | Traceback | Written} message
   */
  hear(message) {
    switch (message.type) {
      case "output":
        return this.listener.output(message.chunks, message.dropped);
      case "display":
        return this.listener.display(message);
      case "clear":
        return this.listener.clear(message.waits);
      case "traceback":
        return this.listener.traceback(message);
      case "written":
        return this.listener.written(message);
      default:
        return assertNever(message);
    }
  }

  /** The code runs: starts the clock of the time limit. @param {() => void} onLimit called once, when the time is up */
  resume(onLimit) {
    if (this.#leftMs === null || this.#ended) return;
    this.#resumedAt = performance.now();
    this.#limitTimer = setTimeout(() => {
      this.#reachedLimit = true;
      onLimit();
    }, this.#leftMs);
  }

  /** The code waits for an answer: stops the clock. */
  pause() {
    if (this.#leftMs === null) return;
    clearTimeout(this.#limitTimer);
    this.#leftMs = Math.max(0, this.#leftMs - (performance.now() - this.#resumedAt));
  }

  /**
   * The worker has ended it: no time limit can end it any more, and the worker's death would not matter.
   * @param {() => void} onShown called when everything that it has shown is in the page: now, or a little later
   */
  finish(onShown) {
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

  /** @param {() => void} onEnd called when the worker has ended this, or it ends otherwise */
  whenEnded(onEnd) {
    this.#onEnd = onEnd;
  }

  /** @param {number} milliseconds @param {() => void} onTooLate */
  expectEnd(milliseconds, onTooLate) {
    this.#graceTimer ??= setTimeout(onTooLate, milliseconds);
  }

  /** @param {Ending} ending @param {Failure} [failure] @param {Clues | null} [clues] */
  end(ending, failure, clues = null) {
    const timeout = ending === "stopped" && this.#reachedLimit ? "timeout" : undefined;
    this.#end(ending, failure ?? timeout, clues);
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
