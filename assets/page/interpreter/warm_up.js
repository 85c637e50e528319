/** When Python starts before a reader presses Run. */

/**
 * The values of the option `load`. `run`: it does not; `intent`: the reader points at Run, or comes to it with the
 * keyboard; `visible`: the example is seen; `idle`: the page is there, and the browser has nothing to do; `page`: at
 * once. All but `run` begin at the latest with `intent`.
 * @typedef {"run" | "intent" | "visible" | "idle" | "page"} Load
 */

/** How long a browser that always has something to do may put it off. */
const LONGEST_WAIT_MS = 5000;

/**
 * Starts Python when it is time to.
 * @param {HTMLElement} cell
 * @param {HTMLElement} button Run
 * @param {() => void} start can be called more than once
 * @param {AbortSignal} signal gives that up
 */
export function warmUp(cell, button, start, signal) {
  const load = /** @type {Load} */ (cell.dataset.load ?? "intent");
  if (load === "run" || savesData()) return;
  for (const kind of ["pointerenter", "focus"]) button.addEventListener(kind, start, { signal });
  if (load === "visible") whenSeen(cell, start, signal);
  if (load === "idle") whenIdle(() => signal.aborted || start(), { timeout: LONGEST_WAIT_MS });
  if (load === "page") start();
}

/** @param {Element} element @param {() => void} then called once @param {AbortSignal} signal */
export function whenSeen(element, then, signal) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    then();
  });
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect());
}

/**
 * Calls back when the page is loaded and the browser has nothing to do.
 * @param {() => void} then
 * @param {IdleRequestOptions} [options] `timeout`: how long a busy browser may put it off, in milliseconds
 */
export function whenIdle(then, options) {
  if (document.readyState !== "complete") {
    addEventListener("load", () => whenIdle(then, options), { once: true });
  } else if ("requestIdleCallback" in window) {
    requestIdleCallback(then, options);
  } else {
    setTimeout(then); // Safari has no idle callbacks
  }
}

/** Whether the reader has asked for less data: then nothing is loaded or kept that may never be used. */
export function savesData() {
  const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator);
  return connection?.saveData === true;
}
