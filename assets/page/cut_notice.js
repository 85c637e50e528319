import { element } from "./dom.js";
import { describeLimit, TOO_LONG, WORDS } from "./words.js";

/** @typedef {import("./kept_output.js").KeptOutput} KeptOutput */

/** Under the output: what of it is missing, why, and how to have it whole. */
export class CutNotice {
  #tooLong = element("p", { className: "notice", hidden: true }, TOO_LONG);
  #limit = element("p", { className: "notice", hidden: true });
  #download = element(
    "button",
    { type: "button", part: "button", hidden: true, onclick: () => this.#save() },
    WORDS.downloadAll,
  );
  #kept;
  /** @type {string | null} */
  #url = null;

  /** @param {KeptOutput} kept */
  constructor(kept) {
    this.#kept = kept;
    this.element = element("div", { className: "cut" }, this.#tooLong, this.#limit, this.#download);
  }

  /**
   * @param {number} skipped characters that are kept and not shown
   * @param {number} dropped characters that were not kept
   * @param {number | null} limit of characters, as the author set it
   */
  show(skipped, dropped, limit) {
    this.#tooLong.hidden = skipped === 0;
    this.#download.hidden = skipped === 0;
    this.#limit.hidden = dropped === 0;
    if (dropped === 0) return;
    const sentence = describeLimit(dropped, limit);
    if (this.#limit.textContent !== sentence) this.#limit.textContent = sentence;
  }

  /** Gives back the memory of what was downloaded. */
  close() {
    if (this.#url !== null) URL.revokeObjectURL(this.#url);
    this.#url = null;
  }

  #save() {
    this.close(); // only now: a browser may still be reading when `click` returns
    this.#url = URL.createObjectURL(this.#kept.file);
    element("a", { href: this.#url, download: "output.txt" }).click();
  }
}
