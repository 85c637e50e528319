/** Reads CSS colours as browsers compute them: `rgb()`, `rgba()` or `color()`. */

/** @param {string} colour @returns {number[]} */
const channels = (colour) => (colour.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);

/** @param {string} colour @returns {number} 0 to 1 */
export const alpha = (colour) =>
  colour.startsWith("rgba") || colour.includes("/") ? (channels(colour).at(-1) ?? 0) : 1;

/** @param {string} colour @returns {number} 0 to 1, by the weights of WCAG but without its gamma correction */
export function luminance(colour) {
  const [red = 255, green = 255, blue = 255] = channels(colour).map((value) =>
    colour.startsWith("rgb") ? value / 255 : value,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
