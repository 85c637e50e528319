/** Addresses in foreign HTML: what the page may load, where a link may lead. */
import { element } from "../dom.js";
import { DISPLAY_MESSAGES } from "../messages.js";

/** Protocols of addresses that hold the content themselves. */
const INLINE = new Set(["data:", "blob:"]);

/** Where a link may lead. */
const LINKS = new Set(["http:", "https:", "mailto:"]);

/** @param {string} address @returns {URL | null} */
export const urlOf = (address) =>
  URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI) : null;

/** @param {string} address @returns {boolean} whether loading it contacts nobody but the site */
export function isSameSite(address) {
  const url = urlOf(address);
  return url !== null && (INLINE.has(url.protocol) || url.origin === location.origin);
}

/** @param {string} address @returns {string | null} absolute, and nothing if a click on it would do more than go there */
export function destinationOf(address) {
  const url = urlOf(address);
  return url !== null && LINKS.has(url.protocol) ? url.href : null;
}

/**
 * A link in a tab of its own.
 * @param {string} destination
 * @param {string} [words] its address, if there are none
 */
export const hyperlink = (destination, words = destination) =>
  element("a", { href: destination, target: "_blank", rel: "noopener noreferrer" }, words);

/**
 * What stands in the place of a picture or a film of another site: loading it would tell that site of the reader.
 * @param {string} address
 * @returns {Node} nothing to be seen, if it leads nowhere
 */
export function notLoaded(address) {
  const destination = destinationOf(address);
  if (destination === null) return document.createTextNode("");
  return element("span", { className: "not-loaded" }, DISPLAY_MESSAGES.notLoadedHere, hyperlink(destination));
}
