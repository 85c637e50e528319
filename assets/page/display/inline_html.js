/** Passive HTML in the page: sanitized, in a shadow tree, in the style of the theme. */
import DOMPurify from "dompurify";
import { element } from "../dom.js";
import { destinationOf, isInline, notLoaded } from "./foreign_addresses.js";
import { namesFile, setStyle, sheetOf } from "./foreign_styles.js";
import css from "./inline_html.css";
import { STYLE } from "./set_aside.js";
import { arrangeTables } from "./tables.js";

/** @import { Passive } from "./set_aside.js" */

/** How this looks, unless it says otherwise itself. */
const base = new CSSStyleSheet();
base.replaceSync(css);

/** What is left of the lists that DOMPurify has. @type {import("dompurify").Config} */
const ALLOWED = {
  IN_PLACE: true,
  USE_PROFILES: { html: true, svg: true, svgFilters: true, mathMl: true },
  // xarray folds long parts with check boxes. Anything that a reader could type into is not shown.
  FORBID_TAGS: ["button", "dialog", "form", "option", "select", "style", "template", "textarea"],
  FORBID_ATTR: [
    "autofocus",
    "contenteditable",
    "download",
    "form",
    "popover",
    "popovertarget",
    "popovertargetaction",
    "slot",
    "srcset",
    "style",
  ],
};

const FOLDING = /^(checkbox|radio)$/i;

/** Elements that show what they load. */
const MEDIA = "img, audio, video, iframe, image";

/** All through which the rest could load something. */
const LOADING = ["src", "poster", "background", "href", "xlink:href"];

const LINKS = "a, area";

/** Its elements show no files. Firefox takes any of them with an address for a link. */
const MATHML = "http://www.w3.org/1998/Math/MathML";

/** Attributes of a drawing that are no styles. */
const NO_STYLE = /^(aria-.*|class|data-.*|id|title)$/;

/**
 * Shows passive HTML in the page, in a separate shadow tree, so that its styles and ids have no effect outside.
 * @param {Passive} passive
 * @returns {HTMLElement | null} `null` if one of its links is a script
 */
export function showInline({ html, sheets }) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  if (linksToScript(body)) return null;
  const styles = [...body.querySelectorAll(`[${STYLE}]`)].map(
    (node) => /** @type {const} */ ([node, node.getAttribute(STYLE) ?? ""]),
  );
  for (const media of body.querySelectorAll(MEDIA)) replaceRemote(media);
  for (const input of body.querySelectorAll("input")) if (!FOLDING.test(input.type)) input.remove();
  DOMPurify.sanitize(body, ALLOWED);
  for (const node of body.querySelectorAll("*")) mendAddresses(node);

  const content = element("div", { className: "content" }, ...body.childNodes);
  for (const [node, text] of styles) {
    node.removeAttribute(STYLE);
    if (!content.contains(node)) continue;
    if (node instanceof HTMLElement || node instanceof SVGElement) setStyle(node, text);
  }
  arrangeTables(content);
  const host = element("div", { className: "html" });
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [base, ...sheets.map(sheetOf)];
  root.append(content);
  root.addEventListener("click", (event) => followInside(event, root));
  return host;
}

/** @param {Element} body */
const linksToScript = (body) =>
  [...body.querySelectorAll("*")].some((node) =>
    [...node.attributes].some(({ name, value }) => /href|src|action|data/i.test(name) && isScript(value)),
  );

/** @param {string} address @returns {boolean} browsers overlook white space and control characters in it */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
const isScript = (address) => /^(java|vb)script:/i.test(address.replace(/[\u0000- ]/g, ""));

/** @param {Element} media */
function replaceRemote(media) {
  const sources = [media, ...media.querySelectorAll("source, track")].flatMap((node) =>
    ["src", "href", "xlink:href"].flatMap((name) => node.getAttribute(name) ?? []),
  );
  const remote =
    media.localName === "iframe"
      ? sources[0]
      : sources.find((source) => source.trim() !== "" && !isInline(source));
  if (remote === undefined) return;
  // A drawing cannot contain a link.
  media.replaceWith(...(media.localName === "image" ? [] : [notLoaded(remote)]));
}

/** @param {Element} node */
function mendAddresses(node) {
  const isLink = node.matches(LINKS);
  for (const { name, value } of [...node.attributes]) {
    const isBad = LOADING.includes(name)
      ? !isLink && !value.startsWith("#") && (node.namespaceURI === MATHML || !isInline(value))
      : node instanceof SVGElement && !NO_STYLE.test(name) && namesFile(value);
    if (isBad) node.removeAttribute(name);
  }
  if (!isLink) return;
  const names = ["href", "xlink:href"].filter((name) => node.hasAttribute(name));
  for (const name of names) {
    const address = node.getAttribute(name) ?? "";
    if (address.startsWith("#")) continue;
    const destination = destinationOf(address);
    if (destination === null) node.removeAttribute(name);
    else node.setAttribute(name, destination);
    node.setAttribute("target", "_blank");
    node.setAttribute("rel", "noopener noreferrer");
  }
}

/**
 * Follows links within the HTML: the browser would look for their targets in the page.
 * @param {Event} event
 * @param {ShadowRoot} root
 */
function followInside(event, root) {
  const link = event.target instanceof Element ? event.target.closest(LINKS) : null;
  const address = link?.getAttribute("href") ?? link?.getAttribute("xlink:href");
  if (!address?.startsWith("#")) return;
  event.preventDefault();
  root.getElementById(decodeURIComponent(address.slice(1)))?.scrollIntoView({ block: "nearest" });
}
