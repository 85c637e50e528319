/** What stands below lines of code, and stays with its lines when the code is edited. */
import { ChangeSet } from "@codemirror/state";

/** @import { ChangeDesc, Text } from "@codemirror/state" */

/**
 * Items below lines of some code, by line of that code. Undoing all edits, or restoring the code, restores the
 * positions too.
 * @template Item
 */
export class Layer {
  #base;
  #since;
  items;

  /**
   * @param {Text} base the code that the lines are counted in
   * @param {readonly (readonly [line: number, item: Item])[]} items lines from 1; lines that do not exist are left out
   * @param {ChangeDesc} since the edits since then
   */
  constructor(base, items = [], since = unchanged(base)) {
    this.#base = base;
    this.items = items.filter(([line]) => line >= 1 && line <= base.lines);
    this.#since = since;
  }

  /** @param {number} line @param {Item} item @returns {Layer<Item>} with this item too, after others of the line */
  with(line, item) {
    return new Layer(this.#base, [...this.items, [line, item]], this.#since);
  }

  /** @returns {Layer<Item>} without its items */
  get emptied() {
    return new Layer(this.#base, /** @type {[number, Item][]} */ ([]), this.#since);
  }

  /** @param {ChangeDesc} changes @param {Text} doc after them @returns {Layer<Item>} */
  after(changes, doc) {
    if (doc.eq(this.#base)) return new Layer(this.#base, this.items);
    return new Layer(this.#base, this.items, this.#since.composeDesc(changes));
  }

  /** For code that was replaced without this layer: without its items, unless they fit. @param {Text} doc @returns {Layer<Item>} */
  fitted(doc) {
    if (doc.eq(this.#base)) return new Layer(this.#base, this.items);
    return this.#since.newLength === doc.length ? this : new Layer(doc);
  }

  /** @param {number} line from 1 @returns {boolean} whether there is text left of it */
  has(line) {
    if (line < 1 || line > this.#base.lines) return false;
    const { from, to } = this.#base.line(line);
    return from === to || this.#since.mapPos(from, 1) < this.#since.mapPos(to, -1);
  }

  /** Where a line of the original code ends now, or what has replaced it. @param {number} line from 1 @param {Text} doc */
  endOf(line, doc) {
    const { to } = this.#base.line(Math.max(1, Math.min(line, this.#base.lines)));
    return doc.lineAt(this.#since.mapPos(to, -1)).to;
  }

  /**
   * The items whose lines still exist, and where these end.
   * @param {Text} doc
   * @returns {{ at: number, item: Item }[]} in the order of the items
   */
  placed(doc) {
    return this.items
      .filter(([line]) => this.has(line))
      .map(([line, item]) => ({ at: this.endOf(line, doc), item }));
  }
}

/** @param {Text} code */
const unchanged = (code) => ChangeSet.of([], code.length).desc;
