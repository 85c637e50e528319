/** A fast checksum that finds damaged snapshots. */

/** An odd number whose bits are well mixed: 2**32 divided by the golden ratio. */
const FACTOR = 0x9e3779b1;

/** @param {number} sum @param {number} word */
const mix = (sum, word) => {
  const mixed = Math.imul(sum ^ word, FACTOR);
  return (mixed << 15) | (mixed >>> 17);
};

/**
 * A checksum that detects damaged bytes: always if a single word differs, and otherwise except for one case in 2**32.
 * It does not protect against attackers, who would control the whole site. The browser's SHA-256 takes ten times as long,
 * and blocks the thread while it copies the bytes.
 * @param {Uint8Array<ArrayBuffer>} bytes a whole buffer
 * @returns {string}
 */
export function checksumOf(bytes) {
  const words = new Int32Array(bytes.buffer, 0, bytes.length >>> 2);
  const inFours = words.length & ~3;
  // Four sums side by side, which a processor computes in parallel.
  let [first, second, third, fourth] = [1, 2, 3, 4];
  for (let at = 0; at < inFours; at += 4) {
    first = mix(first, /** @type {number} */ (words[at]));
    second = mix(second, /** @type {number} */ (words[at + 1]));
    third = mix(third, /** @type {number} */ (words[at + 2]));
    fourth = mix(fourth, /** @type {number} */ (words[at + 3]));
  }
  for (const word of words.subarray(inFours)) first = mix(first, word);
  for (const byte of bytes.subarray(words.length * 4)) first = mix(first, byte);
  return [bytes.length, first, second, third, fourth].join(" ");
}
