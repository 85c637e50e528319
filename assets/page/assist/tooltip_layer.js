/** Where the tooltips of editors are: above everything, so that no box of a theme cuts them off. */
import { element } from "../dom.js";
import css from "./assist.css";

/** @import { LiveCell } from "../cell/live_cell.js" */

/** What tooltips inherit from the cell. */
const INHERITED = [
  ..."color accent error focus border radius link code-color code-background code-font".split(" "),
].map((name) => `--pyrun-${name}`);

/** @type {HTMLElement | null} */
let layer = null;

/** @returns {HTMLElement} one for the page; it is made when it is first needed, and after a page has removed it */
export function tooltipLayer() {
  if (layer?.isConnected) return layer;
  layer ??= makeLayer();
  document.body.append(layer);
  return layer;
}

function makeLayer() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  document.addEventListener("fullscreenchange", bringForward);
  return element("div", { className: "pyrun-tooltips", popover: "manual" });
}

/**
 * A tooltip of this cell is about to be shown: gives the layer the colours of the cell, and brings it above dialogs and
 * what fills the screen.
 * @param {LiveCell} cell
 */
export function raiseLayer(cell) {
  const shown = tooltipLayer();
  const style = getComputedStyle(cell);
  for (const name of INHERITED) shown.style.setProperty(name, style.getPropertyValue(name));
  shown.style.colorScheme = style.colorScheme;
  bringForward();
}

/** What was opened last is above the rest of the top layer. */
function bringForward() {
  if (!layer?.isConnected || !("showPopover" in layer)) return; // Firefox before 125 has no popovers
  if (layer.matches(":popover-open")) layer.hidePopover();
  layer.showPopover();
}
