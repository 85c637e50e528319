import { assertNever, PROTOCOL_VERSION } from "../protocol.js";

/** @typedef {import("../protocol.js").FromWorker} FromWorker */
/** @typedef {import("../protocol.js").ToWorker} ToWorker */
/** @typedef {import("../protocol.js").RunRequest} RunRequest */
/** @typedef {import("../protocol.js").Progress} Progress */
/** @typedef {import("../protocol.js").Chunk} Chunk */
/** @typedef {import("../protocol.js").Ending} Ending */
/** @typedef {{ reason: import("../protocol.js").Failed["reason"], detail: string }} Failure */

/**
 * What a cell wants to run. `pagePackages` are loaded while Python starts, `packages` with this run.
 * @typedef {Omit<RunRequest, "type" | "run"> & { pagePackages: string[] }} Wanted
 */

/**
 * How a cell hears of its run. `waiting`: another one goes on, and comes first. `ended` is called exactly once, and nothing after it. It is told `restarted` where
 * Stop cost the interpreter, and the failure where Python itself failed.
 * @typedef {{
 *   waiting(): void,
 *   progress(progress: Progress): void,
 *   running(): void,
 *   output(chunks: Chunk[], dropped: number): void,
 *   input(prompt: string, answer: (line: string | null) => void): void,
 *   ended(ending: Ending, failure?: Failure | "restarted"): void,
 * }} RunListener
 */

/** @typedef {{ stop(): void }} Run */

/** How long Python may take to react to Stop. A reader who waits longer thinks that the page is frozen. */
const STOP_GRACE_MS = 2000;

/** One Python for all cells of the page that use the same Pyodide. Runs wait for each other, in order. */
class PageInterpreter {
  #pyodideUrl;
  /** @type {Worker | null} */
  #worker = null;
  #ready = false;
  /** What is being waited for, for those who join while Python starts. @type {Progress | null} */
  #progress = null;
  /** The first has been given to the worker if `#active`. @type {QueuedRun[]} */
  #queue = [];
  /** @type {QueuedRun | null} */
  #active = null;

  /** @param {string} pyodideUrl absolute, with a slash at its end */
  constructor(pyodideUrl) {
    this.#pyodideUrl = pyodideUrl;
  }

  /** Starts Python if it is not there yet. @param {string[]} packages loaded meanwhile */
  warm(packages) {
    if (this.#worker) return;
    this.#worker = new Worker(new URL(`./${__PYRUN_WORKER__}`, import.meta.url), {
      type: "module",
      name: "pyrun",
    });
    this.#worker.onmessage = ({ data }) => this.#handle(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#fail({
        reason: this.#ready ? "crash" : "download",
        detail: event.message ?? "the worker could not be loaded",
      });
    };
    this.#send({ type: "boot", version: PROTOCOL_VERSION, pyodideUrl: this.#pyodideUrl, packages });
  }

  /**
   * Runs code when those before it have ended.
   * @param {Wanted} wanted
   * @param {RunListener} listener
   * @returns {Run}
   */
  run({ pagePackages, ...wanted }, listener) {
    const request = { ...wanted, packages: [...new Set([...pagePackages, ...wanted.packages])] };
    const queued = new QueuedRun(request, listener);
    this.#queue.push(queued);
    this.warm(pagePackages);
    if (this.#active) listener.waiting();
    else if (this.#progress) listener.progress(this.#progress);
    this.#startNext();
    return { stop: () => this.#stop(queued) };
  }

  #startNext() {
    if (!this.#ready || this.#active) return;
    const next = this.#queue.shift();
    if (!next) return;
    this.#active = next;
    this.#send(next.request);
  }

  /** @param {QueuedRun} run */
  #stop(run) {
    if (run !== this.#active) {
      this.#queue = this.#queue.filter((other) => other !== run);
      return run.end("stopped");
    }
    this.#send({ type: "stop", run: run.request.run });
    run.expectEnd(STOP_GRACE_MS, () => {
      this.#terminate();
      run.end("stopped", "restarted");
      if (this.#queue.length > 0) this.warm([]);
    });
  }

  /** @param {FromWorker} message */
  #handle(message) {
    switch (message.type) {
      case "ready":
        return this.#becomeReady(message);
      case "failed":
        return this.#fail(message);
      case "progress":
        this.#progress = message;
        for (const { listener } of this.#active ? [this.#active] : this.#queue) listener.progress(message);
        return;
      case "running":
        return this.#of(message.run)?.listener.running();
      case "output":
        return this.#of(message.run)?.listener.output(message.chunks, message.dropped);
      case "input":
        return this.#of(message.run)?.listener.input(message.text, (text) =>
          this.#send({ type: "answer", run: message.run, prompt: message.prompt, text }),
        );
      case "done":
      case "error":
      case "stopped": {
        const run = this.#of(message.run);
        this.#active = null;
        run?.end(message.type);
        return this.#startNext();
      }
      default:
        return assertNever(message);
    }
  }

  /** @param {import("../protocol.js").Ready} message */
  #becomeReady({ version }) {
    if (version !== PROTOCOL_VERSION) return this.#fail({ reason: "version", detail: `worker ${version}` });
    this.#ready = true;
    this.#progress = null;
    this.#startNext();
  }

  /** Python is of no more use: everything that waits for it ends, and the next run starts a new one. @param {Failure} failure */
  #fail(failure) {
    const runs = this.#active ? [this.#active, ...this.#queue] : this.#queue;
    this.#terminate();
    this.#queue = [];
    for (const run of runs) run.end("error", failure);
  }

  #terminate() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = false;
    this.#active = null;
    this.#progress = null;
  }

  /** @param {number} run @returns {QueuedRun | null} unless it has ended meanwhile */
  #of(run) {
    return this.#active?.request.run === run ? this.#active : null;
  }

  /** @param {ToWorker} message */
  #send(message) {
    this.#worker?.postMessage(message);
  }
}

/** A run from the click to its one end. */
class QueuedRun {
  static #last = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #deadline;
  #ended = false;

  /** @param {Omit<RunRequest, "type" | "run">} wanted @param {RunListener} listener */
  constructor(wanted, listener) {
    QueuedRun.#last += 1;
    /** @type {RunRequest} */
    this.request = { type: "run", run: QueuedRun.#last, ...wanted };
    this.listener = listener;
  }

  /** @param {number} milliseconds @param {() => void} onTooLate */
  expectEnd(milliseconds, onTooLate) {
    this.#deadline ??= setTimeout(onTooLate, milliseconds);
  }

  /** @param {Ending} ending @param {Failure | "restarted"} [failure] */
  end(ending, failure) {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#deadline);
    this.listener.ended(ending, failure);
  }
}

/** @type {Map<string, PageInterpreter>} */
const interpreters = new Map();

/**
 * The interpreter of this page for a Pyodide.
 * @param {string} url as in `data-pyodide`: relative to the folder of pyrun's files
 */
export function interpreterAt(url) {
  const pyodideUrl = new URL(url, import.meta.url).href;
  const known = interpreters.get(pyodideUrl) ?? new PageInterpreter(pyodideUrl);
  interpreters.set(pyodideUrl, known);
  return known;
}
