import { showFramed } from "./frame.js";
import { libraryText } from "./libraries.js";

/**
 * What the worker says of a figure: an HTML fragment that draws it, with the names of the libraries that it wants. It is
 * what `figure_libraries.py` writes.
 * @typedef {{ scripts: string[], html: string }} Figure
 */

/**
 * Shows a figure that is drawn by JavaScript, in a frame.
 * @param {string} json of a `Figure`
 * @returns {HTMLElement}
 */
export function showFigure(json) {
  /** @type {Figure} */
  const { scripts, html } = JSON.parse(json);
  return showFramed(async () => ({ html, scripts: await Promise.all(scripts.map(libraryText)) }));
}
