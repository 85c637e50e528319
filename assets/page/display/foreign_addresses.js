/** Addresses in foreign HTML: what the page may load, where a link may lead. */
import { element } from "../dom.js";
import { DISPLAY_MESSAGES } from "../messages.js";

/** Protocols of addresses that hold the content themselves. */
const INLINE = new Set(["data:", "blob:"]);

/** Where a link may lead. */
const LINKS = new Set(["http:", "https:", "mailto:"]);

/** @param {string} address @returns {URL | null} */
const urlOf = (address) =>
  URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI) : null;

/** @param {string} address @returns {boolean} whether loading it contacts only the site itself */
export function isSameSite(address) {
  const url = urlOf(address);
  return url !== null && (INLINE.has(url.protocol) || url.origin === location.origin);
}

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
 * A placeholder for a picture or video of another site, because loading it would tell that site about the reader.
 * @param {string} address
 * @returns {Node} empty if the address leads nowhere
 */
export function notLoaded(address) {
  const destination = destinationOf(address);
  if (destination === null) return document.createTextNode("");
  return element("span", { className: "not-loaded" }, DISPLAY_MESSAGES.notLoadedHere, hyperlink(destination));
}
