/** HTML that code has produced: in the page if it is passive, otherwise in a frame. */
import { setAside } from "./set_aside.js";

/**
 * Shows HTML that code has produced, and that is not trusted: in the page if it is passive,
 * and else in a frame that cannot reach the page.
 * @param {string} html
 * @returns {Promise<HTMLElement>}
 */
export async function showHtml(html) {
  const passive = setAside(html);
  if (passive) {
    const { showInline } = await import("./inline_html.js");
    const shown = showInline(passive);
    if (shown) return shown;
  }
  const { showFramed } = await import("./frame.js");
  return showFramed(async () => ({ html, scripts: [] }));
}
