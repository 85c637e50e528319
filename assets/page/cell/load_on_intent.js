/** Loads what a page needs only once a reader is interested: the page's interpreter, and the code of runs. */
import { importPinned } from "../pinned_modules.js";
import { requestSettlement } from "../settlement/request_settlement.js";

/** @import { Interpreters } from "../interpreter/client.js" */
/** @typedef {typeof import("../run/on_intent.js") & { interpreters: Interpreters }} OnIntent */

/** @type {OnIntent | null} */
let loaded = null;

/** @type {Promise<OnIntent> | null} */
let loading = null;

/** @returns {OnIntent | null} `null` until the first cell has loaded it, for all cells */
export const loadedOnIntent = () => loaded;

/** @returns {Promise<OnIntent>} @throws {Error} it cannot be loaded; the next call tries again */
export function loadOnIntent() {
  loading ??= load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** @returns {Promise<OnIntent>} */
async function load() {
  const requests = requestSettlement(); // at the same time as the script
  /** @type {typeof import("../run/on_intent.js")} */
  const onIntent = await importPinned(__PYRUN_ON_INTENT__);
  loaded = { ...onIntent, interpreters: onIntent.openInterpreters(requests) };
  return loaded;
}
