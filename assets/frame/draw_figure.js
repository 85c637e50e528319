/**
 * Runs in the frame of a figure, after the library that draws it: plotly.js, BokehJS or vega-embed, whose globals these
 * are. `assets/page/display/figure.js` writes the two elements that it reads.
 */

/** @typedef {{ data: unknown, layout?: { height?: number }, frames?: unknown[] | null, config?: object }} PlotlySpec */

/**
 * @typedef {{
 *   Plotly: {
 *     newPlot(place: HTMLElement, data: unknown, layout: unknown, config: object): Promise<unknown>,
 *     addFrames(place: HTMLElement, frames: unknown[]): Promise<unknown>,
 *   },
 *   Bokeh: { embed: { embed_item(item: unknown, target: string): Promise<unknown> } },
 *   vegaEmbed(place: HTMLElement, spec: unknown, options: object): Promise<unknown>,
 * }} Libraries
 */

/** As high as plotly makes a figure that does not say it. */
const PLOTLY_HEIGHT = "450px";

const libraries = /** @type {Libraries} */ (/** @type {unknown} */ (globalThis));
const place = /** @type {HTMLElement} */ (document.getElementById("figure"));
const spec = JSON.parse(document.getElementById("spec")?.textContent ?? "");

/** @type {Record<string, () => Promise<unknown>>} */
const DRAW = {
  async plotly() {
    const { data, layout, frames } = /** @type {PlotlySpec} */ (spec);
    if (!layout?.height) place.style.height = PLOTLY_HEIGHT;
    // The frame may neither save files nor open pages.
    const config = { responsive: true, displaylogo: false, modeBarButtonsToRemove: ["toImage"] };
    await libraries.Plotly.newPlot(place, data, layout, config);
    if (frames?.length) await libraries.Plotly.addFrames(place, frames);
  },
  bokeh: () => libraries.Bokeh.embed.embed_item(spec, place.id),
  vega: () => libraries.vegaEmbed(place, spec, { actions: false }),
};

/** @param {unknown} error */
function explain(error) {
  place.textContent = `The figure could not be drawn. ${error instanceof Error ? error.message : error}`;
}

try {
  DRAW[place.dataset.library ?? ""]?.().catch(explain);
} catch (error) {
  explain(error);
}

export {};
