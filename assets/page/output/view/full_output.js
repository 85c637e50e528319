/** A long output as a whole, drawn piece by piece. */
import { cutBefore } from "../../../shared/cut_text.js";
import { BLOCK_CHARACTERS } from "../../../shared/limits.js";
import { element } from "../../dom.js";
import { SpanRenderer } from "./span_renderer.js";

/** @import { OutputBlob } from "../buffer/output_blob.js" */

/** The page keeps the rest of a frame's 16 milliseconds. */
const FRAME_MS = 6;

/** Shows all text of a run instead of its beginning and end. It is drawn as fast as the page allows. */
export class FullOutput {
  #blob;
  #cut;
  #element = element("pre", { className: "whole" });
  /** How far the file has been read, and the part of that text that is not drawn yet. */
  #readBytes = 0;
  #text = "";
  #block = element("div");
  #blockCharacters = 0;
  /** Between blocks there is a line break, so a block ends where a line does. */
  #endsLine = true;
  /** The lines that can change. */
  #end = element("span");
  /** Whether it waits for a frame, or for a part of the file. */
  #isDrawing = false;
  #isClosed = false;

  /** @param {OutputBlob} blob @param {HTMLElement} cut the shortened output, hidden meanwhile */
  constructor(blob, cut) {
    this.#blob = blob;
    this.#cut = cut;
    cut.hidden = true;
    cut.after(this.#element);
    this.follow();
  }

  /** Shows the shortened output again. */
  close() {
    this.#isClosed = true;
    this.#cut.hidden = false;
    this.#element.remove();
  }

  /** Draws what may have been written since. */
  follow() {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    this.#element.setAttribute("aria-busy", "true");
    void this.#draw().finally(() => {
      this.#isDrawing = false;
      this.#element.removeAttribute("aria-busy");
    });
  }

  async #draw() {
    while (!this.#isClosed) {
      if (this.#text === "" && !(await this.#read())) break;
      await new Promise(requestAnimationFrame);
      const deadline = performance.now() + FRAME_MS;
      while (this.#text !== "" && performance.now() < deadline) this.#drawBlock();
    }
    this.#end.replaceChildren();
    this.#drawInto(this.#end, this.#blob.open);
    (this.#endsLine ? this.#element : this.#block).append(this.#end);
  }

  /** @returns {Promise<boolean>} whether there is more */
  async #read() {
    const { settled } = this.#blob;
    const fresh = await settled.slice(this.#readBytes).text();
    this.#readBytes = settled.size;
    this.#text = fresh;
    return fresh !== "";
  }

  #drawBlock() {
    const lines = this.#text.lastIndexOf("\n", BLOCK_CHARACTERS - 1) + 1;
    const end = lines || cutBefore(this.#text, BLOCK_CHARACTERS);
    const chunk = this.#text.slice(0, end);
    this.#text = this.#text.slice(end);
    if (this.#endsLine && (this.#blockCharacters === 0 || this.#blockCharacters >= BLOCK_CHARACTERS / 2)) {
      this.#block = element("div", { className: "block" });
      this.#blockCharacters = 0;
      this.#element.append(this.#block);
    }
    this.#drawInto(this.#block, chunk);
    this.#blockCharacters += chunk.length;
    this.#endsLine = chunk.endsWith("\n");
  }

  /** @param {HTMLElement} parent @param {string} text */
  #drawInto(parent, text) {
    if (text) new SpanRenderer((span) => parent.append(span)).show([{ stream: "stdout", text }]);
  }
}
