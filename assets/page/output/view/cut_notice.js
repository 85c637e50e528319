/** Says that output was left out, and offers the whole of it. */
import { describeCut } from "../../descriptions.js";
import { button, element } from "../../dom.js";
import { save } from "../../files/save.js";
import { OUTPUT_MESSAGES } from "../../messages.js";
import { FullOutput } from "./full_output.js";

/** @import { OutputBlob } from "../buffer/output_blob.js" */

/** A notice under the output: what is missing, why, and how to get all of it. */
export class CutNotice {
  #tooLong = element("p", { className: "notice", hidden: true }, OUTPUT_MESSAGES.tooLong);
  #limit = element("p", { className: "notice", hidden: true });
  #download = button(OUTPUT_MESSAGES.downloadAll, { hidden: true }, () => this.#save());
  #showAll = button(OUTPUT_MESSAGES.showAll, { hidden: true, "aria-expanded": false }, () => this.#toggle());
  #blob;
  #log;
  #wholeFile;
  /** @type {FullOutput | null} */
  #whole = null;

  /**
   * @param {OutputBlob} blob
   * @param {HTMLElement} log scrolls
   * @param {() => Blob} wholeFile all text of the run
   */
  constructor(blob, log, wholeFile) {
    this.#blob = blob;
    this.#log = log;
    this.#wholeFile = wholeFile;
    const parts = [this.#tooLong, this.#limit, this.#download, this.#showAll];
    this.element = element("div", { className: "cut" }, ...parts);
  }

  /**
   * @param {number} skipped characters that are kept and not shown
   * @param {number} dropped characters that were not kept
   * @param {number} limit characters that a run may show
   */
  show(skipped, dropped, limit) {
    this.#tooLong.hidden = skipped === 0;
    this.#download.hidden = this.#showAll.hidden = skipped === 0;
    this.#whole?.follow();
    this.#limit.hidden = dropped === 0;
    if (dropped === 0) return;
    const sentence = describeCut(dropped, limit);
    if (this.#limit.textContent !== sentence) this.#limit.textContent = sentence;
  }

  /** Shows the beginning and the end again, if the whole output is shown. */
  collapse() {
    if (this.#whole) this.#toggle();
  }

  /** Stops drawing the whole output. */
  close() {
    this.#whole?.close();
  }

  #save() {
    save(this.#wholeFile(), "output.txt", "text/plain");
  }

  #toggle() {
    const log = this.#log;
    const shows = this.#whole === null;
    this.#whole?.close();
    this.#whole = shows
      ? new FullOutput(this.#blob, /** @type {HTMLElement} */ (log.firstElementChild))
      : null;
    this.#showAll.setAttribute("aria-expanded", String(shows));
    this.#showAll.textContent = shows ? OUTPUT_MESSAGES.showLess : OUTPUT_MESSAGES.showAll;
    // Meanwhile, nothing is left out.
    this.#tooLong.classList.toggle("untrue", shows);
    log.scrollTop = shows ? 0 : log.scrollHeight;
  }
}
