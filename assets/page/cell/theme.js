/**
 * Follows the theme of the page. Themes say "dark" in a dozen ways (attributes, classes, media queries); what they
 * have in common is the colours that come out. So those are read from the code block, when something changes that
 * could change them.
 */
import { alpha, luminance } from "../colours.js";

/** Where the code stands, from the most to the least particular: a table has a `pre` for its line numbers too. */
const CODE_BLOCKS = ["td.code pre", "pre"];

/** Below this the background is dark and wants light text on it. */
const DARK_BELOW_LUMINANCE = 0.4;

/** @type {Set<() => () => void>} */
const followers = new Set();
let scheduled = false;

function schedule() {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    // Each write after a read would let the next read compute the styles of the page anew.
    for (const adopt of [...followers].map((read) => read())) adopt();
  });
}

const observer = new MutationObserver(schedule);
const preference = matchMedia("(prefers-color-scheme: dark)");

function begin() {
  for (const target of [document.documentElement, document.body])
    observer.observe(target, { attributes: true });
  preference.addEventListener("change", schedule);
  // Themes fade from one scheme to the other: the colours are final when the fade has ended.
  document.addEventListener("transitionend", scheduleAfterFade);
}

function end() {
  observer.disconnect();
  preference.removeEventListener("change", schedule);
  document.removeEventListener("transitionend", scheduleAfterFade);
}

/** @param {TransitionEvent} event */
function scheduleAfterFade({ propertyName }) {
  if (propertyName.includes("color")) schedule();
}

/**
 * Calls back before the page is painted next, and whenever the theme may have changed.
 * @param {() => () => void} read what is to be known of the page; what it returns may change the page
 * @returns {() => void} ends it
 */
export function followTheme(read) {
  if (followers.size === 0) begin();
  followers.add(read);
  schedule();
  return () => {
    followers.delete(read);
    if (followers.size === 0) end();
  };
}

/**
 * Reads the colours and the font of the cell's code, and the colour scheme they belong to.
 * @param {HTMLElement} cell
 * @returns {() => void} gives them to the cell, as custom properties
 */
export function readTheme(cell) {
  const block = codeBlockOf(cell) ?? cell;
  const code = block.querySelector("code") ?? block;
  const { color, fontFamily, fontSize } = getComputedStyle(code);
  const background = backgroundBehind(code);
  const scheme = luminance(backgroundBehind(cell)) < DARK_BELOW_LUMINANCE ? "dark" : "light";
  const wanted = {
    "--pyrun-code-color": color,
    "--pyrun-code-background": background,
    "--pyrun-code-font": fontFamily,
    "--pyrun-code-font-size": fontSize,
    "color-scheme": scheme,
  };
  return () => {
    for (const [name, value] of Object.entries(wanted)) cell.style.setProperty(name, value);
  };
}

/** @param {Element} start @returns {string} the nearest background that is not transparent */
function backgroundBehind(start) {
  for (let at = /** @type {Element | null} */ (start); at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (alpha(backgroundColor) > 0.5) return backgroundColor;
  }
  return "rgb(255, 255, 255)";
}

/**
 * The `pre` that holds the code of a cell, as the host made it.
 * @param {HTMLElement} cell
 * @returns {HTMLElement | null} `null` in a hidden cell
 */
export function codeBlockOf(cell) {
  const found = CODE_BLOCKS.map((selector) => [...cell.querySelectorAll(selector)].at(-1)).find(Boolean);
  return found instanceof HTMLElement ? found : null;
}
