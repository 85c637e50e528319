/** How often Python is told that time passes: this bounds the delay of Stop and of streamed output. */
const TICK_MS = 50;

/** Emscripten's number of the signal that `pyrun_runtime.interrupts` handles. */
const SIGALRM = 14;

/**
 * Reading the clock at every poll would cost a tight loop 13 to 20 %; at every 64th it is lost in the noise
 * (3,000,000 iterations, Chromium 156). A power of two, used as a mask.
 */
const POLLS_PER_CLOCK_READ = 64;

/**
 * An interrupt buffer for Pyodide without SharedArrayBuffer. CPython reads element 0 every few dozen bytecodes and
 * handles the signal it finds; an object with a getter serves as well as a typed array.
 * @returns {Int32Array} as Pyodide's types want it
 */
export function clockSignal() {
  let polls = 0;
  let last = performance.now();
  const buffer = {
    get 0() {
      polls += 1;
      if (polls & (POLLS_PER_CLOCK_READ - 1)) return 0;
      const now = performance.now();
      if (now - last < TICK_MS) return 0;
      last = now;
      return SIGALRM;
    },
    /** Pyodide clears the element when it has seen the signal; there is nothing to clear. */
    set 0(_) {},
  };
  return /** @type {Int32Array} */ (/** @type {unknown} */ (buffer));
}
