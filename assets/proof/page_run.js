/** Runs the examples of one page. Python is replaced when an example ends it, and what came before runs again. */
import { PendingRun } from "../page/run/pending_run.js";
import { reasonOf } from "../shared/errors.js";
import { cellsOf, leavesNames, planFor, wantedIn } from "./page_plan.js";
import { Recorder } from "./recorder.js";

/** @import { Answer, Clues, Ended, RunRequest, WaitStrategy, WorkerData } from "../shared/protocol.js" */
/** @import { Settlement } from "../page/settlement/settlement.js" */
/** @import { Cell, Step } from "./page_plan.js" */
/** @import { Listener } from "./python_thread.js" */
/** @import { Part } from "./recorder.js" */

/** `deadly` are examples that have ended the whole process before, and why. @typedef {{ page: string, cells: Record<string, string>[], skipped: number[], deadly: [index: number, detail: string][] }} Job */

/**
 * `CellOutcome` of `pyrun_core/proof/outcomes.py`, without the name of the exception, which Python reads from the traceback.
 * @typedef {{
 *   ending: "done" | "error" | "stopped" | "timeout" | "killed" | "lost", parts: Part[], line: number | null, missing: string,
 *   explanation: string, detail: string, seconds: number, dropped: number,
 * }} Outcome
 */

/** A Python that is ready, in a thread of Node or in a worker of a browser. @typedef {{ strategy: WaitStrategy, listen(listener: Listener): void, send(request: RunRequest): void, answer(answer: Answer): void, stop(run: number): void, close(): unknown }} RunningPython */

/** @typedef {{ start(cells: Cell[]): Promise<RunningPython>, settlement: Settlement, limitMs: number, begins(index: number): void }} Surroundings */

/** How a run ends that has not come to its own end. @type {ReadonlySet<Outcome["ending"]>} */
const WITHOUT_END = new Set(["stopped", "timeout", "killed"]);

/** The stop was not noticed in time. */
const IGNORED = "Python did not stop at the time limit";

/** How long the packages and files of a run may take to load. */
const MOST_MS_TO_BEGIN = 60_000;

const NOT_BEGUN = "Python did not start it";
const BROKE_WORKER = "It broke the worker that runs Python, so no other example could start after it";

/** Python could not be started: no example of the page can run. */
class StartFailed extends Error {}

export class PageRun {
  #cells;
  #steps;
  #surroundings;
  #skipped;
  /** @type {(Outcome | null)[]} */
  #outcomes;
  /** Those that may not run again. @type {Set<Cell>} */
  #deadly = new Set();

  /** @param {Job} job @param {Surroundings} surroundings */
  constructor({ cells, skipped, deadly }, surroundings) {
    this.#cells = cellsOf(cells);
    this.#skipped = new Set(skipped);
    this.#steps = planFor(this.#cells, this.#skipped);
    this.#surroundings = surroundings;
    this.#outcomes = cells.map(() => null);
    for (const [index, detail] of deadly) {
      const cell = this.#cells[index];
      if (cell) this.#end(cell, outcomeOf("killed", detail));
    }
  }

  /** @returns {Promise<(Outcome | null)[]>} one for each example, `null` for those that were skipped */
  async run() {
    try {
      while (this.#steps.some(({ cell }) => this.#outcomeOf(cell) === null)) await this.#runInOnePython();
    } catch (error) {
      if (!(error instanceof StartFailed)) throw error;
      for (const { cell } of this.#steps)
        this.#outcomes[cell.index] ??= outcomeOf("lost", `Python could not start: ${error.message}`);
    }
    return this.#outcomes;
  }

  /** Runs what is left, after what has run before, until an example ends Python. */
  async #runInOnePython() {
    const last = this.#steps.findLastIndex(({ cell }) => this.#outcomeOf(cell) === null);
    /** @type {RunningPython | null} */
    let thread = null;
    /** The example that ran last in it. @type {Cell | null} */
    let previous = null;
    try {
      for (const [position, step] of this.#steps.entries()) {
        const { cell } = step;
        const isNew = this.#outcomeOf(cell) === null;
        if (position > last || !(isNew || this.#mayRepeat(cell))) continue;
        const lost = this.#whyLost(step);
        if (lost !== null) {
          this.#outcomes[cell.index] ??= outcomeOf("lost", lost);
          continue;
        }
        thread ??= await this.#start();
        this.#surroundings.begins(cell.index);
        const { outcome, isAlive, hasBegun } = await runStep(thread, step, this.#surroundings);
        if (!hasBegun && previous) return this.#end(previous, outcomeOf("killed", BROKE_WORKER));
        previous = cell;
        if (outcome.ending === "timeout" || !isAlive) this.#deadly.add(cell);
        this.#outcomes[cell.index] ??= outcome;
        if (!isAlive) return;
      }
    } finally {
      await thread?.close();
    }
  }

  async #start() {
    try {
      return await this.#surroundings.start(this.#cells);
    } catch (error) {
      throw new StartFailed(reasonOf(error));
    }
  }

  /** Whether it runs again for the names that it defines. @param {Cell} cell */
  #mayRepeat(cell) {
    return !this.#deadly.has(cell) && leavesNames(cell);
  }

  /** @param {Step} step @returns {string | null} `null` if it can run */
  #whyLost(step) {
    const failed = [...step.before, ...step.needed].find((other) => {
      const outcome = this.#outcomeOf(other);
      return outcome ? outcome.ending !== "done" : this.#skipped.has(other.index);
    });
    if (failed === undefined) return null;
    const { name, line } = failed.dataset;
    const which = name ? `the example “${name}”` : `example ${failed.index + 1} of the page`;
    const where = line ? `, in line ${line}` : "";
    return `It depends on ${which}${where}, which failed or was skipped.`;
  }

  /** @param {Cell} cell @param {Outcome} outcome */
  #end(cell, outcome) {
    this.#deadly.add(cell);
    this.#outcomes[cell.index] = outcome;
  }

  /** @param {Cell} cell */
  #outcomeOf(cell) {
    return this.#outcomes[cell.index] ?? null;
  }
}

/**
 * @param {RunningPython} thread
 * @param {Step} step
 * @param {Surroundings} surroundings
 * @returns {Promise<{ outcome: Outcome, isAlive: boolean, hasBegun: boolean }>} `hasBegun` is false if Python said nothing at all
 */
function runStep(thread, step, { settlement, limitMs }) {
  const recorder = new Recorder(step.cell.sourceFile.fileName);
  let hasBegun = false;
  return new Promise((settle) => {
    const waiting = setTimeout(() => died(NOT_BEGUN), MOST_MS_TO_BEGIN);
    const run = new PendingRun(wantedIn(step, limitMs), recorder, () => {
      thread.stop(run.number);
      run.expectEnd(() => died(IGNORED));
    });
    /** @param {Outcome["ending"]} ending @param {string} detail @param {boolean} isAlive @param {Ended | null} ended */
    const end = (ending, detail, isAlive, ended) => {
      clearTimeout(waiting);
      recorder.stopClock();
      run.end("done"); // ends its timers
      const { parts, seconds, dropped } = recorder;
      const line = recorder.line ?? (WITHOUT_END.has(ending) ? recorder.statement : null);
      /** @type {Partial<Clues> & { explanation?: string | null }} */
      const clues = ended?.clues ?? {};
      const missing = clues.missing?.package ?? "";
      const explanation = clues.explanation ?? "";
      const outcome = { ending, parts, line, missing, explanation, detail, seconds, dropped };
      settle({ outcome, isAlive, hasBegun: hasBegun || isAlive });
    };
    const died = (/** @type {string} */ reason) => end("killed", reason, false, null);
    const python = {
      strategy: thread.strategy,
      holdsLocks: false,
      answer: thread.answer.bind(thread),
      died: () => {},
      ended: (/** @type {Ended} */ ended) => {
        if (ended.problem) return end("lost", ended.problem.detail, true, ended);
        end(run.reachedLimit ? "timeout" : ended.type, "", true, ended);
      },
    };
    const said = (/** @type {WorkerData} */ message) => {
      if (!("run" in message) || message.run !== run.number) return;
      hasBegun = true;
      if (message.type === "running") clearTimeout(waiting);
      run.hear(message, python);
    };
    thread.listen({ said, died });
    try {
      thread.send(run.request(settlement));
    } catch (error) {
      end("lost", reasonOf(error), true, null); // the settlement does not list it
    }
  });
}

/** @param {"killed" | "lost"} ending @param {string} detail @returns {Outcome} */
const outcomeOf = (ending, detail) => ({
  ...{ ending, detail, parts: [], line: null, missing: "", explanation: "", seconds: 0, dropped: 0 },
});
