/**
 * The third stage of output: the view. In: what the worker says of a run, its text through the other two stages. Out:
 * the elements in the page, no more of them in a frame than the browser can draw.
 */
import { DRAWN_DISPLAYS, HEAD_CHARACTERS } from "../../../shared/limits.js";
import { showBundle } from "../../display/bundle.js";
import { OutputBlob } from "../buffer/output_blob.js";
import { CutNotice } from "./cut_notice.js";
import { TextView } from "./text_view.js";

/** @import { Chunk, Display } from "../../../shared/protocol.js" */
/** @import { ShownBundle } from "../../display/bundle.js" */
/** @import { RunOutput, Terms } from "./run_output.js" */

/** How long the end of a run waits for what it has shown. On a slow line, the next run should not wait longer. */
const LONGEST_LOADING_MS = 3000;

/**
 * Shows the output of one run: text, and what stands between: pictures, tables and the like.
 * @implements {RunOutput}
 */
export class OutputView {
  #limit;
  #libraries;
  #log;
  #content;
  #onDrawn;
  #blob = new OutputBlob();
  #notice;
  #dropped = 0;
  /** How many more characters are shown whole. */
  #headRoom = HEAD_CHARACTERS;
  /** @type {TextView[]} */
  #texts = [];
  /** The last of them, unless something else is below it. @type {TextView | null} */
  #text = null;
  /** @type {Set<ShownBundle>} */
  #displays = new Set();
  /** Displays whose content is still loading. @type {Set<Promise<void>>} */
  #loading = new Set();
  /** Displays that the code can replace, by their names. @type {Map<string, ShownBundle>} */
  #named = new Map();
  /** @type {number | null} */
  #frame = null;
  /** The code has asked for an empty output once there is something new to show. */
  #clearsNext = false;

  /**
   * @param {HTMLElement} log scrolls
   * @param {HTMLElement} content for the output, empty
   * @param {HTMLElement} below for notices about the output
   * @param {() => void} onDrawn
   * @param {Terms} terms
   * @param {() => Blob} [wholeFile] all text of the run, if there is more than here
   */
  constructor(log, content, below, onDrawn, { limit, libraries }, wholeFile = () => this.file) {
    this.#limit = limit;
    this.#libraries = libraries;
    this.#notice = new CutNotice(this.#blob, log, wholeFile);
    this.#log = log;
    this.#content = content;
    this.#onDrawn = onDrawn;
    below.prepend(this.#notice.element);
  }

  /** Shows text. @param {Chunk[]} chunks @param {number} dropped characters after them that were not kept */
  add(chunks, dropped) {
    this.#makeRoom();
    for (const { text } of chunks) this.#headRoom -= text.length;
    this.#dropped += dropped;
    this.#openText().add(chunks);
  }

  /** Shows what the code displays, at the end or in place of an earlier one. @param {Display} display */
  show(display) {
    this.#makeRoom();
    const { id } = display;
    const earlier = id === null ? undefined : this.#named.get(id);
    if (display.replaces && !earlier) return; // it has been cleared meanwhile
    this.#log.classList.toggle("many", this.#displays.size >= DRAWN_DISPLAYS);
    const shown = showBundle(display, this.#log, this.#libraries);
    this.#log.classList.add("rich"); // `:has()` would cost a layout of everything for each change
    if (earlier && display.replaces) {
      earlier.element.replaceWith(shown.element);
      this.#drop(earlier);
    } else {
      const text = display.bundle["text/plain"];
      if (typeof text === "string") this.#blob.addBelow(`${text}\n`);
      this.#append(shown.element);
    }
    this.#displays.add(shown);
    const { loading } = shown;
    if (loading) {
      this.#loading.add(loading);
      void loading.then(() => {
        this.#loading.delete(loading);
        if (this.#displays.has(shown) && shown.element.querySelector(".frame"))
          this.#log.classList.add("framed");
      });
    }
    if (id !== null) this.#named.set(id, shown);
    this.#onDrawn();
  }

  /** Empties the output, for what the code shows next. @param {boolean} waits until that is there */
  clear(waits) {
    this.#clearsNext = true;
    if (!waits) this.#makeRoom();
  }

  /** Resolves when all displays are in the page, but soon in any case; `null` if they are. @returns {Promise<unknown> | null} */
  get loading() {
    if (this.#loading.size === 0) return null;
    const limit = new Promise((resolve) => setTimeout(resolve, LONGEST_LOADING_MS));
    return Promise.race([Promise.all(this.#loading), limit]);
  }

  /** Whether its text ends within a line. */
  get isInLine() {
    return this.#blob.isInLine;
  }

  /** The text of the line that can still change. */
  get openLine() {
    return this.#blob.open.split("\n").at(-1) ?? "";
  }

  /** All text that is shown, drawn or not. @returns {Blob} */
  get file() {
    return this.#blob.file;
  }

  /** Shows what has arrived: of a flood as much as one frame can draw, the rest in later frames. */
  flush() {
    for (const text of this.#texts) text.flush();
  }

  /** @param {Node} prompt that the caller removes */
  ask(prompt) {
    this.#makeRoom();
    this.#openText().ask(prompt);
    this.#onDrawn();
  }

  /** @param {Node} node that comes after the text @param {string} text of it, for the download */
  showBelow(node, text) {
    this.#makeRoom();
    this.#blob.addBelow(text);
    this.#append(node);
    this.#onDrawn();
  }

  /** All statements share this output. */
  section() {}

  end() {}

  /** Stops drawing for good. */
  close() {
    this.#empty();
    this.#notice.close();
  }

  /** @param {Node} node added at the end */
  #append(node) {
    this.#stayAtEnd();
    this.#blob.settle();
    this.#text = null;
    this.#content.append(node);
  }

  /**
   * Keeps the end in view if the reader is there. Reading the scroll position costs a layout, so this is done once a
   * frame.
   */
  #stayAtEnd() {
    if (this.#frame !== null) return;
    const { scrollTop, clientHeight, scrollHeight } = this.#log;
    const isScrolled = scrollHeight > clientHeight;
    const isAtEnd = isScrolled && scrollTop + clientHeight >= scrollHeight - 1;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = null;
      if (isAtEnd) this.#log.scrollTop = this.#log.scrollHeight;
    });
  }

  #openText() {
    if (this.#text === null) {
      const text = new TextView(this.#log, this.#blob, Math.max(0, this.#headRoom), () => this.#drawn());
      this.#text = text;
      this.#texts.push(text);
      this.#content.append(text.element);
    }
    return this.#text;
  }

  #drawn() {
    const skipped = this.#texts.reduce((sum, text) => sum + text.skipped, 0);
    this.#notice.show(skipped, this.#dropped, this.#limit);
    this.#onDrawn();
  }

  #makeRoom() {
    if (!this.#clearsNext) return;
    this.#clearsNext = false;
    this.#empty();
    this.#blob.clear();
    this.#notice.collapse();
    this.#headRoom = HEAD_CHARACTERS;
    this.#content.replaceChildren();
    this.#onDrawn();
  }

  #empty() {
    for (const text of this.#texts) text.close();
    for (const shown of this.#displays) shown.dispose();
    this.#log.classList.remove("rich", "framed", "many");
    this.#texts = [];
    this.#text = null;
    this.#displays.clear();
    this.#loading.clear();
    this.#named.clear();
  }

  /** @param {ShownBundle} shown */
  #drop(shown) {
    shown.dispose();
    this.#displays.delete(shown);
  }
}
