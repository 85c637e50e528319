/** Brings the editor's CSS into the page in a way that lasts. */
import { StyleModule } from "style-mod";
import editorCss from "./editor.css";

/** Constructed only in a document, so not when the module is imported in a test. @type {CSSStyleSheet | undefined} */
let editorSheet;
/** @type {Map<StyleModule, CSSStyleSheet>} */
const sheets = new Map();

/**
 * Makes CodeMirror's styles adopted style sheets. As it comes, style-mod writes a `<style>` element into the head:
 * `style-src 'self'` forbids that, and Material's instant navigation throws it away with the next page.
 */
export function adoptStyles() {
  StyleModule.mount = (root, modules) => {
    editorSheet ??= sheetOf(editorCss);
    const wanted = [modules].flat().map(sheetOfModule);
    const present = root.adoptedStyleSheets;
    if ([...wanted, editorSheet].every((sheet) => present.includes(sheet))) return;
    const others = present.filter((sheet) => sheet !== editorSheet && !wanted.includes(sheet));
    root.adoptedStyleSheets = [...others, ...wanted, editorSheet];
  };
}

/** @param {StyleModule} module */
function sheetOfModule(module) {
  let sheet = sheets.get(module);
  if (!sheet) {
    sheet = sheetOf(module.getRules());
    leaveLinesToTheme(sheet);
    sheets.set(module, sheet);
  }
  return sheet;
}

/** @param {string} css */
function sheetOf(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

/**
 * Takes CodeMirror's padding off its lines. Overriding it would also override what the theme gives to an emphasised
 * line, which is the same element (`.hll`).
 * @param {CSSStyleSheet} sheet
 */
function leaveLinesToTheme(sheet) {
  for (const rule of sheet.cssRules) {
    if (rule instanceof CSSStyleRule && rule.selectorText.endsWith(" .cm-line"))
      rule.style.removeProperty("padding");
  }
}
