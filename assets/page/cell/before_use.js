/**
 * Completes cells before a reader can use them: those near the window when they come there, the others some at a
 * time, while the browser has nothing else to do. A page with many examples is there as soon as one with a few.
 */
import { whenIdle, whenSeen } from "../interpreter/warm_up.js";

/** How far from the window a cell is near: as far as one goes with Page Down. */
const MARGIN = "100%";

/** How long a busy browser may delay the next ones. Frames of other sites may never be idle. */
const SOON = { timeout: 300 };

/** How long the page may be busy with them at a time. */
const SLICE_MS = 8;

/** Those that have not come near. @type {Set<() => void>} */
const waiting = new Set();

/** @param {Element} cell @param {() => void} complete called once @param {AbortSignal} signal ends the waiting */
export function beforeUse(cell, complete, signal) {
  if (waiting.size === 0) whenIdle(completeSome, SOON);
  waiting.add(complete);
  whenSeen(cell, () => end(complete), signal, MARGIN);
  signal.addEventListener("abort", () => waiting.delete(complete));
}

/** @param {() => void} complete */
const end = (complete) => waiting.delete(complete) && complete();

function completeSome() {
  const begin = performance.now();
  for (const complete of waiting) {
    end(complete);
    if (performance.now() - begin > SLICE_MS) return whenIdle(completeSome, SOON);
  }
}
