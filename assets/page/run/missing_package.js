/** The offer to load what the page's author did not think of, and what became of it. */
import { button, element } from "../dom.js";
import { RUN_MESSAGES } from "../messages.js";

/** @typedef {import("../cell/cell.js").PyrunCell} PyrunCell */
/** @typedef {import("../../shared/protocol.js").Missing} Missing */

/** Packages that a reader has added to a cell, for as long as that is there. @type {WeakMap<PyrunCell, Set<string>>} */
const added = new WeakMap();

/** @param {PyrunCell} cell @returns {string[]} */
export const addedPackages = (cell) => [...(added.get(cell) ?? [])];

/** @param {PyrunCell} cell @param {Missing} missing */
export function offerPackage(cell, { package: name }) {
  const load = () => {
    added.set(cell, new Set([...addedPackages(cell), name]));
    void cell.run();
  };
  return element("div", { className: "notice" }, button(RUN_MESSAGES.loadAndRunAgain(name), {}, load));
}
