/**
 * Runs in the frame of a figure, after the library that draws it: plotly.js, BokehJS or vega-embed, whose globals these
 * are. `assets/page/display/figure.js` writes the two elements that it reads.
 */

/** @typedef {{ data: unknown, layout?: { height?: number }, frames?: unknown[] | null, config?: object }} PlotlySpec */

/**
 * @typedef {{
 *   Plotly: {
 *     newPlot(target: HTMLElement, data: unknown, layout: unknown, config: object): Promise<unknown>,
 *     addFrames(target: HTMLElement, frames: unknown[]): Promise<unknown>,
 *   },
 *   Bokeh: { embed: { embed_item(item: unknown, target: string): Promise<unknown> } },
 *   vegaEmbed(target: HTMLElement, spec: unknown, options: object): Promise<unknown>,
 * }} Libraries
 */

/** As high as plotly makes a figure that does not say it. */
const PLOTLY_HEIGHT = "450px";

const libraries = /** @type {Libraries} */ (/** @type {unknown} */ (globalThis));
const target = /** @type {HTMLElement} */ (document.getElementById("figure"));
const spec = JSON.parse(document.getElementById("spec")?.textContent ?? "");

/** @type {Record<string, () => Promise<unknown>>} */
const DRAW = {
  async plotly() {
    const { data, layout, frames } = /** @type {PlotlySpec} */ (spec);
    if (!layout?.height) target.style.height = PLOTLY_HEIGHT;
    // The frame may neither save files nor open pages.
    const config = { responsive: true, displaylogo: false, modeBarButtonsToRemove: ["toImage"] };
    await libraries.Plotly.newPlot(target, data, layout, config);
    if (frames?.length) await libraries.Plotly.addFrames(target, frames);
  },
  bokeh: () => libraries.Bokeh.embed.embed_item(spec, target.id),
  vega: () => libraries.vegaEmbed(target, spec, { actions: false }),
};

/** @param {unknown} error */
function explain(error) {
  target.textContent = `The figure could not be drawn. ${error instanceof Error ? error.message : error}`;
}

try {
  DRAW[target.dataset.library ?? ""]?.().catch(explain);
} catch (error) {
  explain(error);
}

export {};
