/** Loads what a page needs only once a reader is interested: the controls of cells, the page's Python, and runs. */
import { importPinned } from "../pinned_modules.js";
import { requestSettlement } from "../settlement/request_settlement.js";

/** @import { PageInterpreter } from "../interpreter/page_interpreter.js" */
/** @import { SettlementRequests } from "../settlement/request_settlement.js" */
/** @typedef {typeof import("../run/on_intent.js")} OnIntent */

/** @type {OnIntent | null} */
let loaded = null;

/** @type {Promise<OnIntent> | null} */
let loading = null;

/** @type {SettlementRequests | null} */
let requests = null;

/** @type {PageInterpreter | null} */
let interpreter = null;

/** @returns {OnIntent | null} `null` until the first cell has loaded it, for all cells */
export const loadedOnIntent = () => loaded;

/** @returns {Promise<OnIntent>} @throws {Error} it cannot be loaded; the next call tries again */
export function loadOnIntent() {
  loading ??= importPinned(__PYRUN_ON_INTENT__).then(
    (onIntent) => {
      loaded = onIntent;
      return onIntent;
    },
    (error) => {
      loading = null;
      requests = null;
      throw error;
    },
  );
  return loading;
}

/** The Python of the page. Only for callers that run after the script has loaded. */
export function pageInterpreter() {
  requests ??= requestSettlement();
  interpreter ??= /** @type {OnIntent} */ (loaded).openInterpreter(requests);
  return interpreter;
}

/** The same, and the script if it is needed. @throws {Error} it cannot be loaded; the next call tries again */
export async function loadInterpreter() {
  requests ??= requestSettlement(); // at the same time as the script
  await loadOnIntent();
  return pageInterpreter();
}
