/**
 * The script that every page loads: it only defines the element. The editor and the client of the worker are imported
 * when a reader shows interest.
 */
import { PyrunCell } from "./cell/cell.js";

// A page may load this twice: instant navigation runs scripts again.
if (!customElements.get("pyrun-cell")) customElements.define("pyrun-cell", PyrunCell);
