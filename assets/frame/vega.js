/** What draws the charts of altair, whose wheel carries no JavaScript. A classic script, for the frame of a figure. */
import embed from "vega-embed";

Object.assign(globalThis, { vegaEmbed: embed });
