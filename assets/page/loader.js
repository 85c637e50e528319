/**
 * The script that every page loads: it only defines the element. The editor and the client of the worker are imported
 * when a reader shows interest.
 */
import { PyrunCell } from "./cell/cell.js";
import { endOfParsing } from "./cell/compilation.js";
import { callForEdits, forgetEdits } from "./edits/load_edits.js";
import { holdKeys } from "./keys/hold_keys.js";

// A page may load this twice: instant navigation runs scripts again.
if (!customElements.get("pyrun-cell")) {
  holdKeys();
  customElements.define("pyrun-cell", Object.assign(PyrunCell, { forgetEdits }));
  endOfParsing();
  addEventListener("hashchange", () => {
    const cell = document.querySelector("pyrun-cell");
    if (cell instanceof PyrunCell) callForEdits(cell);
  });
}
