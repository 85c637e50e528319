/** Keeps what a run shows, instead of a page. */

/** @import { Chunk, Clues, Display, Ending, Traceback } from "../shared/protocol.js" */
/** @import { RunListener } from "../page/run/pending_run.js" */

/**
 * A part of what was shown: `Part` of `pyrun_core/proof/outcomes.py`.
 * @typedef {{
 *   line: number, stream: string, text: string, data?: Record<string, string>,
 *   alt?: string, width?: number | null, height?: number | null,
 * }} Part
 */

/** @implements {RunListener} */
export class Recorder {
  /** @type {Part[]} */
  parts = [];
  dropped = 0;
  seconds = 0;
  /** The line of the example where it failed. @type {number | null} */
  line = null;
  loading = null;
  losesNames = false;
  #fileName;
  /** The statement that shows what follows, by its last line. */
  #section = 0;
  /** Whether the next part replaces all others. */
  #clears = false;
  /** Replaceable parts. @type {Map<string, Part>} */
  #named = new Map();
  #began = 0;

  /** @param {string} fileName that tracebacks show for the code of the example */
  constructor(fileName) {
    this.#fileName = fileName;
  }

  waiting() {}
  progress() {}
  written() {}
  left() {}
  withdrawn() {}

  running() {
    this.#began = performance.now();
  }

  /** @param {Chunk[]} chunks @param {number} dropped */
  output(chunks, dropped) {
    this.dropped += dropped;
    for (const { stream, text } of chunks) {
      const last = this.#clears ? undefined : this.parts.at(-1);
      if (last && last.stream === stream && last.line === this.#section && !last.data) last.text += text;
      else this.#add({ line: this.#section, stream, text });
    }
  }

  /** @param {Display} display */
  display({ bundle, alt, width, height, id, replaces }) {
    const data = Object.fromEntries(
      Object.entries(bundle).map(([type, content]) => [
        type,
        typeof content === "string" ? content : base64Of(content),
      ]),
    );
    const text = data["text/plain"] ?? "";
    const part = { line: this.#section, stream: "display", text, data, alt, width, height };
    const earlier = id !== null && replaces ? this.#named.get(id) : undefined;
    if (earlier) return void Object.assign(earlier, { ...part, line: earlier.line });
    if (id !== null) this.#named.set(id, part);
    this.#add(part);
  }

  /** @param {boolean} waits */
  clear(waits) {
    if (waits) this.#clears = true;
    else this.#empty();
  }

  /** @param {number} line */
  section(line) {
    this.#section = line;
  }

  /** @param {Traceback} traceback */
  traceback({ text, sourceLines }) {
    this.#add({ line: this.#section, stream: "traceback", text });
    this.line = sourceLines.findLast(({ file }) => file === this.#fileName)?.line ?? this.line;
  }

  /** Nobody is there: the input ends. @param {string} _text @param {(text: string | null) => void} answer */
  input(_text, answer) {
    answer(null);
  }

  /** @param {Ending} _ending @param {unknown} _cause @param {Clues | null} _clues */
  ended(_ending, _cause, _clues) {}

  /** The last line of the statement that runs; `null` where the code runs as a whole. */
  get statement() {
    return this.#section || null;
  }

  /** The run has ended. */
  stopClock() {
    if (this.#began > 0) this.seconds = (performance.now() - this.#began) / 1000;
  }

  /** @param {Part} part */
  #add(part) {
    if (this.#clears) this.#empty();
    this.parts.push(part);
  }

  #empty() {
    this.#clears = false;
    this.parts = [];
    this.#named.clear();
  }
}

/** Bytes that become text together: arguments of one call. */
const PIECE_BYTES = 32_768;

/** @param {Uint8Array} bytes */
function base64Of(bytes) {
  let text = "";
  for (let start = 0; start < bytes.length; start += PIECE_BYTES)
    text += String.fromCharCode(...bytes.subarray(start, start + PIECE_BYTES));
  return btoa(text);
}
