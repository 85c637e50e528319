/** Compiles WebAssembly of the site only if it is what was published. */
import { reasonOf } from "./errors.js";
import { piecesOf } from "./pieces.js";
import { ChangedFileError, fetchPinned } from "./pinned_files.js";

/** The browser's own, from before any code of a reader runs. */
const subtle = /** @type {SubtleCrypto | undefined} */ (globalThis.crypto?.subtle); // absent without https
const { compileStreaming } = WebAssembly;

const WASM = "application/wasm";

/**
 * Compiles WebAssembly while it streams, and verifies it meanwhile. With `integrity`, `fetch` would wait for the whole file,
 * and browsers keep the result of a compilation only if it streams from the network.
 * @param {PinnedFile} file whose URL is absolute
 * @param {RequestInit} [init]
 * @param {typeof fetch} [fetchFile] the browser's own, where `self.fetch` can be another one
 * @param {(bytes: number) => void} [received] called for every piece
 * @returns {Promise<WebAssembly.Module>} of the published content: before that is certain, nobody gets the module
 * @throws {ChangedFileError} the server has another content
 * @throws {Error} it could not be fetched or compiled; the message has its address
 */
export async function compilePinned(file, init, fetchFile = fetch, received = () => {}) {
  if (subtle) {
    try {
      const response = await fetchFile(file.url, init);
      if (response.ok) return await compileWhileHashing(response, file.integrity, received);
    } catch {} // `fetchPinned` finds out why
  }
  const response = await fetchPinned(file, init, fetchFile);
  try {
    return await compile(response);
  } catch (error) {
    throw new Error(`${file.url}: ${reasonOf(error)}`);
  }
}

/** @param {Response} response @param {string} integrity @param {(bytes: number) => void} received */
async function compileWhileHashing(response, integrity, received) {
  const copy = response.clone();
  const compiling = compile(response);
  compiling.catch(() => {}); // what was changed may not be WebAssembly at all
  const content = await contentOf(copy, received);
  if ((await integrityOf(content)) !== integrity) throw new ChangedFileError(response.url);
  return compiling;
}

/** @param {Response} response @param {(bytes: number) => void} received */
async function contentOf(response, received) {
  const pieces = [];
  let bytes = 0;
  for await (const piece of piecesOf(response)) {
    pieces.push(piece);
    bytes += piece.byteLength;
    received(piece.byteLength);
  }
  const content = new Uint8Array(bytes); // a blob would send all of it to another process and back
  let at = 0;
  for (const piece of pieces) {
    content.set(piece, at);
    at += piece.byteLength;
  }
  return content;
}

/** Whatever its Content-Type. With the right one, the browser caches the compiled module. @param {Response} response */
function compile(response) {
  const isTyped = response.headers.get("Content-Type")?.startsWith(WASM);
  const typed = isTyped ? response : new Response(response.body, { headers: { "Content-Type": WASM } });
  return compileStreaming(typed);
}

/** @param {Uint8Array<ArrayBuffer>} content */
async function integrityOf(content) {
  const digest = await /** @type {SubtleCrypto} */ (subtle).digest("SHA-256", content);
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}
