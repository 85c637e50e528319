/** WebAssembly that a worker of the page has compiled, for the next worker with the same files. */

/** @import { Modules, Start } from "../../shared/protocol.js" */
/** @import { Settlement } from "../settlement/settlement.js" */

export class KeptModules {
  /** @type {Modules} */
  #modules = new Map();
  /** Of the worker that has compiled them. @type {Start | null} */
  #start = null;

  /** @param {Modules} modules @param {Start} start of the worker that has compiled them */
  keep(modules, start) {
    this.#modules = modules;
    this.#start = start;
  }

  /** Nothing if the site has other files since. @param {Settlement} settlement @returns {Modules} */
  usableWith(settlement) {
    return this.#start && settlement.hasSamePython(this.#start) ? this.#modules : new Map();
  }
}
