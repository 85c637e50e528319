/** Which run a cell's output is from, and whether it still holds. */
import { RUN_MESSAGES } from "../messages.js";

/** @typedef {import("../../shared/protocol.js").Ending} Ending */

/** @typedef {import("../messages.js").Staleness} Staleness */

/** How many runs have begun, by the page's path: a page that comes back by instant navigation counts on. @type {Map<string, number>} */
const begun = new Map();

/** Editors have their own line breaks. @param {string} code */
const normal = (code) => code.replace(/\r\n?/g, "\n");

/** What is left of a cell's last run. */
export class RunResult {
  #code;
  #keepsNames;
  #interpreter;
  #epoch;
  /** Stands in again if this run never begins. @type {RunResult | null} */
  #earlier;
  /** The Python in which a run of the cell has last come to its end. @type {number | null} */
  #completedIn;
  /** @type {number | null} */
  #number = null;
  /** @type {Ending | null} */
  #ending = null;
  /** Reset takes the output away, and not the names. */
  isShown = true;

  /**
   * @param {string} code that runs
   * @param {boolean} keepsNames not in an isolated session, where output says nothing about later runs
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

  /** Which Python it ran in. */
  get epoch() {
    return this.#epoch;
  }

  /** The run gets its number: runs are counted in the order in which they begin. */
  begin() {
    this.#number = (begun.get(location.pathname) ?? 0) + 1;
    begun.set(location.pathname, this.#number);
    this.#epoch = this.#interpreter.epoch;
  }

  /**
   * @param {Ending} ending
   * @param {boolean} lostPython this run's end, and what the cell says of it, is that of its Python too
   * @returns {RunResult | null} what is left now
   */
  end(ending, lostPython) {
    if (this.#number === null) return this.#earlier;
    this.#earlier = null;
    this.#ending = ending;
    if (ending === "done") this.#completedIn = this.#epoch;
    if (lostPython) this.#epoch = this.#interpreter.epoch;
    return this;
  }

  /** Whether it came to its end with this code, in the Python that is there now. @param {string} code */
  holds(code) {
    return this.#ending === "done" && this.#epoch === this.#interpreter.epoch && this.#code === normal(code);
  }

  /** @param {RunResult | null} other @returns {boolean} whether it began later than the other */
  isAfter(other) {
    return other === null || (this.#number ?? Number.POSITIVE_INFINITY) > (other.#number ?? 0);
  }

  /** Whether its cell had defined names in that Python. @param {number} epoch */
  hadNamesIn(epoch) {
    return this.#completedIn === epoch;
  }

  /**
   * @param {string} code the cell's, now
   * @returns {{ run: number, staleness: Staleness | null, text: string } | null} what the cell says of its output
   */
  describe(code) {
    if (!this.isShown || this.#number === null) return null;
    const staleness = this.#staleness(code);
    return { run: this.#number, staleness, text: RUN_MESSAGES.result(this.#number, staleness) };
  }

  /** @param {string} code @returns {Staleness | null} */
  #staleness(code) {
    // A new Python is what no undo brings back, so it goes first.
    if (this.#keepsNames && this.#epoch !== this.#interpreter.epoch) return "restarted";
    return this.#code === normal(code) ? null : "edited";
  }
}
