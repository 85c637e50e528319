/** The interpreter of this page. */
import { SiteSettlement } from "../settlement/site_settlement.js";
import { PageInterpreter } from "./page_interpreter.js";

/** @import { SettlementRequests } from "../settlement/request_settlement.js" */

/** @param {SettlementRequests} requests for what was settled for the site */
export function openInterpreter(requests) {
  const site = new SiteSettlement(requests);
  // The back-forward cache restores a page that may be days old.
  addEventListener("pageshow", ({ persisted }) => persisted && void site.refresh());
  return new PageInterpreter(site);
}
