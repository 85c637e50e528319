/** The namespace of a console that shares none: it lasts for many runs, until the code ends the console. */

/** @import { ExampleData } from "../cell/example_data.js" */

/** @type {WeakMap<ExampleData, number>} */
const sessions = new WeakMap();
let last = 0;

/** @param {ExampleData} cell @returns {string} that no other example has */
export function ownSession(cell) {
  const session = sessions.get(cell) ?? ++last;
  sessions.set(cell, session);
  return `console ${session}`;
}

/** The next entry finds an empty namespace. @param {ExampleData} cell */
export const renewSession = (cell) => sessions.delete(cell);
