/**
 * Styles of foreign HTML, without what would load something from elsewhere, and with text that can be read: who colours
 * only the background of a cell thinks of black text on it, which is white on a dark page.
 */

/** Functions that name a file; `src()` and `image()` are not there yet. */
const NAMES_FILE =
  /(?:^|[^\w-])(url|src|image|image-set|-webkit-image-set|cross-fade|-webkit-cross-fade)\s*\(/i;
const OWN_FILE = /url\("(?:#|data:)[^"\\]*"\)/gi;

/** A colour, and no word for that of something else. What shines through cannot be told. */
const SOLID = /^(?!transparent|inherit|initial|unset|revert|currentcolor|var|rgba)[a-z]+(\([^/]*\))?$/i;

const IMPORT = /@import\b[^;]*;?/gi;

/** Black or white, by the lightness of a background. Older browsers take the first of both. */
const readableOn = (/** @type {string} */ background) => [
  "black",
  `oklch(from ${background} calc((0.65 - l) * 1000) 0 0)`,
];

/** @param {string} value as the browser writes it @param {boolean} [isVariable] @returns {boolean} */
function loads(value, isVariable = false) {
  // Values with variables are kept as they were written, where an escape or a quote can hide something.
  if (value.includes("\\")) return true;
  return NAMES_FILE.test(isVariable || value.includes("var(") ? value : value.replace(OWN_FILE, ""));
}

/** @param {CSSStyleDeclaration} style */
function clean(style) {
  for (const property of [...style]) {
    const value = style.getPropertyValue(property);
    if (loads(value, property.startsWith("--"))) style.removeProperty(property);
  }
  // A shorthand with a variable is in none of its parts.
  if (loads(style.cssText)) style.cssText = "";
  const background = style.backgroundColor;
  if (style.color || !SOLID.test(background)) return;
  for (const color of readableOn(background)) style.color = color;
}

/**
 * Sets styles without an attribute in the markup, which a strict policy would not allow.
 * @param {HTMLElement | SVGElement} element
 * @param {string} css
 */
export function setStyle(element, css) {
  element.style.cssText = css;
  clean(element.style);
}

/** @param {string} css @returns {CSSStyleSheet} */
export function sheetOf(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css.replace(IMPORT, "")); // it would be ignored, with a warning
  cleanRules(sheet);
  return sheet;
}

/** @param {CSSStyleSheet | CSSGroupingRule} parent */
function cleanRules(parent) {
  for (let index = parent.cssRules.length - 1; index >= 0; index -= 1) {
    const rule = parent.cssRules[index];
    if (rule instanceof CSSStyleRule) {
      clean(rule.style);
      while (rule.cssRules?.length) rule.deleteRule(0); // nested ones: rare, and not looked at
    } else if (rule instanceof CSSKeyframesRule) {
      for (const frame of rule.cssRules) if (frame instanceof CSSKeyframeRule) clean(frame.style);
    } else if (rule instanceof CSSGroupingRule) cleanRules(rule);
    else parent.deleteRule(index);
  }
}
