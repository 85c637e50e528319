/** The namespace in which an example runs. */
import { optionsOf } from "../cell/cell_options.js";
import { isIsolated, sessionOf } from "../cell/example_data.js";
import { ownSession } from "../console/own_session.js";

/** @import { ExampleData } from "../cell/example_data.js" */

/**
 * @param {ExampleData} example
 * @param {string} path of the page
 * @returns {string | null} the name of the namespace in Python; `null` if every run gets a new one
 */
export function namespaceOf(example, path) {
  if (!isIsolated(example)) return `${path}#${sessionOf(example)}`;
  return optionsOf(example).console ? `${path}#${ownSession(example)}` : null; // of a console, for many runs
}
