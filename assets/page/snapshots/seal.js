/**
 * Seals snapshots with the page's secret, and verifies them: what has no seal, or is not exactly what was sealed, was
 * damaged or forged.
 */

/** @import { Pieces } from "../../shared/snapshot_messages.js" */

/**
 * Keyed digests of the pieces of one part, in order. `bytes` is the size of the part.
 * @typedef {{ bytes: number, pieces: string[] }} Digest
 */

/** @typedef {"entry" | "heap" | "files"} SealedPart */

/** What a seal says: the key of the snapshot, and the digest of each part. @typedef {{ key: string, parts: Record<SealedPart, Digest> }} Sealed */

/** A browser copies what it is to digest while the page waits: some milliseconds for a piece. */
const PIECE_BYTES = 4 * 2 ** 20;

/**
 * AES-GCM that encrypts only what a digest is for: it authenticates that and the piece, which need not be copied. SHA-256
 * takes up to three times as long.
 */
const ALGORITHM = "AES-GCM";

/** What the digest of the seal itself is for. Those of pieces are for a part and a number, so none can stand for another. */
const SEAL = "seal";

/** The random number that GCM needs for each digest: https://developer.mozilla.org/docs/Web/API/AesGcmParams */
const NONCE_BYTES = 12;

const LINE_BREAK = "\n";

/**
 * Digests a part while it is read.
 * @param {CryptoKey} secret
 * @param {SealedPart} part
 * @param {Pieces} content
 * @param {Digest} digest an empty one, which is that of the part in the end
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>>} the same content
 */
export async function* digested(secret, part, content, digest) {
  for (const piece of inPieces(content, PIECE_BYTES)) {
    digest.pieces.push(await pieceDigest(secret, labelOf(part, digest.bytes), piece));
    digest.bytes += piece.length;
    yield piece;
  }
}

/** All but the last are of the same length. @param {Pieces} content @param {number} bytes */
function* inPieces(content, bytes) {
  let piece = new Uint8Array(bytes);
  let end = 0;
  for (const each of content) {
    for (let at = 0; at < each.length; ) {
      const part = each.subarray(at, at + bytes - end);
      piece.set(part, end);
      at += part.length;
      end += part.length;
      if (end < bytes) continue;
      yield piece;
      piece = new Uint8Array(bytes);
      end = 0;
    }
  }
  if (end > 0) yield piece.subarray(0, end);
}

/**
 * @param {CryptoKey} secret
 * @param {string} key of the snapshot
 * @param {Record<SealedPart, Digest>} parts
 * @returns {Promise<string>} the seal: a digest, a line break, and JSON
 */
export async function seal(secret, key, parts) {
  const json = JSON.stringify(/** @type {Sealed} */ ({ key, parts }));
  return (await pieceDigest(secret, SEAL, encoded(json))) + LINE_BREAK + json;
}

/**
 * @param {CryptoKey} secret
 * @param {string} key of the snapshot
 * @param {string} text the seal
 * @returns {Promise<Sealed["parts"]>}
 * @throws {Error} it was not made with this secret for this key
 */
export async function openSeal(secret, key, text) {
  const end = text.indexOf(LINE_BREAK);
  const json = text.slice(end + 1);
  await verifyPiece(secret, SEAL, encoded(json), text.slice(0, end));
  /** @type {Sealed} */
  const sealed = JSON.parse(json);
  if (sealed.key !== key) throw new Error("the seal is that of another snapshot");
  return sealed.parts;
}

/**
 * Verifies a part piece by piece, each in a separate task: Chromium 156 computes these digests in the page's thread.
 * @param {CryptoKey} secret
 * @param {SealedPart} part
 * @param {Uint8Array<ArrayBuffer>} content
 * @param {Digest} digest
 * @throws {Error} it is not what was sealed
 */
export async function verify(secret, part, content, { bytes, pieces }) {
  if (content.length !== bytes) throw new Error("a part of the snapshot has another size");
  for (const [index, digest] of pieces.entries()) {
    if (index > 0) await nextTask();
    const start = index * PIECE_BYTES;
    await verifyPiece(secret, labelOf(part, start), content.subarray(start, start + PIECE_BYTES), digest);
  }
}

/** Lets the page do other work. A timer would wait for 4 ms. @returns {Promise<void>} */
function nextTask() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** What the digest of a piece is for. @param {SealedPart} part @param {number} start of the piece in it */
const labelOf = (part, start) => `${part} ${start}`;

/**
 * @param {CryptoKey} secret
 * @param {string} label what it is for
 * @param {Uint8Array<ArrayBuffer>} piece
 * @returns {Promise<string>} base64 of the nonce, the encrypted label and the tag
 */
async function pieceDigest(secret, label, piece) {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const options = { name: ALGORITHM, iv, additionalData: piece };
  const encrypted = await crypto.subtle.encrypt(options, secret, encoded(label));
  return btoa(String.fromCharCode(...iv, ...new Uint8Array(encrypted)));
}

/**
 * @param {CryptoKey} secret
 * @param {string} label
 * @param {Uint8Array<ArrayBuffer>} piece
 * @param {string} digest
 * @throws {Error} it is not that of the piece, or is for something else
 */
async function verifyPiece(secret, label, piece, digest) {
  const bytes = Uint8Array.from(atob(digest), (character) => character.charCodeAt(0));
  const [iv, encrypted] = [bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES)];
  const found = await crypto.subtle.decrypt(
    { name: ALGORITHM, iv, additionalData: piece },
    secret,
    encrypted,
  );
  if (new TextDecoder().decode(found) !== label)
    throw new Error("a digest of the snapshot is for something else");
}

/** @param {string} text */
const encoded = (text) => new TextEncoder().encode(text);
