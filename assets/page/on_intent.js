/** What a cell needs once a reader wants to run something, in one file to load. */
export { CellRun } from "./cell_run.js";
export { toggleMenu } from "./more.js";
export { runInOrder } from "./order.js";
export { acceptDrops, giveFiles } from "./reader_files.js";
