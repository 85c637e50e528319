/**
 * Two small WebAssembly modules in the place of the function that CPython polls for signals. CPython polls in every
 * `str()` and `repr()` besides, millions of times a second; a call from one WebAssembly module into another takes two
 * nanoseconds, one into JavaScript ten to a hundred times as much.
 */
import countdown from "./countdown.wat";
import pollSlot from "./poll_slot.wat";

/** CPython polls once in so many turns of loops, and calls (`PY_EMSCRIPTEN_SIGNAL_INTERVAL`). */
export const TURNS_BETWEEN_POLLS = 50;

/** @typedef {{ poll: WebAssembly.ExportValue, slot: WebAssembly.Table }} Slot */
/** `polls` are left before the clock is read. @typedef {{ poll: Function, polls: WebAssembly.Global<"i32"> }} Countdown */

/** @returns {Slot} */
export function makeSlot() {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(pollSlot));
  return /** @type {Slot} */ (/** @type {unknown} */ (exports));
}

/**
 * @param {() => number} read
 * @param {WebAssembly.Memory} memory where CPython counts its turns
 * @param {number} turns the address of that count
 * @returns {Countdown}
 */
export function makeCountdown(read, memory, turns) {
  const address = new WebAssembly.Global({ value: "i32" }, turns);
  const clock = { read, memory, turns: address };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(countdown), { clock });
  return /** @type {Countdown} */ (/** @type {unknown} */ (exports));
}
