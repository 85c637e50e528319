/** How often Python is told that time passes: this bounds the delay of Stop and of streamed output. */
const TICK_MS = 50;

/** Emscripten's number of the signal that `pyrun_runtime.interrupts` handles. */
const SIGALRM = 14;

/**
 * Reading the clock at every poll would cost a tight loop 13 to 20 %; every now and then is lost in the noise. A power
 * of two, used as a mask.
 */
const READS_PER_CLOCK_READ = 256;

/** `_Py_CheckEmscriptenSignals_Helper` of CPython: is there a buffer, what is in it, clear it. */
const READS_PER_POLL = 3;

/**
 * Gives Python a clock signal without SharedArrayBuffer. CPython polls the interrupt buffer every few dozen bytecodes,
 * and in every `str()` and `repr()`: hundreds of thousands of times a second. So the buffer is a typed array, and what
 * looks at the clock is the accessor of the property that holds it. An accessor for its element 0, which needs nothing
 * private of Pyodide, costs a microsecond a poll, and made `str()` in a loop three times slower.
 * @param {import("pyodide").PyodideInterface} pyodide 0.27 to 314
 */
export function installClockSignal(pyodide) {
  const quiet = new Int32Array(1);
  const alarm = new Int32Array(1);
  let reads = 0;
  let alarms = 0;
  let last = performance.now();
  pyodide.setInterruptBuffer(quiet);
  const { _module } = /** @type {{ _module: object }} */ (/** @type {unknown} */ (pyodide));
  Object.defineProperty(_module, "Py_EmscriptenSignalBuffer", {
    get() {
      // Whichever read of a poll was the first, these are one poll's worth: Python sees the signal once.
      if (alarms > 0) {
        alarms -= 1;
        alarm[0] = SIGALRM;
        return alarm;
      }
      reads += 1;
      if (reads & (READS_PER_CLOCK_READ - 1)) return quiet;
      const now = performance.now();
      if (now - last < TICK_MS) return quiet;
      last = now;
      alarms = READS_PER_POLL - 1;
      alarm[0] = SIGALRM;
      return alarm;
    },
  });
}
