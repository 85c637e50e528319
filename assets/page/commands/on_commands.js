/** What few readers need while they edit: a bundle that an editor loads when a reader first uses one of these. */

export { selectNextOccurrence } from "@codemirror/search";
export { format } from "../format/format.js";
export { find, findAgain, findBefore } from "./find.js";
export { goToLine } from "./go_to_line.js";
export { searchHistory } from "./history_search.js";
export { rename } from "./rename_panel.js";
