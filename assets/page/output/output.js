/** The output area of a cell: what a run shows, failures, notices and prompts. */
import { button, element } from "../dom.js";
import { languageAttributes } from "../language/current.js";
import { CELL_MESSAGES } from "../messages.js";

/** @import { RunOutput } from "./view/run_output.js" */

/**
 * Makes what shows the output of a run, with its first output.
 * @typedef {(log: HTMLElement, content: HTMLElement, below: HTMLElement, onDrawn: () => void) => RunOutput} OpenView
 */

/**
 * The output of a cell: streams in order, prompts where they were asked, failures with a way on. Every page loads this;
 * a run loads what shows its output, and the stages that its text passes: `terminal`, `buffer`, `view`.
 */
export class Output {
  /** Not live, because run/run_announcements.js sums it up. The notices below it are, like everything in a log. */
  #text = element("div", { className: "text", "aria-live": "off" });
  #below = element("div", { className: "below" });
  /** Set before the first output of a run; pages without runs do not load it. @type {OpenView | null} */
  open = null;
  /** What shows the current run, once it has output. @type {RunOutput | null} */
  shown = null;

  constructor() {
    this.element = element(
      "div",
      { role: "log", "aria-label": CELL_MESSAGES.output, part: "output" },
      this.#text,
      this.#below,
    );
    /** The output, and room over it for its controls. */
    this.place = element("div", { className: "output-place" }, this.element);
    this.clear();
  }

  clear() {
    this.shown?.close();
    this.shown = null;
    this.#text.replaceChildren();
    this.#below.replaceChildren();
    this.#reveal();
  }

  /** What shows the current run. */
  get view() {
    this.shown ??= /** @type {OpenView} */ (this.open)(this.element, this.#text, this.#below, () =>
      this.#reveal(),
    );
    return this.shown;
  }

  /** @param {string | Node} notice from pyrun, under the output: a sentence, or an element */
  notice(notice) {
    this.shown?.flush();
    this.#add(typeof notice === "string" ? element("p", { className: "notice" }, notice) : notice);
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
      this.#add(element("details", {}, element("summary", {}, details), element("pre", {}, detail)));
    }
    if (retry) this.#add(button(CELL_MESSAGES.retry, {}, retry));
  }

  /** @param {Node} said what pyrun says, in its language */
  #add(said) {
    if (said instanceof HTMLElement) Object.assign(said, languageAttributes());
    this.#below.append(said);
  }

  /** An empty log takes no room, but stays in the accessibility tree so that new notices are announced. */
  #reveal() {
    const empty = !this.#text.hasChildNodes() && !this.#below.hasChildNodes();
    for (const part of [this.element, this.place]) part.classList.toggle("empty", empty);
    // A long output scrolls, and must be scrollable by keyboard too.
    if (empty) this.element.removeAttribute("tabindex");
    else this.element.tabIndex = 0;
  }
}
