/** How much text the output of a cell has room for: what code gets that asks for the size of its terminal. */
import { SCREEN_LINES, WINDOW_COLUMNS, WINDOW_LINES } from "../../../shared/limits.js";
import { element } from "../../dom.js";

/** @import { TerminalSize } from "../../../shared/protocol.js" */

/** As many characters are measured at once: browsers round the width of one. */
const MEASURED = 100;

/** Rounding must not cost a column that fits exactly. */
const ALMOST = 0.01;

/** By the element that scrolls. @type {WeakMap<Element, TerminalSize>} */
const sizes = new WeakMap();

/** What a size was measured for: it holds as long as that is the same. @type {WeakMap<Element, string>} */
const circumstances = new WeakMap();

/** Takes part in the layout, and neither shows nor moves anything. A long output has a scroll bar, so this has one too. */
const UNSEEN = {
  borderBlockWidth: "0",
  height: "0",
  overflow: "hidden scroll",
  paddingBlock: "0",
  visibility: "hidden",
};

/**
 * Measures the output of a cell for its next run. This costs a layout, unless nothing has changed since the last one.
 * @param {ShadowRoot} root of the cell
 * @returns {TerminalSize}
 */
export function measureTerminal(root) {
  const log = /** @type {HTMLElement} */ (root.querySelector('[role="log"]'));
  const { fontFamily, fontSize, maxHeight } = getComputedStyle(log.querySelector("pre") ?? log);
  const around = [
    root.host.clientWidth,
    devicePixelRatio,
    document.fonts.size,
    fontFamily,
    fontSize,
    maxHeight,
  ];
  const now = around.join();
  const known = sizes.get(log);
  if (known && circumstances.get(log) === now) return known;
  circumstances.set(log, now);
  const text = element("span", {}, "0".repeat(MEASURED));
  text.style.whiteSpace = "pre";
  const line = element("pre", {}, text);
  const probe = element("div", { role: "log", "aria-hidden": "true" }, line);
  Object.assign(probe.style, UNSEEN);
  root.append(probe);
  const columns = (line.getBoundingClientRect().width * MEASURED) / text.getBoundingClientRect().width;
  const { height } = line.getBoundingClientRect();
  const lines = Number.parseFloat(getComputedStyle(log).maxHeight) / height - 1;
  probe.remove();
  const size = {
    columns: columns >= 1 ? Math.floor(columns + ALMOST) : WINDOW_COLUMNS, // not a number if the cell is hidden
    lines: height > 0 && lines >= 1 ? Math.min(Math.floor(lines), SCREEN_LINES) : WINDOW_LINES,
  };
  sizes.set(log, size);
  return size;
}

/** A place for output that is as wide as another. @param {Element} place @param {Element} log */
export const resembles = (place, log) => sizes.set(place, terminalOf(log));

/** @param {Element} log @returns {TerminalSize} as it was measured for the last run */
export const terminalOf = (log) => sizes.get(log) ?? { columns: WINDOW_COLUMNS, lines: WINDOW_LINES };
