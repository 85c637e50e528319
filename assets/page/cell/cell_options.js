/** Reads what the author set for an example from the attributes of its element. */
import { OPTIONS, WORKER_OPTIONS } from "../../shared/options.js";

/** @import { CellOptions, WorkerOptions } from "../../shared/options.js" */
/** @import { ExampleData } from "./example_data.js" */

/**
 * All options of a cell, with defaults for attributes that are absent.
 * @param {ExampleData} cell
 * @returns {CellOptions}
 */
export function optionsOf({ dataset }) {
  const values = Object.entries(OPTIONS).map(([name, { attribute, form, default: unset }]) => {
    const text = dataset[attribute];
    return [name, text === undefined ? unset : read(text, form, unset)];
  });
  return Object.fromEntries(values);
}

/** Those that the worker gets with each run. @param {CellOptions} options @returns {WorkerOptions} */
export const forWorker = (options) =>
  /** @type {WorkerOptions} */ (Object.fromEntries(WORKER_OPTIONS.map((name) => [name, options[name]])));

/** @param {string} text @param {string} form @param {unknown} unset the default */
function read(text, form, unset) {
  switch (form) {
    case "flag":
      return !unset;
    case "number":
      return Number(text);
    case "words":
      return text.split(" ").filter(Boolean);
    case "lines":
      return text.split("\n");
    default:
      return text;
  }
}
