/** Collects output for some milliseconds and sends it to the page, within the limit of the run. */
import { cutBefore } from "../../shared/cut_text.js";
import {
  CHUNK_CHARACTERS,
  MESSAGE_CHARACTERS,
  MOST_DISPLAYED_BYTES,
  MOST_DISPLAYS,
  OUTPUT_AFTER_LIMIT_CHARACTERS,
} from "../../shared/limits.js";

/** @typedef {import("../../shared/protocol.js").FromWorker} FromWorker */
/** @typedef {import("../../shared/protocol.js").Stream} Stream */
/** @typedef {import("../../shared/protocol.js").Chunk} Chunk */
/** @typedef {import("../../shared/protocol.js").Clear} Clear */
/** @typedef {import("../../shared/protocol.js").Display} Display */
/** @typedef {import("../../shared/protocol.js").Output} Output */
/** @typedef {import("../../shared/protocol.js").Section} Section */
/** @typedef {import("../../shared/protocol.js").Traceback} Traceback */

/** Streams without end. All others say little, and what a reader must not miss. @type {ReadonlySet<Stream>} */
const PRINTED = new Set(["stdout", "stderr"]);

/** Messages that the page draws at once, and not with the next frame. @type {ReadonlySet<string>} */
const DRAWN = new Set(["display", "clear"]);

/** In English; `texts` of a run can have it in another language. */
const TOO_MUCH =
  "This example has displayed as much as the page can hold: 2,000 pictures or tables, or 250 MB. Further ones are not shown.";

/** A loop can show and clear faster than a page draws. What is cleared within this time is not sent. */
const MS_BETWEEN_DISPLAYS = 30;

/** How often the page learns how much output was dropped, while the code runs. */
const MS_BETWEEN_COUNTS = 100;

/**
 * Messages to the page. Output is collected, so that one message carries many writes. Output beyond the limit of a run is
 * only counted, because neither this worker nor the page can hold what an endless loop prints.
 */
export class Outbox {
  /** @type {Chunk[]} */
  #chunks = [];
  #tooMuch = TOO_MUCH;
  /** Characters in `#chunks`, including the cost of the chunks. */
  #collected = 0;
  /** The run that output belongs to, until the next one begins. */
  #run = 0;
  #limit = Number.POSITIVE_INFINITY;
  /** Characters of this run that were not dropped. */
  #written = 0;
  /** Dropped characters that the page has not been told about. */
  #dropped = 0;
  #countedAt = 0;
  /** Whether dropped output began in the middle of a line. */
  #lineIsCut = false;
  #lineIsOpen = false;
  /** What was shown since the last messages, with the text in between. @type {{ message: Output | Display | Clear | Section, transferred: Transferable[] }[]} */
  #held = [];
  #displayedAt = 0;
  /** Sends what is held if no Python runs that would call `send`. @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** What the page holds besides text, since the output was last cleared. */
  #displays = 0;
  #displayedBytes = 0;
  #post;

  /** @param {(message: FromWorker, transferred: Transferable[]) => void} post */
  constructor(post) {
    this.#post = post;
  }

  /**
   * @param {number} run
   * @param {number} outputLimit in characters
   * @param {Record<string, string>} texts in the language of the page
   */
  begin(run, outputLimit, texts) {
    this.#tooMuch = texts["runtime.tooMuch"] ?? TOO_MUCH;
    this.#sendAll();
    this.#run = run;
    this.#limit = outputLimit;
    this.#written = 0;
    this.#lineIsCut = false;
    this.#lineIsOpen = false;
    this.#forgetDisplays();
  }

  /** @param {Stream} stream @param {string} text */
  write(stream, text) {
    const most = PRINTED.has(stream) ? this.#limit : this.#limit + OUTPUT_AFTER_LIMIT_CHARACTERS;
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
      this.#written = Math.max(this.#written, this.#limit); // later output must not appear to follow directly
      this.#lineIsCut = this.#lineIsOpen;
    }
  }

  /**
   * Displays something after earlier output. Its bytes are transferred.
   * @param {Omit<Display, "type" | "run">} display
   */
  display(display) {
    const parts = Object.values(display.bundle);
    if (!display.replaces) {
      if (this.#displays > MOST_DISPLAYS || this.#displayedBytes > MOST_DISPLAYED_BYTES) return;
      this.#displays += 1;
      this.#displayedBytes += parts.reduce((sum, { length }) => sum + length, 0);
      if (this.#displays > MOST_DISPLAYS || this.#displayedBytes > MOST_DISPLAYED_BYTES)
        return this.write("notice", `${this.#tooMuch}\n`);
    }
    const transferred = parts.flatMap((part) => (typeof part === "string" ? [] : [part.buffer]));
    this.#hold({ type: "display", run: this.#run, ...display }, transferred);
    if (this.#mayDisplay) this.#sendAll();
  }

  /** Gives the page a script. @param {string} name @param {Uint8Array<ArrayBuffer>} bytes transferred */
  library(name, bytes) {
    this.#sendAll();
    this.#post({ type: "library", name, bytes }, [bytes.buffer]);
  }

  /** Empties the output. @param {boolean} waits until there is something else to show */
  clear(waits) {
    this.#forgetDisplays();
    this.#held = this.#held.filter(({ message }) => message.type === "section").slice(-1);
    this.#chunks = [];
    this.#collected = 0;
    this.#hold({ type: "clear", run: this.#run, waits }, []);
  }

  /** Lets what follows belong to the statement that ends in this line, from 1. @param {number} line */
  section(line) {
    this.#hold({ type: "section", run: this.#run, line }, []);
    this.#lineIsCut = this.#lineIsOpen = false;
  }

  /** Says at once in which line the entry of a console ends that runs now. @param {number} line from 1 */
  entry(line) {
    this.post({ type: "section", run: this.#run, line });
  }

  /** Sends a traceback, whole or not at all: it is short. @param {Omit<Traceback, "type" | "run">} described */
  traceback(described) {
    const length = described.text.length + (described.whole?.length ?? 0);
    if (this.#written + length > this.#limit + OUTPUT_AFTER_LIMIT_CHARACTERS) {
      this.#dropped += length;
      return;
    }
    this.#written += length;
    this.#lineIsCut = this.#lineIsOpen = false;
    this.post({ type: "traceback", run: this.#run, ...described });
  }

  /** Sends the output that was collected. */
  send() {
    if (this.#held.length > 0 && !this.#mayDisplay) return;
    if (
      this.#held.length > 0 ||
      this.#chunks.length > 0 ||
      performance.now() - this.#countedAt >= MS_BETWEEN_COUNTS
    )
      this.#sendAll();
  }

  /** Sends a message after earlier output. @param {FromWorker} message @param {Transferable[]} [transferred] */
  post(message, transferred = []) {
    this.#sendAll();
    this.#post(message, transferred);
  }

  /** Sends a message soon, after earlier output. @param {Display | Clear | Section} message @param {Transferable[]} transferred */
  #hold(message, transferred) {
    this.#closeText();
    this.#held.push({ message, transferred });
    this.#timer ??= setTimeout(() => this.#sendAll(), MS_BETWEEN_DISPLAYS);
  }

  get #mayDisplay() {
    return performance.now() - this.#displayedAt >= MS_BETWEEN_DISPLAYS;
  }

  #forgetDisplays() {
    this.#displays = 0;
    this.#displayedBytes = 0;
  }

  /** @param {Stream} stream @param {string} text */
  #collect(stream, text) {
    const last = this.#chunks.at(-1);
    if (last?.stream === stream) last.text += text;
    else {
      this.#chunks.push({ stream, text });
      this.#collected += CHUNK_CHARACTERS;
    }
    this.#collected += text.length;
    if (this.#collected >= MESSAGE_CHARACTERS) this.#sendAll();
  }

  #sendAll() {
    this.#closeText();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const held = this.#held;
    this.#held = [];
    if (held.some(({ message }) => DRAWN.has(message.type))) this.#displayedAt = performance.now();
    for (const { message, transferred } of held) this.#post(message, transferred);
  }

  /** Makes a message of the text that was collected. */
  #closeText() {
    if (this.#chunks.length === 0 && this.#dropped === 0) return;
    const chunks = this.#chunks;
    const dropped = this.#dropped;
    this.#chunks = [];
    this.#collected = 0;
    this.#dropped = 0;
    this.#countedAt = performance.now();
    this.#held.push({ message: { type: "output", run: this.#run, chunks, dropped }, transferred: [] });
  }
}
