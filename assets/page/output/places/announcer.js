/** Lets screen readers say what has appeared between the lines of the code, where they would not notice it. */
import { element } from "../../dom.js";

/** How long a text stays in the page. Browsers hand it over at once. */
const MS_IN_PAGE = 1000;

/** Nobody listens to more of one run. */
const MOST_CHARACTERS = 2000;

/** A live region that nobody sees. What it says does not stay in the page, where it would be found twice. */
export class Announcer {
  #region = element("div", { className: "announcer", "aria-live": "polite" });
  #left = MOST_CHARACTERS;

  /** @param {HTMLElement} cell */
  constructor(cell) {
    cell.shadowRoot?.append(this.#region);
  }

  /** @param {string} text */
  say(text) {
    this.#left -= text.length;
    if (text === "" || this.#left < 0) return;
    const line = element("p", {}, text);
    this.#region.append(line);
    setTimeout(() => line.remove(), MS_IN_PAGE);
  }

  /** Nothing more will be said. */
  close() {
    setTimeout(() => this.#region.remove(), MS_IN_PAGE);
  }
}
