/** SHA-256 of what was read while Python waits: browsers compute it only in promises. FIPS 180-4 has the terms. */

const BLOCK_BYTES = 64;
const LENGTH_BYTES = 8;

/** @param {number} count @returns {number[]} */
function primes(count) {
  /** @type {number[]} */
  const found = [];
  for (let candidate = 2; found.length < count; candidate += 1)
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  return found;
}

/** The first 32 bits of the fraction of a root. @param {number} root */
const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;

const ROUNDS = Int32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)));

/** @param {Uint8Array} content @returns {string} as `fetch` takes it: https://www.w3.org/TR/SRI/ */
export function integrityOf(content) {
  const state = START.slice();
  const schedule = new Int32Array(64);
  const whole = content.length - (content.length % BLOCK_BYTES);
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  for (let at = 0; at < whole; at += BLOCK_BYTES) mix(state, schedule, view, at);
  const rest = content.subarray(whole);
  const end = new DataView(new ArrayBuffer(rest.length + 1 + LENGTH_BYTES > BLOCK_BYTES ? 128 : BLOCK_BYTES));
  new Uint8Array(end.buffer).set(rest);
  end.setUint8(rest.length, 0x80);
  end.setBigUint64(end.byteLength - LENGTH_BYTES, BigInt(content.length) * 8n);
  for (let at = 0; at < end.byteLength; at += BLOCK_BYTES) mix(state, schedule, end, at);
  const digest = new DataView(new ArrayBuffer(state.byteLength));
  for (const [index, word] of state.entries()) digest.setInt32(index * 4, word);
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest.buffer)))}`;
}

/**
 * Mixes one block into the state.
 * @param {Int32Array} state
 * @param {Int32Array} schedule room for the message schedule
 * @param {DataView} view
 * @param {number} at where the block begins
 */
function mix(state, schedule, view, at) {
  for (let t = 0; t < 16; t += 1) schedule[t] = view.getInt32(at + t * 4);
  for (let t = 16; t < 64; t += 1) {
    const [two, fifteen] = [schedule[t - 2] ?? 0, schedule[t - 15] ?? 0];
    const s0 = rotated(fifteen, 7) ^ rotated(fifteen, 18) ^ (fifteen >>> 3);
    const s1 = rotated(two, 17) ^ rotated(two, 19) ^ (two >>> 10);
    schedule[t] = (schedule[t - 16] ?? 0) + s0 + (schedule[t - 7] ?? 0) + s1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let t = 0; t < 64; t += 1) {
    const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const one = h + s1 + ((e & f) ^ (~e & g)) + (ROUNDS[t] ?? 0) + (schedule[t] ?? 0);
    const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const two = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index] = (state[index] ?? 0) + word;
}

/** @param {number} word @param {number} bits to the right */
const rotated = (word, bits) => (word >>> bits) | (word << (32 - bits));
