/** Loads what a page needs only once a reader is interested: the controls of cells, the page's Python, and runs. */
import { importPinned } from "../pinned_modules.js";
import { requestSettlement } from "../settlement/request_settlement.js";

/** @import { Interpreters } from "../interpreter/client.js" */
/** @import { SettlementRequests } from "../settlement/request_settlement.js" */
/** @typedef {typeof import("../run/on_intent.js")} OnIntent */

/** @type {OnIntent | null} */
let loaded = null;

/** @type {Promise<OnIntent> | null} */
let loading = null;

/** @type {SettlementRequests | null} */
let requests = null;

/** @type {Interpreters | null} */
let interpreters = null;

/** @returns {OnIntent | null} `null` until the first cell has loaded it, for all cells */
export const loadedOnIntent = () => loaded;

/** @returns {Promise<OnIntent>} in the page's language @throws {Error} it cannot be loaded; the next call tries again */
export async function loadOnIntent() {
  loading ??= importPinned(__PYRUN_ON_INTENT__);
  try {
    const onIntent = await loading;
    await onIntent.learnLanguage();
    loaded = onIntent;
    return onIntent;
  } catch (error) {
    loading = requests = null;
    throw error;
  }
}

/** The page's Python, and that for code of strangers. Only for callers that run after the script has loaded. */
export function openedInterpreters() {
  requests ??= requestSettlement();
  interpreters ??= /** @type {OnIntent} */ (loaded).openInterpreters(requests);
  return interpreters;
}

/** The same, and the script if it is needed. @throws {Error} it cannot be loaded; the next call tries again */
export async function loadInterpreters() {
  requests ??= requestSettlement(); // at the same time as the script
  await loadOnIntent();
  return openedInterpreters();
}
