/** What the page needs to show HTML, Markdown, formulas and figures, in one file to load. */

export { showFigure } from "./figure.js";
export { showHtml } from "./html.js";
export { showMarkdown } from "./markdown.js";
export { showMath } from "./math.js";
