/** The states of a page's Python, and exactly what can happen in each. docs/ shows the same table. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { next, TRANSITIONS } from "../../assets/page/interpreter/states.js";

/** @typedef {keyof typeof TRANSITIONS} State */

const STATES = /** @type {State[]} */ (Object.keys(TRANSITIONS));
const EVENTS = /** @type {Parameters<typeof next>[1][]} */ ([
  ...new Set(STATES.flatMap((state) => Object.keys(TRANSITIONS[state]))),
]);

test("a page's Python starts, runs, is stopped and runs again", () => {
  /** @type {State} */
  let state = "off";
  const events = /** @type {const} */ (["start", "boot", "run", "end", "run", "stop", "end", "lose"]);
  const reached = events.map((event) => {
    state = next(state, event);
    return state;
  });
  assert.deepEqual(reached, ["starting", "ready", "busy", "ready", "busy", "stopping", "ready", "off"]);
});

test("exactly the states with a Python can lose it", () => {
  for (const state of STATES) assert.equal(TRANSITIONS[state].lose, state === "off" ? undefined : "off");
});

test("an event that cannot happen in a state is an error that names both", () => {
  for (const state of STATES)
    for (const event of EVENTS) {
      if (TRANSITIONS[state][event]) continue;
      assert.throws(
        () => next(state, event),
        new RegExp(`"${event}" cannot happen while Python is "${state}"`),
      );
    }
});

test("every state can be reached from off", () => {
  const reached = new Set(/** @type {State[]} */ (["off"]));
  for (const state of reached) for (const target of Object.values(TRANSITIONS[state])) reached.add(target);
  assert.deepEqual([...reached].sort(), [...STATES].sort());
});
