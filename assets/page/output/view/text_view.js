/** Draws text, however much of it there is: its beginning, its end, and the gap. */
import { BLOCK_CHARACTERS, FRAME_CHARACTERS, TAIL_CHARACTERS } from "../../../shared/limits.js";
import { element } from "../../dom.js";
import { OUTPUT_MESSAGES } from "../../messages.js";
import { HeadTailBuffer } from "../buffer/head_tail_buffer.js";
import { textOf } from "../terminal/styled_spans.js";
import { TerminalScreen } from "../terminal/terminal_screen.js";
import { SpanRenderer } from "./span_renderer.js";
import { terminalOf } from "./terminal_size.js";

/** @import { OutputBlob } from "../buffer/output_blob.js" */
/** @import { Chunk } from "../../../shared/protocol.js" */

/** The end of a flood is not drawn more often than this. */
const MS_BETWEEN_ENDS = 100;

/** How far from the end, in pixels, still counts as there: positions are rounded. */
const AT_END_PX = 4;

/**
 * Draws text up to the next picture or table: its beginning block by block, then a gap, then the end, which is updated.
 * No matter how much is written, the page holds a few blocks, and a frame draws at most one of them.
 */
export class TextView {
  element = element("pre");
  /** Characters that were written and are not shown. */
  skipped = 0;
  #log;
  #blob;
  #onDrawn;
  #screen;
  #buffer;
  #gap = element("div", { className: "gap", hidden: true });
  /** The block that is being written, and the finished lines in it. */
  #block = element("div");
  /** @type {Chunk[]} */
  #lines = [];
  #drawn = new SpanRenderer((span) => this.#insert(span));
  #drawsTail = false;
  /** Characters that came since the last frame. */
  #arrived = 0;
  /** Stays at the end without being moved, because an element that moves loses the focus. @type {Node | null} */
  #prompt = null;
  #changed = false;
  /** @type {number | null} */
  #frame = null;
  /** @type {ReturnType<typeof setTimeout> | null} */
  #pause = null;

  /**
   * @param {HTMLElement} log scrolls
   * @param {OutputBlob} blob receives all text
   * @param {number} headRoom how many characters of the beginning are shown
   * @param {() => void} onDrawn
   */
  constructor(log, blob, headRoom, onDrawn) {
    this.#log = log;
    this.#blob = blob;
    this.#screen = new TerminalScreen(terminalOf(log).columns);
    this.#buffer = new HeadTailBuffer(headRoom);
    this.#onDrawn = onDrawn;
    blob.follow(() => textOf(this.#screen.spans));
  }

  /**
   * Shows output: the first at once, because the reader waits for it; the rest with the next frame.
   * @param {Chunk[]} chunks
   */
  add(chunks) {
    const isFirst = !this.#block.isConnected && this.#frame === null;
    for (const chunk of chunks) {
      for (const span of this.#screen.write(chunk)) {
        this.#buffer.add(span);
        this.#blob.add(span.text);
      }
      this.#arrived += chunk.text.length;
    }
    this.#changed = true;
    if (isFirst) this.#drawFirst();
    else this.#schedule();
  }

  /** Shows what has arrived: of a flood as much as one frame can draw, the rest in later frames. */
  flush() {
    if (!this.#changed) return; // the rest follows without this
    this.#cancel();
    this.#draw(this.#drawnEnd);
  }

  /** @param {Node} prompt that the caller removes */
  ask(prompt) {
    this.flush();
    if (!this.#block.isConnected) this.#openBlock();
    this.#insert(prompt);
    this.#prompt = prompt;
    this.#scrollToEnd();
  }

  /** Stops drawing for good. */
  close() {
    this.#cancel();
  }

  #schedule() {
    if (this.#pause === null) this.#frame ??= requestAnimationFrame(() => this.#draw(this.#drawnEnd));
  }

  #cancel() {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    if (this.#pause !== null) clearTimeout(this.#pause);
    this.#frame = null;
    this.#pause = null;
  }

  /** How much of the end the next frame draws. */
  get #drawnEnd() {
    return this.#arrived > FRAME_CHARACTERS ? FRAME_CHARACTERS : TAIL_CHARACTERS;
  }

  #drawFirst() {
    if (this.element.previousSibling) return this.flush();
    // Reading the scroll position and scrolling cost two layouts of the page. Nothing is above this, so neither is
    // needed.
    this.#drawSpans(this.#drawnEnd);
    requestAnimationFrame(() => this.#scrollToEnd());
  }

  /** @param {number} most characters of the end */
  #draw(most) {
    const { scrollTop, clientHeight, scrollHeight } = this.#log;
    const atEnd = scrollTop + clientHeight >= scrollHeight - AT_END_PX;
    this.#drawSpans(most);
    if (atEnd) this.#scrollToEnd();
  }

  #scrollToEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** @param {number} most characters of the end */
  #drawSpans(most) {
    this.#frame = null;
    this.#arrived = 0;
    this.#drawHead();
    this.#changed = !this.#buffer.headIsTaken;
    if (!this.#changed) this.#drawEnd(most);
    this.#onDrawn();
    if (this.#changed) this.#schedule();
    else if (this.#drawsTail) this.#pauseAfter(most);
  }

  /** @param {number} drawn characters of the end */
  #pauseAfter(drawn) {
    this.#pause = setTimeout(() => {
      this.#pause = null;
      if (this.#changed) this.#schedule();
      else if (drawn < TAIL_CHARACTERS) this.#draw(TAIL_CHARACTERS);
    }, MS_BETWEEN_ENDS);
  }

  #drawHead() {
    const fresh = this.#buffer.takeHead(FRAME_CHARACTERS);
    if (fresh.length === 0) return;
    if (this.#blockIsFull) this.#openBlock();
    this.#lines.push(...fresh);
    this.#drawn.show(this.#lines);
  }

  /** @param {number} most characters of it */
  #drawEnd(most) {
    const line = this.#screen.spans;
    const { tail, skipped } = this.#buffer.end(most);
    if (tail.length > 0 && !this.#drawsTail) this.#openTail();
    const spans = [...(this.#drawsTail ? tail : this.#lines), ...line];
    if (spans.length > 0 && !this.#block.isConnected) this.#openBlock();
    this.#drawn.show(spans);
    this.#gap.hidden = skipped === 0;
    if (skipped > 0) this.#gap.textContent = OUTPUT_MESSAGES.gap({ count: skipped });
    this.skipped = skipped;
  }

  get #blockIsFull() {
    const characters = this.#lines.reduce((sum, { text }) => sum + text.length, 0);
    return !this.#block.isConnected || (characters >= BLOCK_CHARACTERS && this.#canBreak);
  }

  /** Between blocks there is a line break, and so there must be one in the text. */
  get #canBreak() {
    return !this.#prompt?.isConnected && this.#lines.at(-1)?.text.endsWith("\n");
  }

  #openTail() {
    this.#drawn.show(this.#lines);
    if (this.#canBreak) this.#openBlock();
    this.#lines = [];
    this.#insert(this.#gap);
    this.#drawn = new SpanRenderer((span) => this.#insert(span));
    this.#drawsTail = true;
  }

  #openBlock() {
    const last = this.#lines.pop();
    // The boundary between blocks is the line break. With both, copied text would have two.
    if (last) this.#drawn.show([...this.#lines, { ...last, text: last.text.slice(0, -1) }]);
    this.#block = element("div", { className: "block" });
    this.element.append(this.#block);
    this.#lines = [];
    this.#drawn = new SpanRenderer((span) => this.#insert(span));
  }

  /** @param {Node} node */
  #insert(node) {
    this.#block.insertBefore(node, this.#prompt?.parentNode === this.#block ? this.#prompt : null);
  }
}
