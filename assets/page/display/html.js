import DOMPurify from "dompurify";
import { element } from "../dom.js";

/** @param {string} html @returns {Node} */
export function showHtml(html) {
  return element("div", { className: "html" }, DOMPurify.sanitize(html, { RETURN_DOM_FRAGMENT: true }));
}
