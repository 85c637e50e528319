/** The colours of terminals, as CSS. */
import { luminance } from "../../colours.js";

/** One of the 256 colours of terminals, or any colour: `rgb(…)` of CSS. @typedef {number | string} Colour */

/** The first 16, which a theme sets: `--pyrun-ansi-red` and so on (ansi.css). */
const NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
const [BLACK, WHITE, BRIGHT] = [0, 7, 8];
const NAMED = 16;

/**
 * After them a cube of these levels of red, green and blue, and then greys.
 * https://en.wikipedia.org/wiki/ANSI_escape_code#8-bit
 */
const LEVELS = [0, 95, 135, 175, 215, 255];
const GREYS = 232;

/** Below this luminance (0 to 1) a background is dark and needs light text. */
const DARK_BELOW_LUMINANCE = 0.5;

/** @param {number} red @param {number} green @param {number} blue @returns {Colour} each from 0 to 255 */
export function anyColour(red, green, blue) {
  return `rgb(${[red, green, blue].map((level) => Math.min(level, 255)).join(", ")})`;
}

/** @param {number} index @returns {Colour} one of the 256 */
export function indexedColour(index) {
  if (index < NAMED) return index;
  if (index >= GREYS) {
    const level = 8 + 10 * (Math.min(index, 255) - GREYS);
    return anyColour(level, level, level);
  }
  const cube = index - NAMED;
  const level = (/** @type {number} */ digit) => LEVELS[digit % LEVELS.length] ?? 0;
  return anyColour(level(Math.floor(cube / 36)), level(Math.floor(cube / 6)), level(cube));
}

/**
 * Readable colours, on light and dark pages. Without a background the palette takes care of that. On a background, the
 * text is as light or as dark as the background requires, on any page.
 * @param {Colour | null} text
 * @param {Colour | null} background
 * @returns {{ color?: string, backgroundColor?: string, colorScheme?: "light" | "dark" }} styles
 */
export function styleOfColours(text, background) {
  const color = text === null ? {} : { color: css(text) };
  if (background === null) return color;
  if (typeof background === "string") {
    const dark = luminance(background) < DARK_BELOW_LUMINANCE;
    return {
      color: dark ? "#fff" : "#000",
      ...color,
      backgroundColor: background,
      colorScheme: dark ? "dark" : "light",
    };
  }
  if (text === BLACK) return { color: "#000", backgroundColor: css(background), colorScheme: "dark" };
  if (background % BRIGHT === WHITE)
    return { color: "#000", ...color, backgroundColor: "#e6e6e6", colorScheme: "light" };
  if (text === null || text === WHITE || text === BRIGHT + WHITE)
    return { color: "#fff", backgroundColor: css(background), colorScheme: "light" };
  return {
    ...color,
    backgroundColor: `color-mix(in srgb, ${css(background)} 35%, #000)`,
    colorScheme: "dark",
  };
}

/**
 * The same with text and background exchanged.
 * @param {Colour | null} text
 * @param {Colour | null} background
 */
export function styleOfInverse(text, background) {
  if (text === null && background === null)
    return { color: "light-dark(#fff, #000)", backgroundColor: "light-dark(#333, #ddd)" };
  return styleOfColours(background, text ?? WHITE);
}

/** @param {Colour} colour */
function css(colour) {
  if (typeof colour === "string") return colour;
  return `var(--_ansi-${colour < BRIGHT ? "" : "bright-"}${NAMES[colour % BRIGHT]})`;
}
