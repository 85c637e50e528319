/** A long output as a whole, drawn piece by piece. */
import { cutBefore } from "../../../shared/cut_text.js";
import { BLOCK_CHARACTERS } from "../../../shared/limits.js";
import { element } from "../../dom.js";
import { TerminalScreen } from "../terminal/terminal_screen.js";
import { SpanRenderer } from "./span_renderer.js";

/** @import { OutputBlob } from "../buffer/output_blob.js" */

/** The page keeps the rest of a frame's 16 milliseconds. */
const FRAME_MS = 6;

/** Shows all text that a run has written instead of its beginning and end. It is drawn as fast as the page allows. */
export class FullOutput {
  #blob;
  #cut;
  #element = element("pre", { className: "whole", "aria-live": "off" });
  #screen = new TerminalScreen();
  /** How far the file has been read, and the part of that text that is not drawn yet. */
  #readBytes = 0;
  #text = "";
  #block = element("div");
  #blockCharacters = 0;
  /** The lines that can change. */
  #end = element("div");
  /** Whether it waits for a frame, or for a part of the file. */
  #isDrawing = false;
  #isClosed = false;

  /** @param {OutputBlob} blob @param {HTMLElement} cut the shortened output, hidden meanwhile */
  constructor(blob, cut) {
    this.#blob = blob;
    this.#cut = cut;
    cut.hidden = true;
    this.#element.append(this.#end);
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
      if (this.#text === "" && !(await this.#read())) return;
      await new Promise(requestAnimationFrame);
      const deadline = performance.now() + FRAME_MS;
      while (this.#text !== "" && performance.now() < deadline) this.#drawBlock();
      this.#drawEnd();
    }
  }

  /** @returns {Promise<boolean>} whether there is more */
  async #read() {
    const { file } = this.#blob;
    const fresh = await file.slice(this.#readBytes).text();
    this.#readBytes = file.size;
    this.#text = fresh;
    return fresh !== "";
  }

  #drawBlock() {
    const end = cutBefore(this.#text, BLOCK_CHARACTERS);
    const chunk = /** @type {const} */ ({ stream: "stdout", text: this.#text.slice(0, end) });
    this.#text = this.#text.slice(end);
    const lines = this.#screen.write(chunk);
    if (lines.length === 0) return;
    const endsLine = lines.at(-1)?.text.endsWith("\n");
    if (this.#blockCharacters === 0) {
      this.#block = element("div", { className: "block" });
      this.#end.before(this.#block);
    }
    new SpanRenderer((span) => this.#block.append(span)).show(lines);
    this.#blockCharacters += lines.reduce((sum, { text }) => sum + text.length, 0);
    if (endsLine && this.#blockCharacters >= BLOCK_CHARACTERS / 2) this.#blockCharacters = 0;
  }

  #drawEnd() {
    const { spans } = this.#screen;
    this.#end.replaceChildren();
    new SpanRenderer((span) => this.#end.append(span)).show(spans);
  }
}
