/**
 * The states of the Python of a page, and all transitions between them.
 * A test compares them with the diagram in docs/explanation/architecture.md.
 *
 * - `off`: there is no worker
 * - `starting`: the page chooses a wait strategy, and the worker loads Python
 * - `ready`: it is idle
 * - `busy`: a run goes on
 * - `stopping`: the run has been asked to end, and has not ended yet
 *
 * `lose` is every way to lose Python and all names: it failed, was killed, did not react to Stop, or the reader
 * restarts it.
 *
 * The event `pyrun:restart` on `document` reports why, with `detail: { epoch, reason, isForeign }`; `settlement`: the site has
 * another Pyodide or other packages now, or it has switched the page off.
 * @typedef {"restart" | "stop" | "failure" | "timeout" | "settlement"} Loss
 *
 * @typedef {"off" | "starting" | "ready" | "busy" | "stopping"} State
 * @typedef {"start" | "boot" | "run" | "stop" | "end" | "lose"} Event
 */

/** @type {Record<State, Partial<Record<Event, State>>>} */
export const TRANSITIONS = {
  off: { start: "starting" },
  starting: { boot: "ready", lose: "off" },
  ready: { run: "busy", lose: "off" },
  busy: { end: "ready", stop: "stopping", lose: "off" },
  stopping: { end: "ready", lose: "off" },
};

/**
 * @param {State} state
 * @param {Event} event
 * @returns {State}
 * @throws {Error} the event cannot happen in that state: a bug in pyrun
 */
export function next(state, event) {
  const target = TRANSITIONS[state][event];
  if (!target) throw new Error(`pyrun: "${event}" cannot happen while Python is "${state}"`);
  return target;
}

/** Tells the page. @param {"start" | "restart"} event @param {object} detail */
export function announce(event, detail) {
  document.dispatchEvent(new CustomEvent(`pyrun:${event}`, { detail }));
}
