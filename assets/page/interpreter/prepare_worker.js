/** Prepares the start of Python: how it will wait, what it starts with, and what its worker needs. */
import { reasonOf } from "../../shared/errors.js";
import { ChangedFileError } from "../../shared/pinned_files.js";
import { checkPinned } from "../pinned_files.js";
import { isolate } from "./isolation.js";
import { isolationOf, startRequest } from "./start_request.js";
import { chooseWaitStrategy } from "./wait_strategy.js";

/** @import { Modules, Start } from "../../shared/protocol.js" */
/** @import { Failure } from "../run/pending_run.js" */
/** @import { SiteSettlement } from "../settlement/site_settlement.js" */
/** @import { Isolated } from "./isolation.js" */
/** @import { KeptModules } from "./kept_modules.js" */
/** @import { Mailbox } from "./mailboxes.js" */
/** @import { Chosen } from "./wait_strategy.js" */

/**
 * `failure` says why no worker may start. Otherwise there is one for `start`.
 * @typedef {{
 *   start: Start | null, mailbox: Mailbox | null, modules: Modules, isolated: Isolated | null, failure: Failure | null,
 * }} Prepared
 */

/**
 * @param {SiteSettlement} site
 * @param {string | undefined} page `data-page` of the cell that needs Python
 * @param {KeptModules} kept WebAssembly that is compiled already
 * @param {boolean} isForeign whether its code comes from strangers
 * @returns {Promise<Prepared | null>} `null` without a settlement, which `site.fresh()` reports, and on a page that is off
 */
export async function preparePython(site, page, kept, isForeign) {
  const prepared = await prepareWorker(site.early(location.href), isForeign);
  const settlement = site.current;
  if (settlement === null || settlement.whyOff(location.href) !== null) return null;
  const nothing = { start: null, mailbox: null, isolated: null, failure: null };
  if ("reason" in prepared) return { ...nothing, modules: new Map(), failure: prepared };
  const { waiting, mailbox } = prepared;
  const modules = kept.usableWith(settlement);
  const start = startRequest(settlement, page, waiting, isolationOf(isForeign));
  const isolated = await isolate(start, modules, (url) => site.current?.integrityOf(url), isForeign);
  if (isolated && "reason" in isolated) return { ...nothing, start, modules, failure: isolated };
  return { start, mailbox, modules, isolated, failure: null };
}

/**
 * Does this while the page waits for the settlement.
 * @param {Promise<void>} settlement whose failure is not reported here
 * @param {boolean} isForeign
 * @returns {Promise<Chosen | Failure>} a failure if no worker may start
 */
export async function prepareWorker(settlement, isForeign) {
  const [prepared] = await Promise.all([prepare(isForeign), settlement.catch(() => {})]);
  return prepared;
}

/** @param {boolean} isForeign @returns {Promise<Chosen | Failure>} */
async function prepare(isForeign) {
  const isolation = isolationOf(isForeign);
  try {
    const [chosen] = await Promise.all([
      chooseWaitStrategy(isolation, !isForeign),
      isolation === "origin" && checkPinned(__PYRUN_WORKER__), // the other one is made from the compared text
    ]);
    return chosen;
  } catch (error) {
    return error instanceof ChangedFileError
      ? { reason: "changed", detail: error.address }
      : { reason: "download", detail: reasonOf(error) };
  }
}
