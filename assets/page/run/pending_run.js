import { assertNever } from "../../shared/protocol.js";

/** @typedef {import("../../shared/protocol.js").RunRequest} RunRequest */
/** @typedef {import("../../shared/protocol.js").Progress} Progress */
/** @typedef {import("../../shared/protocol.js").Chunk} Chunk */
/** @typedef {import("../../shared/protocol.js").Clear} Clear */
/** @typedef {import("../../shared/protocol.js").Display} Display */
/** @typedef {import("../../shared/protocol.js").Ending} Ending */
/** @typedef {import("../../shared/protocol.js").Clues} Clues */
/** @typedef {import("../../shared/protocol.js").Output} Output */
/** @typedef {import("../../shared/protocol.js").Prompt} Prompt */
/** @typedef {import("../../shared/protocol.js").Traceback} Traceback */
/** @typedef {import("../../shared/protocol.js").Way} Way */
/** @typedef {import("../../shared/protocol.js").Written} Written */

/**
 * Why Python, or this run, failed. `killed`: the browser ended the worker; `frame`: it may not start one here;
 * `stalled`: the start came to a standstill;
 * `package`, `file`: one of those could not be loaded, and Python goes on.
 * @typedef {{
 *   reason: import("../../shared/protocol.js").Failed["reason"] | import("../../shared/protocol.js").Problem["reason"] | "killed" | "frame" | "stalled",
 *   detail: string,
 * }} Failure
 */

/**
 * Why a run ended, where it is not the code: a failure; `restarted`: Stop cost the interpreter; `timeout`: the time limit
 * ended it; `timeout-restarted`: and cost the interpreter.
 * @typedef {Failure | "restarted" | "timeout" | "timeout-restarted"} Cause
 */

/**
 * What a cell wants to run. `pagePackages` are loaded while Python starts, `packages` with this run. `timeoutMs` bounds
 * the time that the code runs, without what it waits for answers.
 * @typedef {Omit<RunRequest, "type" | "run" | "lock"> & { pagePackages: string[], timeoutMs: number | null }} Wanted
 */

/**
 * How a cell hears of its run. `waiting`: another one goes on, and comes first. `ended` is called exactly once, and
 * nothing after it.
 * @typedef {{
 *   waiting(): void,
 *   progress(progress: Progress): void,
 *   running(way: Way): void,
 *   output(chunks: Chunk[], dropped: number): void,
 *   display(display: Display): void,
 *   clear(waits: boolean): void,
 *   traceback(traceback: Traceback): void,
 *   input(prompt: string, answer: (text: string | null) => void, kind: Prompt["kind"], accept: string): void,
 *   written(written: Written): void,
 *   ended(ending: Ending, cause: Cause | undefined, clues: Clues | null): void,
 * }} RunListener
 */

/** A run from the click to its one end. */
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

  /** Passes on what the worker says of it. @param {Output | Display | Clear | Traceback | Written} message */
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

  /** The code runs, and its time with it. @param {() => void} onLimit called once, when there is none left */
  resume(onLimit) {
    if (this.#leftMs === null || this.#ended) return;
    this.#resumedAt = performance.now();
    this.#limitTimer = setTimeout(() => {
      this.#reachedLimit = true;
      onLimit();
    }, this.#leftMs);
  }

  /** The reader's time to answer is not the code's. */
  pause() {
    if (this.#leftMs === null) return;
    clearTimeout(this.#limitTimer);
    this.#leftMs = Math.max(0, this.#leftMs - (performance.now() - this.#resumedAt));
  }

  /** @param {() => void} onEnd called when this has ended */
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

  /** Python did not react, and is gone. */
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

  /** Whether the time limit is what ends it. */
  get reachedLimit() {
    return this.#reachedLimit;
  }
}

/** Locks are the whole site's, and two tabs of it have runs of the same number. */
function lockName() {
  const random = crypto.getRandomValues(new Uint32Array(4));
  return `pyrun-${[...random].join("-")}`;
}
