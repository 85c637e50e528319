/** What readers see as one character: a letter with its accents, an emoji with its joiners, a flag. */

/** Made when it is first needed, which is rare. @type {Intl.Segmenter | undefined} */
let segmenter;

/** The longest characters in use, families of emoji with skin tones, have fewer code units. */
const LONGEST = 64;

/** @param {string} text @returns {string[]} its characters; code points in Firefox before version 125 */
export function clustersOf(text) {
  if (!Intl.Segmenter) return [...text];
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** @param {string} text @param {number} index in it @returns {number} where the character at the index begins */
export function clusterStart(text, index) {
  const from = Math.max(0, index - LONGEST);
  let start = from;
  for (const character of clustersOf(text.slice(from, index + LONGEST))) {
    if (start + character.length > index) return start;
    start += character.length;
  }
  return index;
}
