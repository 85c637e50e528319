/** What a cell needs once a reader wants to run something, in one file to load. */

export { toggleMenu } from "../cell/more_menu.js";
export { acceptDrops } from "../files/reader_files.js";
export { openInterpreters } from "../interpreter/client.js";
export { learnLanguage } from "../language/learn.js";
export { CellView } from "./cell_view.js";
export { runInOrder } from "./order.js";
