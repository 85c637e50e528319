/**
 * Completes cells before a reader can use them: those near the window when they come there, the others one by one, while
 * the browser has nothing else to do. A page with many examples is there as soon as one with a few.
 */
import { whenIdle, whenSeen } from "../interpreter/warm_up.js";

/** How far from the window a cell is near: as far as one goes with Page Down. */
const MARGIN = "100%";

/** How long a busy browser may delay the next one. Frames of other sites may never be idle. */
const SOON = { timeout: 1000 };

/** Those that have not come near. @type {Set<() => void>} */
const waiting = new Set();

/** @param {Element} cell @param {() => void} complete called once @param {AbortSignal} signal ends the waiting */
export function beforeUse(cell, complete, signal) {
  if (waiting.size === 0) whenIdle(completeNext, SOON);
  waiting.add(complete);
  whenSeen(cell, () => end(complete), signal, MARGIN);
  signal.addEventListener("abort", () => waiting.delete(complete));
}

/** @param {() => void} complete */
const end = (complete) => waiting.delete(complete) && complete();

function completeNext() {
  const [complete] = waiting;
  if (!complete) return;
  end(complete);
  whenIdle(completeNext, SOON);
}
