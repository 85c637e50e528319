/** The output area of a cell: what a run shows, failures, notices and prompts. */
import { button, element } from "../dom.js";
import { CELL_MESSAGES } from "../messages.js";

/** @import { Chunk, Display } from "../../shared/protocol.js" */
/** @import { OutputView } from "./view/output_view.js" */

/**
 * The output of a cell: streams in order, prompts where they were asked, failures with a way on. Every page loads this;
 * a run loads the stages that its text passes: `terminal`, `buffer`, `view`.
 */
export class Output {
  #text = element("div", { className: "text" });
  #below = element("div", { className: "below" });
  /** Needed before the first output of a run; pages without runs do not load it. @type {typeof OutputView | null} */
  View = null;
  /** The view of the current run. @type {OutputView | null} */
  #view = null;
  #limit = 0;

  constructor() {
    this.element = element(
      "div",
      { role: "log", "aria-label": CELL_MESSAGES.output, part: "output" },
      this.#text,
      this.#below,
    );
    this.clear();
  }

  /** How many characters a run may show. @param {number} characters */
  set limit(characters) {
    this.#limit = characters;
  }

  clear() {
    this.#view?.close();
    this.#view = null;
    this.#text.replaceChildren();
    this.#below.replaceChildren();
    this.element.ariaBusy = null;
    this.#reveal();
  }

  /**
   * Shows output with the next frame, so that a flood costs the page one layout per frame.
   * @param {Chunk[]} chunks
   * @param {number} [dropped] characters after them, which the limit kept back
   */
  add(chunks, dropped = 0) {
    this.#opened().add(chunks, dropped);
  }

  /** Shows a picture, a table or the like. @param {Display} display */
  show(display) {
    this.#opened().show(display);
  }

  /** Empties the output because the code asks for it. @param {boolean} waits until there is something else to show */
  clearFor(waits) {
    this.#opened().clear(waits);
  }

  /** All text of the run. @returns {Blob} */
  get file() {
    return this.#view?.file ?? new Blob();
  }

  /** Resolves when everything shown is in the page; `null` if it is. @returns {Promise<unknown> | null} */
  get loading() {
    return this.#view?.loading ?? null;
  }

  /** Shows what has arrived so far. */
  flush() {
    this.#view?.flush();
  }

  /**
   * Shows a prompt at the end of the output. The caller removes it.
   * @param {Node} prompt
   */
  ask(prompt) {
    this.#opened().ask(prompt);
    this.#reveal();
  }

  /** Shows how the code failed, under what it has written. @param {Node} drawn @param {string} text of it */
  traceback(drawn, text) {
    this.flush();
    this.#opened().showBelow(drawn, text);
    this.#reveal();
  }

  /** @param {string | Node} notice from pyrun, under the output: a sentence, or an element */
  notice(notice) {
    this.flush();
    this.#below.append(typeof notice === "string" ? element("p", { className: "notice" }, notice) : notice);
    this.#reveal();
  }

  /**
   * Says what happened, with the browser's message folded underneath.
   * @param {string} message
   * @param {string} detail may be empty
   * @param {(() => void) | null} retry offered to the reader
   */
  fail(message, detail, retry) {
    this.notice(message);
    if (detail) {
      const { details } = CELL_MESSAGES;
      this.#below.append(element("details", {}, element("summary", {}, details), element("pre", {}, detail)));
    }
    if (retry) this.#below.append(button(CELL_MESSAGES.retry, {}, retry));
  }

  #opened() {
    if (this.#view === null) {
      if (this.View === null) throw new Error("output before there is a view");
      this.#view = new this.View(this.element, this.#text, this.#below, () => this.#reveal());
      this.#view.limit = this.#limit;
    }
    return this.#view;
  }

  /** An empty log takes no room, but stays in the accessibility tree so that new output is announced. */
  #reveal() {
    const empty = !this.#text.hasChildNodes() && !this.#below.hasChildNodes();
    this.element.classList.toggle("empty", empty);
    // A long output scrolls, and must be scrollable by keyboard too.
    if (empty) this.element.removeAttribute("tabindex");
    else this.element.tabIndex = 0;
  }
}
