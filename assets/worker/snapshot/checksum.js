/** An odd number with ones and zeros well mixed: 2**32 divided by the golden ratio. */
const FACTOR = 0x9e3779b1;

/** @param {number} sum @param {number} word */
const with_ = (sum, word) => {
  const mixed = Math.imul(sum ^ word, FACTOR);
  return (mixed << 15) | (mixed >>> 17);
};

/**
 * A sum that tells damaged bytes from good ones: one that differs in a single word is another for certain, and in more of
 * them with all but one chance in 2**32. It is not meant against attackers, who would have the whole site. SHA-256 of
 * the browser takes ten times as long, and blocks the thread to copy the bytes.
 * @param {Uint8Array<ArrayBuffer>} bytes a whole buffer
 * @returns {string}
 */
export function sumOf(bytes) {
  const words = new Int32Array(bytes.buffer, 0, bytes.length >>> 2);
  const inFours = words.length & ~3;
  // Four sums side by side: a processor computes them at the same time.
  let [first, second, third, fourth] = [1, 2, 3, 4];
  for (let at = 0; at < inFours; at += 4) {
    first = with_(first, /** @type {number} */ (words[at]));
    second = with_(second, /** @type {number} */ (words[at + 1]));
    third = with_(third, /** @type {number} */ (words[at + 2]));
    fourth = with_(fourth, /** @type {number} */ (words[at + 3]));
  }
  for (const word of words.subarray(inFours)) first = with_(first, word);
  for (const byte of bytes.subarray(words.length * 4)) first = with_(first, byte);
  return [bytes.length, first, second, third, fourth].join(" ");
}
