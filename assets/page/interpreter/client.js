/** The interpreters of this page. */
import { SiteSettlement } from "../settlement/site_settlement.js";
import { PageInterpreter } from "./page_interpreter.js";

/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { SettlementRequests } from "../settlement/request_settlement.js" */

/** The Python of the page, and one of an opaque origin for code of strangers, which starts when such code is to run. */
export class Interpreters {
  #page;
  #foreign;

  /** @param {SettlementRequests} requests for what was settled for the site */
  constructor(requests) {
    const site = new SiteSettlement(requests);
    // The back-forward cache restores a page that may be days old.
    addEventListener("pageshow", ({ persisted }) => persisted && void site.refresh());
    this.#page = new PageInterpreter(site, false);
    this.#foreign = new PageInterpreter(site, true);
  }

  /** The one in which a cell would run now. @param {LiveCell} cell */
  of(cell) {
    return cell.isForeign ? this.#foreign : this.#page;
  }
}

/** @param {SettlementRequests} requests for what was settled for the site */
export const openInterpreters = (requests) => new Interpreters(requests);
