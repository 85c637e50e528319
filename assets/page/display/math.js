/**
 * Shows formulas with the renderer that the page has. Both supported ones can produce MathML, which needs no style
 * sheet.
 */
import DOMPurify from "dompurify";
import { element } from "../dom.js";

/**
 * What pages load to show formulas: MathJax 3 and 4, https://docs.mathjax.org/en/latest/web/convert.html, and KaTeX,
 * https://katex.org/docs/options.html.
 * @typedef {{
 *   MathJax?: { tex2mmlPromise?: (tex: string, options: { display: boolean }) => Promise<string> },
 *   katex?: { renderToString(tex: string, options: { displayMode: boolean, output: "mathml", throwOnError: boolean }): string },
 * }} MathRenderers
 */

/** What surrounds a formula in a text: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`. */
const DELIMITERS =
  /^\s*(?:\$\$(?<block>.*)\$\$|\$(?<inline>.*)\$|\\\[(?<display>.*)\\\]|\\\((?<text>.*)\\\))\s*$/s;

/**
 * @param {string} latex
 * @returns {Promise<Node>}
 * @throws {Error} the page has no renderer, or the renderer rejects the formula
 */
export async function showMath(latex) {
  const groups = DELIMITERS.exec(latex)?.groups ?? {};
  const tex = groups.block ?? groups.inline ?? groups.display ?? groups.text ?? latex;
  const isBlock = groups.inline === undefined && groups.text === undefined;
  // The output of the page's renderer is sanitised too, because the code wrote its input.
  const sanitised = DOMPurify.sanitize(await mathMl(tex, isBlock), {
    USE_PROFILES: { mathMl: true },
    FORBID_ATTR: ["href", "id", "src", "xlink:href"], // Firefox would follow links in the page's own tab
    RETURN_DOM_FRAGMENT: true,
  });
  const math = sanitised.querySelector("math");
  if (!math) throw new Error("the formula could not be read");
  return element("div", { className: "math" }, math);
}

/** @param {string} tex @param {boolean} isBlock @returns {Promise<string>} markup with one `<math>` in it */
async function mathMl(tex, isBlock) {
  const { MathJax, katex } = /** @type {MathRenderers} */ (/** @type {unknown} */ (self));
  if (MathJax?.tex2mmlPromise) return MathJax.tex2mmlPromise(tex, { display: isBlock });
  if (katex)
    return katex.renderToString(tex, { displayMode: isBlock, output: "mathml", throwOnError: false });
  throw new Error("this page has no renderer for formulas");
}
