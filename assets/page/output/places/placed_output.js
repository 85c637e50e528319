/** Shows the output of a run between the lines of the code, each output below its statement. */
import { Section } from "./section.js";

/** @import { Chunk, Display, Ending } from "../../../shared/protocol.js" */
/** @import { Places } from "../../editor/places.js" */
/** @import { OutputView } from "../view/output_view.js" */
/** @import { RunOutput, Terms } from "../view/run_output.js" */

/** Set on the place of the log while outputs are elsewhere: a stored output is not shown then, even if the log is empty. */
const PLACED = "placed";

/**
 * Shows each output below the statement that it is from. The log of the cell has what is from no statement: tracebacks,
 * prompts, and the output of code that runs before the example. Without an editor, because it could not be loaded, the
 * log has everything.
 * @implements {RunOutput}
 */
export class PlacedOutput {
  #cell;
  #log;
  #below;
  #openLog;
  /** What is in the log, if anything is. @type {OutputView | null} */
  #logView = null;
  #onDrawn;
  #terms;
  /** @type {Places | null} */
  #places = null;
  /** By the last line of their statement. @type {Map<number, Section>} */
  #sections = new Map();
  /** The line of the statement that runs; 0 before the first. */
  #line = 0;
  /** What waits for the editor. @type {(() => void)[] | null} */
  #waiting = [];
  #whenPlaced;
  #isClosed = false;
  /** Where displays are that the code can replace, by their names. @type {Map<string, OutputView>} */
  #named = new Map();

  /**
   * @param {HTMLElement} cell
   * @param {HTMLElement} log
   * @param {HTMLElement} below the output in the log
   * @param {() => OutputView} openLog
   * @param {Promise<Places | null> | Places} places of the editor, in which the run has begun; `null` if there is none
   * @param {() => void} onDrawn
   * @param {Terms} terms
   */
  constructor(cell, log, below, openLog, places, onDrawn, terms) {
    this.#cell = cell;
    this.#log = log;
    this.#below = below;
    this.#openLog = openLog;
    this.#onDrawn = onDrawn;
    this.#terms = terms;
    if (places instanceof Promise) this.#whenPlaced = places.then((found) => this.#start(found));
    else this.#start(places);
  }

  /** @param {Chunk[]} chunks @param {number} dropped */
  add(chunks, dropped) {
    this.#do(() => this.#current.add(chunks, dropped));
  }

  /** @param {Display} display */
  show(display) {
    this.#do(() => {
      const { id, replaces } = display;
      const view = (replaces && id !== null && this.#named.get(id)) || this.#current;
      view.show(display);
      if (id !== null) this.#named.set(id, view);
    });
  }

  /** @param {number} line */
  section(line) {
    this.#do(() => {
      this.#line = line;
      this.#places?.reach(line);
    });
  }

  /** @param {boolean} waits */
  clear(waits) {
    this.#do(() => {
      for (const view of this.#views) view.clear(waits);
    });
  }

  /** The prompt is in the log, with the text before it. @param {HTMLElement} prompt */
  ask(prompt) {
    prompt.prepend(this.#sections.get(this.#line)?.view.openLine ?? "");
    this.#below.append(prompt);
    this.#onDrawn();
  }

  /** @param {Node} node @param {string} text */
  showBelow(node, text) {
    this.#inLog.showBelow(node, text);
  }

  flush() {
    for (const view of this.#views) view.flush();
  }

  /** @param {Ending} ending */
  end(ending) {
    this.#do(() => {
      if (ending === "done") this.#places?.reach(Number.POSITIVE_INFINITY);
      for (const section of this.#sections.values()) section.settle();
    });
  }

  close() {
    this.#isClosed = true;
    for (const view of this.#views) view.close();
    this.#places?.clear();
    this.#log.parentElement?.classList.remove(PLACED);
  }

  /** From top to bottom. @returns {Blob} */
  get file() {
    const inOrder = [...this.#sections].sort(([one], [other]) => one - other).map(([, { view }]) => view);
    const views = this.#logView ? [...inOrder, this.#logView] : inOrder;
    const parts = views.flatMap((view) => (view.isInLine ? [view.file, "\n"] : [view.file]));
    return new Blob(parts, { type: "text/plain;charset=utf-8" });
  }

  /** @returns {Promise<unknown> | null} */
  get loading() {
    if (this.#waiting) return /** @type {Promise<void>} */ (this.#whenPlaced).then(() => this.loading);
    const loading = this.#views.flatMap((view) => view.loading ?? []);
    return loading.length > 0 ? Promise.all(loading) : null;
  }

  get #views() {
    const sections = [...this.#sections.values()].map(({ view }) => view);
    return this.#logView ? [...sections, this.#logView] : sections;
  }

  get #inLog() {
    this.#logView ??= this.#openLog();
    return this.#logView;
  }

  /** Where the output goes now. */
  get #current() {
    if (this.#places === null || this.#line === 0) return this.#inLog;
    const section = this.#sections.get(this.#line) ?? this.#open(this.#line, this.#places);
    return section?.view ?? this.#inLog;
  }

  /** @param {number} line @param {Places} places @returns {Section | null} `null` if its statement has been deleted */
  #open(line, places) {
    const drawn = () => {
      places.resized();
      this.#onDrawn();
    };
    const section = new Section(this.#cell, this.#log, drawn, this.#terms, () => this.file);
    if (!places.put(line, section.element)) return null;
    this.#sections.set(line, section);
    this.#log.parentElement?.classList.add(PLACED);
    return section;
  }

  /** @param {Places | null} places */
  #start(places) {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    if (this.#isClosed) return;
    this.#places = places;
    places?.start();
    for (const change of waiting) change();
  }

  /** @param {() => void} change made after the earlier ones, once there is an editor */
  #do(change) {
    if (this.#waiting) this.#waiting.push(change);
    else change();
  }
}
