/** Lets screen readers say a sentence that is not in the page to be seen. */
import { element } from "../dom.js";
import { languageAttributes } from "../language/current.js";

/** How long a text stays in the page. Screen readers fetch it within a moment, unless the machine is busy. */
const MS_IN_PAGE = 2000;

/** A live region that nobody sees. What it says does not stay in the page, where it would be found twice. */
export class Announcer {
  #region = element("div", { className: "announcer", "aria-live": "polite" });

  /** @param {ParentNode} root of the cell's shadow tree */
  constructor(root) {
    root.append(this.#region);
  }

  /** @param {string} text nothing is said if it is empty */
  say(text) {
    if (text === "") return;
    const line = element("p", languageAttributes(), text);
    this.#region.append(line);
    setTimeout(() => line.remove(), MS_IN_PAGE);
  }

  /** Nothing more will be said. */
  close() {
    setTimeout(() => this.#region.remove(), MS_IN_PAGE);
  }
}
