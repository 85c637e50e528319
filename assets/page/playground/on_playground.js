/** What playgrounds have besides other cells, in one file to load. */
import { authorFiles } from "./author_files.js";
import { Playground } from "./playground.js";

/** @import { LiveCell } from "../cell/live_cell.js" */

/**
 * @param {LiveCell} cell
 * @param {{ readonly code: string }} code the one that runs
 * @param {() => void} onChange
 * @throws {Error} the author's files cannot be loaded
 */
export const openPlayground = async (cell, code, onChange) =>
  new Playground(cell, code, await authorFiles(cell), onChange);
