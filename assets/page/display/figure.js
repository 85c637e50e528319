/** Figures of plotly, bokeh and altair, which JavaScript draws in a frame. */
import { showFramed } from "./frame.js";

/**
 * A figure as `figure_libraries.py` describes it: which library draws it, the scripts of that, and what it takes, as
 * JSON.
 * @typedef {{ library: "plotly" | "bokeh" | "vega", scripts: string[], title: string, spec: string }} Figure
 */

/** Figures assume a white page, some only in part. A white background keeps them legible on a dark page. */
const PAPER = "<style>html { background: #fff; color-scheme: light !important }</style>";

/**
 * Shows a figure that is drawn by JavaScript, in a frame.
 * @param {string} json of a `Figure`
 * @param {import("./figure_libraries.js").FigureLibraries} libraries of the Python that shows it
 * @returns {HTMLElement}
 */
export function showFigure(json, libraries) {
  /** @type {Figure} */
  const { library, scripts, title, spec } = JSON.parse(json);
  const html = [
    PAPER,
    `<div id="figure" data-library="${encodeURIComponent(library)}"></div>`,
    `<script type="application/json" id="spec">${spec.replaceAll("<", "\\u003c")}</script>`,
    `<script>${__PYRUN_DRAW_FIGURE__}</script>`,
  ].join("\n");
  const found = scripts.map((name) => libraries.find(name)); // now, because the frame loads again after Python may be lost
  return showFramed(async () => ({ html, scripts: await Promise.all(found.map((text) => text())) }), title);
}
