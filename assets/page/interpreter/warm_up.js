/** When Python starts before a reader presses Run. */
import { isCompilation } from "../cell/compilation.js";

/** @import { LiveCell } from "../cell/live_cell.js" */

/**
 * The values of the option `load`. `run`: it does not; `intent`: the reader points at Run, or focuses it; `visible`:
 * the example becomes visible; `idle`: the page is loaded, and the browser is idle; `page`: at once. With all but
 * `run`, Python starts at the latest on intent.
 * @typedef {"run" | "intent" | "visible" | "idle" | "page"} Load
 */

/** How long a busy browser may delay it. */
const LONGEST_WAIT_MS = 5000;

/**
 * Starts Python when the option says.
 * @param {HTMLElement} cell
 * @param {HTMLElement} button Run
 * @param {() => void} start can be called more than once
 * @param {AbortSignal} signal ends the waiting
 */
export function warmUp(cell, button, start, signal) {
  const load = /** @type {Load} */ (cell.dataset.load ?? "intent");
  if (load === "run" || savesData()) return;
  for (const kind of ["pointerenter", "focus"]) button.addEventListener(kind, start, { signal });
  if (load === "intent" || isCompilation()) return;
  if (load === "visible") whenSeen(cell, start, signal);
  if (load === "idle") {
    whenLoaded(() => whenIdle(() => signal.aborted || start(), { timeout: LONGEST_WAIT_MS }));
  }
  if (load === "page") start();
}

/**
 * Runs an example as soon as it becomes visible, unless a link has put code into it.
 * @param {LiveCell} cell
 * @param {AbortSignal} signal
 */
export function autorun(cell, signal) {
  if (!isCompilation()) whenSeen(cell, () => cell.isForeign || void cell.run(), signal);
}

/**
 * @param {Element} element
 * @param {() => void} then called once
 * @param {AbortSignal} signal
 * @param {string} [rootMargin] how far from the window counts as seen
 */
export function whenSeen(element, then, signal, rootMargin = "0px") {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      then();
    },
    { rootMargin },
  );
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect());
}

/** Calls back when the page is loaded. @param {() => void} then */
function whenLoaded(then) {
  if (document.readyState === "complete") then();
  else addEventListener("load", then, { once: true });
}

/**
 * Calls back when the browser is idle.
 * @param {() => void} then
 * @param {IdleRequestOptions} [options] `timeout`: how long a busy browser may delay it, in milliseconds
 */
export function whenIdle(then, options) {
  if ("requestIdleCallback" in window) requestIdleCallback(then, options);
  else setTimeout(then); // Safari has no idle callbacks
}

/** Whether the reader has turned on data saving: then nothing is loaded or stored that may never be used. */
export function savesData() {
  const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator);
  return connection?.saveData === true;
}
