/**
 * What the page and the frame with foreign HTML say to each other. There are two documents: the frame's own, which is
 * ours, and the one inside it, which is not trusted. Its messages are checked before they are used.
 */

/** @typedef {"light" | "dark"} Scheme */

/**
 * To the frame, once, together with the port for all that follows. `scripts` run before those of the HTML.
 * @typedef {{ html: string, scripts: string[], scheme: Scheme }} Show
 */

/** To the frame, and on to the document inside. @typedef {{ scheme: Scheme }} Recolour */

/**
 * From the document inside, and on to the page. `started` comes before any foreign script runs; `link` is where a
 * link leads that the reader wants to follow.
 * @typedef {{ type: "started" } | { type: "height", px: number } | { type: "link", url: string }} Report
 */

/** Of an address: more than browsers and servers take. */
const MOST_URL_CHARACTERS = 8192;

/** @param {unknown} message from anywhere @returns {Report | null} `null` if it is not one */
export function readReport(message) {
  if (typeof message !== "object" || message === null) return null;
  const { type, px, url } = /** @type {Record<string, unknown>} */ (message);
  if (type === "started") return { type };
  if (type === "height" && typeof px === "number" && Number.isFinite(px)) return { type, px };
  if (type === "link" && typeof url === "string" && url.length <= MOST_URL_CHARACTERS) return { type, url };
  return null;
}
