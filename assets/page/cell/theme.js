/**
 * Follows the theme of the page. Themes switch to dark in many ways (attributes, classes, media queries), so the
 * resulting colours are read from the code block, whenever something has changed that could affect them.
 */
import { alpha, luminance } from "../colours.js";
import { codeBlockOf } from "./code_block.js";

/** Below this luminance a background is dark and needs light text. */
const DARK_BELOW_LUMINANCE = 0.4;

/** The canvas of Chromium in a dark colour scheme. Other browsers have similar colours. */
const DARK_CANVAS = "rgb(18, 18, 18)";

/** @type {Set<() => () => void>} */
const followers = new Set();
let scheduled = false;

function schedule() {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    // All reads come first: a read after a write would recompute the styles of the page.
    for (const adopt of [...followers].map((read) => read())) adopt();
  });
}

const observer = new MutationObserver(schedule);
const preference = matchMedia("(prefers-color-scheme: dark)");

function begin() {
  for (const target of [document.documentElement, document.body])
    observer.observe(target, { attributes: true });
  preference.addEventListener("change", schedule);
  // Some themes fade between schemes, so the colours are final only after the transition.
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
 * @param {() => () => void} read reads from the page, and returns a function that may change it
 * @param {AbortSignal} signal ends it
 */
export function followTheme(read, signal) {
  if (followers.size === 0) begin();
  followers.add(read);
  schedule();
  signal.addEventListener("abort", () => {
    followers.delete(read);
    if (followers.size === 0) end();
  });
}

/**
 * Reads the colours and the font of the cell's code, and the colour scheme they belong to.
 * @param {HTMLElement} cell
 * @returns {() => void} sets them on the cell, as custom properties
 */
export function readTheme(cell) {
  const block = codeBlockOf(cell) ?? cell;
  const code = block.querySelector("code") ?? block;
  const { color, fontFamily, fontSize } = getComputedStyle(code);
  const background = backgroundBehind(code);
  // On the whole window, the cell itself has a background (full_screen.js).
  const scheme =
    luminance(backgroundBehind(cell.parentElement ?? cell)) < DARK_BELOW_LUMINANCE ? "dark" : "light";
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
export function backgroundBehind(start) {
  for (let at = /** @type {Element | null} */ (start); at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (alpha(backgroundColor) > 0.5) return backgroundColor;
  }
  // Nothing is behind but the browser's canvas, which is dark if the page's colour scheme is.
  const isTextLight = luminance(getComputedStyle(document.documentElement).color) > DARK_BELOW_LUMINANCE;
  return isTextLight ? DARK_CANVAS : "rgb(255, 255, 255)";
}
