/** A page with cells and without a browser, for what plans runs. Must be imported before what reads `document`. */

/** @typedef {{ name?: string, caption?: string, needs?: string, session?: string, setup?: boolean, hidden?: boolean, code?: string }} CellSettings */

/** @type {FakeCell[]} */
let cells = [];

/** The cells that wait, in the order in which they came. @type {FakeCell[]} */
let queue = [];

/** An element, as far as a link to a cell and a notice go. */
class FakeElement {
  /** @type {unknown[]} */
  children = [];

  /** @param {...unknown} children */
  append(...children) {
    this.children.push(...children);
  }

  setAttribute() {}

  /** @returns {string} */
  get textContent() {
    return this.children
      .map((child) => (child instanceof FakeElement ? child.textContent : String(child)))
      .join("");
  }
}

/** A cell whose runs a test begins and ends. */
export class FakeCell extends EventTarget {
  /** @type {Record<string, string>} */
  dataset = {};
  state = "idle";
  /** @type {import("../../assets/page/run/run_result.js").RunResult | null} */
  result = null;
  /** Notices of runs that were cancelled, with how they ended. @type {[ending: string, notice: string][]} */
  cancelled = [];
  /** @param {CellSettings} settings */
  constructor({ session = "main", setup = false, hidden = false, code = "pass", ...names }) {
    super();
    for (const [key, value] of Object.entries(names)) this.dataset[key] = value;
    if (setup) this.dataset.setup = "";
    this.session = session;
    this.isIsolated = session === "isolated";
    this.hidden = hidden;
    this.sourceFile = { code };
  }

  /** @returns {{ cancel(ending: string, notice: FakeElement): void } | null} null: it was in the queue already */
  enqueue() {
    if (queue.includes(this)) return null;
    queue.push(this);
    return {
      cancel: (ending, notice) => {
        this.cancelled.push([ending, notice.textContent]);
        this.reach(ending);
      },
    };
  }

  /** @param {string} state */
  reach(state) {
    this.state = state;
    queue = queue.filter((cell) => cell !== this);
    this.dispatchEvent(new Event("pyrun:state"));
  }
}

/** A page of these, in this order. @param {Record<string, CellSettings>} settings by the names that a test gives them */
export function openPage(settings) {
  const page = Object.fromEntries(Object.entries(settings).map(([key, one]) => [key, new FakeCell(one)]));
  cells = Object.values(page);
  queue = [];
  return page;
}

/** The first cell of the queue, if one waits. */
export const nextInQueue = () => queue[0];

const document = Object.assign(new EventTarget(), {
  querySelectorAll: () => cells,
  createElement: () => new FakeElement(),
});
Object.assign(globalThis, { document, location: { pathname: "/" } });
