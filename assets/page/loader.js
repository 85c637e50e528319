/**
 * What a page loads before a reader wants anything: it defines the element, and nothing more. The editor and the
 * client of the worker are imported on intent.
 */
import { PyrunCell } from "./cell/cell.js";

// A page may load this twice: instant navigation runs scripts again.
if (!customElements.get("pyrun-cell")) customElements.define("pyrun-cell", PyrunCell);
