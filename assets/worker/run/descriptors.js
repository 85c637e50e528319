/** Connects the descriptors 0, 1 and 2 with Python's standard streams, for all code that reads and writes there. */
import { WINDOW_COLUMNS, WINDOW_LINES } from "../../shared/limits.js";
import { openDevices, reserveDescriptors, setDeviceSize } from "../pyodide/file_system.js";
import { holdingLock, interruptCall } from "../pyodide/internals.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../../shared/protocol.js").TerminalSize} TerminalSize */
/** @typedef {import("../start/runtime.js").Streams} Streams */
/** @typedef {import("../waiting/clock_signal.js").ClockSignal} ClockSignal */
/** @typedef {import("./outbox.js").Outbox} Outbox */

/** A signal without a name, which `pyrun_runtime.io.page_input` has, too: something reads, and has to wait. */
const INPUT_SIGNAL = 62;

/** What the descriptors lead to, in the order of their numbers. */
const DEVICES = ["/dev/stdin", "/dev/stdout", "/dev/stderr"];

/** The descriptors of one Python, on devices that lead to the page. */
export class Descriptors {
  #pyodide;
  #streams;
  #clock;
  #outbox;
  #terminal = { columns: WINDOW_COLUMNS, lines: WINDOW_LINES };

  /**
   * @param {PyodideInterface} pyodide
   * @param {Streams} streams
   * @param {ClockSignal} clock
   * @param {Outbox} outbox
   */
  constructor(pyodide, streams, clock, outbox) {
    this.#pyodide = pyodide;
    this.#streams = streams;
    this.#clock = clock;
    this.#outbox = outbox;
    this.#connect();
  }

  /** Makes whatever is read and written there pass through Python's streams. */
  #connect() {
    const { FS } = this.#pyodide;
    this.#pyodide.setStdin({ read: (buffer) => this.#read(buffer) });
    this.#pyodide.setStdout(this.#writer("stdout"));
    this.#pyodide.setStderr(this.#writer("stderr"));
    setDeviceSize(FS, "/dev/stdin", () => this.#call((streams) => streams.size()));
    reserveDescriptors(FS);
  }

  /**
   * Starts a run: opens again what code has closed or redirected.
   * @param {TerminalSize} terminal
   */
  begin(terminal) {
    this.#terminal = terminal;
    openDevices(this.#pyodide.FS, DEVICES);
  }

  /** @param {"stdout" | "stderr"} stream */
  #writer(stream) {
    const write = (/** @type {Uint8Array} */ bytes) => {
      const copy = bytes.slice();
      try {
        this.#call((streams) => streams.written(stream, copy));
      } catch {
        // Python has crashed, and this is what it says of that.
        this.#outbox.write(stream, new TextDecoder().decode(copy));
      }
      return copy.length;
    };
    // Up to 0.29, Pyodide ignores this function, and `os.get_terminal_size` is Python's (io/terminal.py).
    const getTerminalSize = () => ({ rows: this.#terminal.lines, columns: this.#terminal.columns });
    return { isatty: true, write, getTerminalSize };
  }

  /** @param {Uint8Array} buffer */
  #read(buffer) {
    const read = this.#call((streams) => {
      const bytes = streams.read(buffer.length);
      const copy = bytes?.toJs();
      bytes?.destroy();
      return copy;
    });
    if (read === undefined) return interruptCall(this.#pyodide, INPUT_SIGNAL);
    buffer.set(read);
    return read.length;
  }

  /**
   * Calls Python in the middle of a system call. A signal there would raise in pyrun's code.
   * @template T
   * @param {(streams: Streams) => T} call
   * @returns {T}
   */
  #call(call) {
    return this.#clock.silentWhile(() => holdingLock(this.#pyodide, () => call(this.#streams)));
  }
}
