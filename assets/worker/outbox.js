import { cutBefore, DEFAULT_OUTPUT_LIMIT } from "../output_limit.js";

/** @typedef {import("../protocol.js").FromWorker} FromWorker */
/** @typedef {import("../protocol.js").Stream} Stream */
/** @typedef {import("../protocol.js").Chunk} Chunk */
/** @typedef {import("../protocol.js").Traceback} Traceback */

/** More than this in one message would make it a long task of the page. */
const MESSAGE_CHARACTERS = 65_536;

/** What may still be said after the limit: how the code ended, and what the reader typed. */
const CHARACTERS_AFTER_LIMIT = 100_000;

/** Streams without end. All others say little, and what a reader must not miss. @type {ReadonlySet<Stream>} */
const PRINTED = new Set(["stdout", "stderr"]);

/** How often the page hears how much the limit keeps back, while the code goes on. */
const MS_BETWEEN_COUNTS = 100;

/**
 * Messages to the page. Output is collected until it is sent, so that one message carries many writes. What exceeds
 * the limit of a run is counted instead: neither this worker nor the page can hold what code prints in an endless loop.
 */
export class Outbox {
  /** @type {Chunk[]} */
  #chunks = [];
  /** Characters in `#chunks`. */
  #collected = 0;
  /** The run that output belongs to: what a finished run still writes is its own until the next begins. */
  #run = 0;
  #limit = DEFAULT_OUTPUT_LIMIT;
  /** Characters of this run that were not kept back. */
  #written = 0;
  /** Characters that were kept back, and of which the page does not know. */
  #dropped = 0;
  #countedAt = 0;
  /** Whether what was kept back began in the middle of a line. */
  #lineIsCut = false;
  #lineIsOpen = false;
  #post;

  /** @param {(message: FromWorker) => void} post */
  constructor(post) {
    this.#post = post;
  }

  /** @param {number} run @param {number | null} outputLimit in characters; `null` for the default */
  begin(run, outputLimit) {
    this.#sendAll();
    this.#run = run;
    this.#limit = outputLimit ?? DEFAULT_OUTPUT_LIMIT;
    this.#written = 0;
    this.#lineIsCut = false;
    this.#lineIsOpen = false;
  }

  /** @param {Stream} stream @param {string} text */
  write(stream, text) {
    const most = PRINTED.has(stream) ? this.#limit : this.#limit + CHARACTERS_AFTER_LIMIT;
    const kept = cutBefore(text, most - this.#written);
    if (kept > 0) {
      if (this.#lineIsCut) this.#collect(stream, "\n");
      this.#lineIsCut = false;
      this.#lineIsOpen = text[kept - 1] !== "\n";
      this.#written += kept;
      for (let from = 0; from < kept; ) {
        const end = cutBefore(text, Math.min(kept, from + MESSAGE_CHARACTERS));
        this.#collect(stream, text.slice(from, end));
        from = end;
      }
    }
    if (kept < text.length) {
      this.#dropped += text.length - kept;
      this.#written = Math.max(this.#written, this.#limit); // what comes later and would fit is not the next piece
      this.#lineIsCut = this.#lineIsOpen;
    }
  }

  /** Sends a traceback, whole or not at all: it is short. @param {Omit<Traceback, "type" | "run">} described */
  traceback(described) {
    const length = described.text.length + (described.whole?.length ?? 0);
    if (this.#written + length > this.#limit + CHARACTERS_AFTER_LIMIT) {
      this.#dropped += length;
      return;
    }
    this.#written += length;
    this.#lineIsCut = this.#lineIsOpen = false;
    this.post({ type: "traceback", run: this.#run, ...described });
  }

  /** Sends the output that was collected. */
  send() {
    if (this.#chunks.length > 0 || performance.now() - this.#countedAt >= MS_BETWEEN_COUNTS) this.#sendAll();
  }

  /** Sends a message after the output that came before it. @param {FromWorker} message */
  post(message) {
    this.#sendAll();
    this.#post(message);
  }

  /** @param {Stream} stream @param {string} text */
  #collect(stream, text) {
    const last = this.#chunks.at(-1);
    if (last?.stream === stream) last.text += text;
    else this.#chunks.push({ stream, text });
    this.#collected += text.length;
    if (this.#collected >= MESSAGE_CHARACTERS) this.#sendAll();
  }

  #sendAll() {
    if (this.#chunks.length === 0 && this.#dropped === 0) return;
    const chunks = this.#chunks;
    const dropped = this.#dropped;
    this.#chunks = [];
    this.#collected = 0;
    this.#dropped = 0;
    this.#countedAt = performance.now();
    this.#post({ type: "output", run: this.#run, chunks, dropped });
  }
}
