/** Tells screen readers what a run shows: once, in a summary, and never line by line. */
import { DISPLAY_MESSAGES } from "../messages.js";
import { Announcer } from "../output/announcer.js";
import { HeardOutput } from "../output/heard_output.js";

/** @import { Chunk, Display, Traceback } from "../../shared/protocol.js" */

/**
 * How long a run that goes on is silent: first for the beginning of its output, then for the rest of it. The last one
 * repeats.
 */
const SILENCES_MS = [2000, 5000, 10_000, 30_000];

/**
 * What a run says to readers who do not see its output. The output itself is a log whose text is not live: browsers would
 * announce each line, long after a loop has written thousands of them, and each step of a progress bar.
 */
export class RunAnnouncements {
  #announcer;
  #heard = new HeardOutput();
  #error = "";
  #silences = 0;
  /** @type {ReturnType<typeof setTimeout> | null} */
  #timer = null;

  /** @param {ParentNode} root of the cell's shadow tree */
  constructor(root) {
    this.#announcer = new Announcer(root);
  }

  /** @param {Chunk[]} chunks */
  output(chunks) {
    // The reader's own answers need no voice.
    for (const { stream, text } of chunks) if (stream !== "echo") this.#heard.add(text);
    this.#soon();
  }

  /** @param {Display} display */
  display({ bundle, alt, replaces }) {
    if (replaces) return; // an animation
    const types = Object.keys(bundle);
    const text = bundle["text/plain"];
    if (types.some((type) => type.startsWith("image/")))
      this.#heard.addThing(alt || DISPLAY_MESSAGES.picture);
    else if (String(bundle["text/html"] ?? "").includes("<table"))
      this.#heard.addThing(DISPLAY_MESSAGES.table);
    else if (typeof text === "string") this.#heard.addThing(text);
    this.#soon();
  }

  /** The code has emptied the output. */
  cleared() {
    this.#heard.clear();
  }

  /** @param {Traceback} traceback of which the last line is said */
  traceback({ text }) {
    this.#error = text.trimEnd().split("\n").at(-1) ?? "";
  }

  /**
   * The code asks for an answer.
   * @param {string} name of the prompt, which ends the output too
   * @returns {string} what was shown before, to be said with the prompt, because a change of focus interrupts speech
   */
  prompt(name) {
    this.#stopTimer();
    this.#silences = 0;
    return this.#heard.take(name);
  }

  /** @param {string} text to be said now */
  say(text) {
    this.#announcer.say(text);
  }

  /** The run is over. */
  end() {
    this.#stopTimer();
    this.say([this.#heard.take(), this.#error].filter(Boolean).join("\n"));
    this.#announcer.close();
  }

  #soon() {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null;
        this.#silences += 1;
        this.say(this.#heard.take());
      },
      SILENCES_MS[Math.min(this.#silences, SILENCES_MS.length - 1)],
    );
  }

  #stopTimer() {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
