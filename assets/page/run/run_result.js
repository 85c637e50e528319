/** The run that a cell's output is from, and whether it is stale. */
import { assertNever } from "../../shared/protocol.js";
import { RUN_MESSAGES } from "../messages.js";

/** @import { Ending } from "../../shared/protocol.js" */
/** @import { Staleness } from "../messages.js" */

/**
 * How many runs have begun, by page path: a page that instant navigation brings back continues counting.
 * @type {Map<string, number>}
 */
const begun = new Map();

/** Editors normalise line breaks. @param {string} code */
const normal = (code) => code.replace(/\r\n?/g, "\n");

/** @param {number} run @param {Staleness | null} staleness */
function describeResult(run, staleness) {
  switch (staleness) {
    case "edited":
      return RUN_MESSAGES.resultEdited({ run });
    case "restarted":
      return RUN_MESSAGES.resultRestarted({ run });
    case null:
      return RUN_MESSAGES.result({ run });
    default:
      return assertNever(staleness);
  }
}

/** The result of a cell's last run. */
export class RunResult {
  #code;
  #keepsNames;
  #interpreter;
  #epoch;
  /** Used again if this run never begins. @type {RunResult | null} */
  #earlier;
  /** The epoch in which the cell last ran successfully. @type {number | null} */
  #completedIn;
  /** @type {number | null} */
  #number = null;
  /** @type {Ending | null} */
  #ending = null;
  /** Reset clears the output, but not the names. */
  isShown = true;

  /**
   * @param {string} code that runs
   * @param {boolean} keepsNames `false` in an isolated session, whose output never becomes stale by a restart
   * @param {{ readonly epoch: number }} interpreter
   * @param {RunResult | null} earlier of the same cell
   */
  constructor(code, keepsNames, interpreter, earlier) {
    this.#code = normal(code);
    this.#keepsNames = keepsNames;
    this.#interpreter = interpreter;
    this.#epoch = interpreter.epoch;
    this.#earlier = earlier;
    this.#completedIn = earlier === null ? null : earlier.#completedIn;
  }

  /** The Python that it ran in. */
  get epoch() {
    return this.#epoch;
  }

  /** The run begins, and gets its number. */
  begin() {
    this.#number = (begun.get(location.pathname) ?? 0) + 1;
    begun.set(location.pathname, this.#number);
    this.#epoch = this.#interpreter.epoch;
  }

  /**
   * @param {Ending} ending
   * @param {boolean} lostPython the end of this run terminated its Python too, and the cell says so itself
   * @returns {RunResult | null} the result from now on
   */
  end(ending, lostPython) {
    if (this.#number === null) return this.#earlier;
    this.#earlier = null;
    this.#ending = ending;
    if (ending === "done") this.#completedIn = this.#epoch;
    if (lostPython) this.#epoch = this.#interpreter.epoch;
    return this;
  }

  /**
   * Whether it succeeded with this code, in the current Python.
   * @param {string} code
   * @param {{ readonly epoch: number }} interpreter in which the cell would run now
   */
  holds(code, interpreter) {
    return this.#ending === "done" && this.#epoch === interpreter.epoch && this.#code === normal(code);
  }

  /** @param {RunResult | null} other @returns {boolean} whether it began later than the other */
  isAfter(other) {
    return other === null || (this.#number ?? Number.POSITIVE_INFINITY) > (other.#number ?? 0);
  }

  /** Whether its cell had defined names in that epoch. @param {number} epoch */
  hadNamesIn(epoch) {
    return this.#completedIn === epoch;
  }

  /**
   * @param {string} code the cell's, now
   * @returns {{ run: number, staleness: Staleness | null, text: string } | null} what the cell shows about its output;
   *   no text if that would tell nothing: the output is from the only run so far
   */
  describe(code) {
    if (!this.isShown || this.#number === null) return null;
    const staleness = this.#staleness(code);
    const tells = staleness !== null || this.#number > 1;
    return { run: this.#number, staleness, text: tells ? describeResult(this.#number, staleness) : "" };
  }

  /** @param {string} code @returns {Staleness | null} */
  #staleness(code) {
    // A restart comes first, because undo cannot revert it.
    if (this.#keepsNames && this.#epoch !== this.#interpreter.epoch) return "restarted";
    return this.#code === normal(code) ? null : "edited";
  }
}
