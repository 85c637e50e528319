/** Gives Python a periodic signal, so that it hears of Stop while it is busy. */
import { signalClock, withPoll } from "../pyodide/internals.js";
import { makeCountdown, makeSlot, TURNS_BETWEEN_POLLS } from "./countdown.js";

/** How often Python gets the signal: this bounds the delay of Stop and of streamed output. */
const TICK_MS = 50;

/** The signal that `pyrun_runtime.run.signals` handles: one without a name, so that code can have all others. */
const CLOCK_SIGNAL = 63;

/** How often the clock should be read: much more often than a tick, and rarely enough to cost nothing. */
const MS_BETWEEN_READS = 2;

/**
 * The most turns of loops, and calls, between two readings: code may become slower at any moment, which delays the next
 * reading. With one reading in 400 turns the cost cannot be measured.
 */
const MOST_TURNS_BETWEEN_READS = 400;

/** The same in polls, where CPython's count cannot be set and each `str()` polls as well. */
const MOST_POLLS_BETWEEN_READS = 64;

/** By how much the turns between two readings grow: fast code gets to the most within a millisecond. */
const MORE_TURNS = 8;

/**
 * Gives Python a clock signal without shared memory. It replaces the function that CPython polls for signals by one that
 * returns a signal once every tick.
 */
export class ClockSignal {
  /** Created late, because a site's policy may forbid WebAssembly, which is reported first. @type {import("./countdown.js").Slot | null} */
  #slot = null;
  /** @type {WebAssembly.Memory | null} */
  #memory = null;
  #polls = new WebAssembly.Global({ value: "i32", mutable: true }, 0);
  /** Turns between the last reading and the next. */
  #turns = TURNS_BETWEEN_POLLS;
  /** How many turns the next reading may be away. It grows, because code that begins may be slow from its first turn. */
  #mostTurns = MOST_TURNS_BETWEEN_READS;
  /** Sets how many turns CPython counts before it polls. @type {((turns: number) => void) | null} */
  #count = null;
  #readAt = 0;
  #tickedAt = 0;
  #isSilent = false;

  /**
   * Replaces Pyodide's own function by the slot while Pyodide loads.
   * @template T
   * @param {() => Promise<T>} load
   */
  async during(load) {
    const slot = makeSlot();
    this.#slot = slot;
    return withPoll(slot.poll, load, (memory) => {
      this.#memory = memory;
    });
  }

  /** Has CPython poll from now on. @param {import("pyodide").PyodideInterface} pyodide 0.27 to 315 */
  start(pyodide) {
    const { poll, polls } = this.#countdown(pyodide);
    this.#polls = polls;
    this.#tickedAt = this.#readAt = performance.now();
    this.#slot?.slot.set(0, poll);
    pyodide.setInterruptBuffer(new Int32Array(1));
  }

  /** Reads the clock more often at first, because other code begins to run. The first signal comes a tick later. */
  beginRun() {
    this.#tickedAt = performance.now();
    this.#mostTurns = TURNS_BETWEEN_POLLS;
    this.#waitFor(TURNS_BETWEEN_POLLS);
  }

  /** @param {import("pyodide").PyodideInterface} pyodide */
  #countdown(pyodide) {
    const read = () => this.#read();
    const clock = signalClock(pyodide);
    if (clock && this.#memory) {
      this.#count = clock.set;
      return makeCountdown(read, this.#memory, clock.address);
    }
    const memory = new WebAssembly.Memory({ initial: 1 });
    new Int32Array(memory.buffer)[0] = TURNS_BETWEEN_POLLS;
    return makeCountdown(read, memory, 0);
  }

  /**
   * Gives no signal while a function runs.
   * @template T
   * @param {() => T} call
   */
  silentWhile(call) {
    const before = this.#isSilent;
    this.#isSilent = true;
    try {
      return call();
    } finally {
      this.#isSilent = before;
    }
  }

  /** Reads the clock. @returns {number} the signal, or 0 */
  #read() {
    const now = performance.now();
    const passed = Math.max(now - this.#readAt, MS_BETWEEN_READS / MOST_TURNS_BETWEEN_READS);
    this.#readAt = now;
    this.#mostTurns = Math.min(this.#mostTurns + MORE_TURNS, MOST_TURNS_BETWEEN_READS);
    this.#waitFor((this.#turns * MS_BETWEEN_READS) / passed);
    if (this.#isSilent || now - this.#tickedAt < TICK_MS) return 0;
    this.#tickedAt = now;
    return CLOCK_SIGNAL;
  }

  /** @param {number} turns until the next reading, approximately */
  #waitFor(turns) {
    if (this.#count) {
      this.#turns = Math.min(Math.max(Math.floor(turns), 1), this.#mostTurns);
      this.#count(this.#turns);
      this.#polls.value = 1;
      return;
    }
    const polls = Math.min(Math.max(Math.floor(turns / TURNS_BETWEEN_POLLS), 1), MOST_POLLS_BETWEEN_READS);
    this.#polls.value = polls;
    this.#turns = polls * TURNS_BETWEEN_POLLS;
  }
}
