/**
 * What the one Python of a page can be doing, and what leads from one to the other: all of it stands in this table.
 * The diagram in docs/explanation/architecture.md shows the same, which a test proves.
 *
 * - `off`: there is no worker
 * - `starting`: the page chooses how Python is to wait, and the worker loads Python
 * - `ready`: it has nothing to do
 * - `busy`: it has a run
 * - `stopping`: the run has been asked to end, and has not ended
 *
 * `lose` is every way in which Python is gone with all its names: it failed, was killed, did not react to Stop, or the
 * reader wants a new one.
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
 * @throws {Error} the event cannot happen in that state: a mistake in pyrun
 */
export function next(state, event) {
  const target = TRANSITIONS[state][event];
  if (!target) throw new Error(`pyrun: "${event}" cannot happen while Python is "${state}"`);
  return target;
}
