/** Addresses in foreign HTML: what the page may load, where a link may lead. */
import { element } from "../dom.js";
import { withNodes } from "../language/nodes.js";
import { DISPLAY_MESSAGES } from "../messages.js";

/** Where a link may lead. */
const LINKS = new Set(["http:", "https:", "mailto:"]);

/** @param {string} address @returns {URL | null} */
const urlOf = (address) =>
  URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI) : null;

/**
 * Whether an address holds the content itself. The page loads no others: a request would tell another site about the
 * reader, and the reader's own site may do something when it gets one. Passive HTML cannot make `blob:` URLs.
 * @param {string} address
 */
export const isInline = (address) => /^\s*data:/i.test(address);

/** @param {string} address @returns {string | null} absolute; `null` if a click would do more than open it */
export function destinationOf(address) {
  const url = urlOf(address);
  return url !== null && LINKS.has(url.protocol) ? url.href : null;
}

/**
 * A link that opens in a new tab.
 * @param {string} destination
 * @param {string} [words] by default its address
 */
export const hyperlink = (destination, words = destination) =>
  element("a", { href: destination, target: "_blank", rel: "noopener noreferrer" }, words);

/**
 * A placeholder for a picture or video that is not loaded.
 * @param {string} address
 * @returns {Node} empty if the address leads nowhere
 */
export function notLoaded(address) {
  const destination = destinationOf(address);
  if (destination === null) return document.createTextNode("");
  const link = hyperlink(destination);
  return element("span", { className: "not-loaded" }, ...withNodes(DISPLAY_MESSAGES.notLoadedHere, { link }));
}
