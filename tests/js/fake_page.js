/** A page with cells and without a browser, to test plans of runs. Import it before modules that read `document`. */

/**
 * @typedef {{
 *   name?: string, caption?: string, needs?: string, session?: string, setup?: boolean, hidden?: boolean, code?: string,
 *   page?: string, requirements?: string, imports?: string, noSnapshots?: string,
 * }} CellSettings
 */

/** @type {FakeCell[]} */
let cells = [];

/** The waiting cells, in order of arrival. @type {FakeCell[]} */
let queue = [];

/** In which all cells run. @type {{ epoch: number }} */
export const interpreter = { epoch: 1 };

/** An element with just enough for a link to a cell and for a notice. */
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

/** A cell whose runs the test begins and ends. */
export class FakeCell extends EventTarget {
  /** @type {Record<string, string>} */
  dataset = {};
  state = "idle";
  /** @type {import("../../assets/page/run/run_result.js").RunResult | null} */
  result = null;
  /** Notices of cancelled runs, with how the runs ended. @type {[ending: string, notice: string][]} */
  cancelled = [];
  /** Why nothing may run any more. @type {string | null} */
  off = null;
  isForeign = false;
  interpreter = interpreter;
  /** @param {CellSettings} settings */
  constructor({ session = "main", setup = false, hidden = false, code = "pass", ...names }) {
    super();
    for (const [key, value] of Object.entries(names)) this.dataset[key] = value;
    if (setup) this.dataset.setup = "";
    this.dataset.session = session;
    this.hidden = hidden;
    this.sourceFile = { code };
  }

  /** @returns {{ cancel(ending: string, notice: FakeElement): void } | null} null if it was in the queue already */
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

  /** @param {string} message */
  switchOff(message) {
    this.off = message;
  }

  /** @param {string} state */
  reach(state) {
    this.state = state;
    queue = queue.filter((cell) => cell !== this);
    this.dispatchEvent(new Event("pyrun:state"));
  }
}

/** A page of these cells, in this order. @param {Record<string, CellSettings>} settings by their name in the test */
export function openPage(settings) {
  const page = Object.fromEntries(Object.entries(settings).map(([key, one]) => [key, new FakeCell(one)]));
  cells = Object.values(page);
  queue = [];
  return page;
}

/** The first cell in the queue, if any. */
export const nextInQueue = () => queue[0];

const document = Object.assign(new EventTarget(), {
  querySelectorAll: () => cells,
  createElement: () => new FakeElement(),
});
Object.assign(globalThis, {
  document,
  addEventListener: () => {},
  location: { pathname: "/", search: "", href: "https://example.org/" },
});
Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
