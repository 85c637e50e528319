/**
 * Styles of foreign HTML, without anything that would load a file from elsewhere, and with readable text: a style that
 * sets only a background assumes black text, which is white on a dark page.
 */

/** Functions that name a file; browsers do not support `src()` and `image()` yet. */
const NAMES_FILE =
  /(?:^|[^\w-])(url|src|image|image-set|-webkit-image-set|cross-fade|-webkit-cross-fade)\s*\(/i;
/** As authors write it in an attribute. */
const OWN_PART = /url\(\s*(["']?)#[^"'()\\]*\1\s*\)/gi;

/** As browsers write it in a style. */
const OWN_FILE = /url\("(?:#|data:)[^"\\]*"\)/gi;

/** An opaque colour, and not a keyword. How a transparent one looks is unknown. */
const SOLID = /^(?!transparent|inherit|initial|unset|revert|currentcolor|var|rgba)[a-z]+(\([^/]*\))?$/i;

const IMPORT = /@import\b[^;]*;?/gi;

/** Black or white, by the lightness of a background. Older browsers use the first of both. */
const readableOn = (/** @type {string} */ background) => [
  "black",
  `oklch(from ${background} calc((0.65 - l) * 1000) 0 0)`,
];

/** @param {string} value as the browser writes it @param {boolean} [isVariable] @returns {boolean} */
function loads(value, isVariable = false) {
  // Browsers keep values with variables as they were written, so an escape or a quote can hide something.
  if (value.includes("\\")) return true;
  return NAMES_FILE.test(isVariable || value.includes("var(") ? value : value.replace(OWN_FILE, ""));
}

/** @param {string} value of an attribute of a drawing @returns {boolean} whether it is a style that names a file */
export const namesFile = (value) => value.includes("\\") || NAMES_FILE.test(value.replace(OWN_PART, ""));

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
  sheet.replaceSync(css.replace(IMPORT, "")); // browsers would ignore it, with a warning
  cleanRules(sheet);
  return sheet;
}

/** @param {CSSStyleSheet | CSSGroupingRule} parent */
function cleanRules(parent) {
  for (let index = parent.cssRules.length - 1; index >= 0; index -= 1) {
    const rule = parent.cssRules[index];
    if (rule instanceof CSSStyleRule) {
      clean(rule.style);
      while (rule.cssRules?.length) rule.deleteRule(0); // nested rules are rare, and are not checked
    } else if (rule instanceof CSSKeyframesRule) {
      for (const frame of rule.cssRules) if (frame instanceof CSSKeyframeRule) clean(frame.style);
    } else if (rule instanceof CSSGroupingRule) cleanRules(rule);
    else parent.deleteRule(index);
  }
}
