import { element } from "./dom.js";
import { FAILURES, WORDS } from "./words.js";

/** @typedef {import("../protocol.js").Chunk} Chunk */
/** @typedef {import("./words.js").FailureReason} FailureReason */

/** More than this makes the page slow to lay out and nobody reads it. */
const SHOWN_CHARACTERS = 500_000;

/** What a run says: streams in order, prompts where they were asked, failures with a way on. */
export class Output {
  #text = element("pre", { className: "text" });
  #below = element("div", { className: "below" });
  /** @type {Chunk[]} */
  #pending = [];
  #shown = 0;
  /** @type {number | null} */
  #frame = null;

  constructor() {
    this.element = element(
      "div",
      { role: "log", "aria-label": WORDS.output, part: "output" },
      this.#text,
      this.#below,
    );
    this.clear();
  }

  clear() {
    this.#pending = [];
    this.#shown = 0;
    this.#text.replaceChildren();
    this.#below.replaceChildren();
    this.#reveal();
  }

  /** Shows output with the next frame: a flood costs the page one layout a frame. @param {Chunk[]} chunks */
  add(chunks) {
    this.#pending.push(...chunks);
    this.#frame ??= requestAnimationFrame(() => this.flush());
  }

  /** Shows what has come so far. */
  flush() {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
    const atEnd = this.element.scrollTop + this.element.clientHeight >= this.element.scrollHeight - 4;
    for (const chunk of this.#pending) this.#append(chunk);
    this.#pending = [];
    this.#reveal();
    if (atEnd) this.element.scrollTop = this.element.scrollHeight;
  }

  /**
   * Asks for a line, at the end of the output. The caller shows it, and removes it.
   * @param {Node} prompt
   */
  ask(prompt) {
    this.flush();
    this.#text.append(prompt);
    this.#reveal();
    this.element.scrollTop = this.element.scrollHeight;
  }

  /** @param {string} sentence of pyrun's own, under the output */
  notice(sentence) {
    this.flush();
    this.#below.append(element("p", { className: "notice" }, sentence));
    this.#reveal();
  }

  /**
   * Says what happened, folds what the browser said underneath, and offers what can help.
   * @param {FailureReason} reason
   * @param {string} detail
   * @param {(() => void) | null} retry
   */
  fail(reason, detail, retry) {
    this.notice(FAILURES[reason]);
    if (detail) {
      const details = element(
        "details",
        {},
        element("summary", {}, WORDS.details),
        element("pre", {}, detail),
      );
      this.#below.append(details);
    }
    if (retry)
      this.#below.append(element("button", { type: "button", part: "button", onclick: retry }, WORDS.retry));
  }

  /** @param {Chunk} chunk */
  #append({ stream, text }) {
    const room = SHOWN_CHARACTERS - this.#shown;
    if (room <= 0) return;
    this.#shown += text.length;
    const last = this.#text.lastChild;
    const kept = text.slice(0, room);
    if (last instanceof HTMLElement && last.className === stream) last.append(kept);
    else this.#text.append(element("span", { className: stream }, kept));
    if (text.length > room) this.#below.append(element("p", { className: "notice" }, WORDS.cut));
  }

  /** An empty log stays in the accessibility tree, so that what comes is announced, but takes no room. */
  #reveal() {
    const empty = !this.#text.hasChildNodes() && !this.#below.hasChildNodes();
    this.element.classList.toggle("empty", empty);
    // A long output scrolls, and must do so for those without a mouse too.
    if (empty) this.element.removeAttribute("tabindex");
    else this.element.tabIndex = 0;
  }
}
