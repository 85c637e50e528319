/** Links with code: encoded into the fragment of an address, which browsers send to no server, and decoded. */

import { isFileName, MOST_FILES } from "../playground/file_name.js";

/**
 * What a link holds. The first file is the code that runs. `cell` is the name of the cell or its position in the page,
 * from 0. `of` is the hash of the author's code (edits/edit.js), or empty. A playground has further files, `packages` that
 * the reader has chosen, and perhaps files of the author that are `deleted`.
 * @typedef {{
 *   cell: string, of: string, files: { name: string, code: string }[], packages: string[], deleted?: string[],
 * }} Shared
 */

/** Why a link cannot be opened: something is wrong with it, it unpacks to too much, or a newer pyrun made it. @typedef {"damaged" | "large" | "newer"} LinkReason */

/** A link that cannot be made or opened. */
export class LinkError extends Error {
  /** @param {LinkReason} reason */
  constructor(reason) {
    super(`the link is ${reason}`);
    this.reason = reason;
  }
}

/** What fragments with code begin with. */
export const FRAGMENT = "#pyrun=";

/** Longer addresses are cut off by many programs in which people send links. */
const MOST_CHARACTERS = 60_000;

/** A hundred times as much code as an example has. */
const MOST_BYTES = 200_000;

const VERSION = 1;

/** The name of a package, as lock files have it. */
const PACKAGE = /^[a-z0-9][\w.-]*$/i;

/** With a checksum, unlike "deflate-raw", so that a link that was cut off is noticed. */
const COMPRESSION = "deflate";

/** @param {Shared} shared @returns {Promise<string>} the fragment @throws {LinkError} there is too much code for a link */
export async function encodeLink(shared) {
  const bytes = new TextEncoder().encode(JSON.stringify({ v: VERSION, ...shared }));
  if (bytes.length > MOST_BYTES) throw new LinkError("large");
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream(COMPRESSION));
  const packed = new Uint8Array(await new Response(stream).arrayBuffer());
  const binary = Array.from(packed, (byte) => String.fromCharCode(byte)).join("");
  const text = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  if (text.length > MOST_CHARACTERS) throw new LinkError("large");
  return FRAGMENT + text;
}

/**
 * @param {string} fragment
 * @returns {Promise<Shared>}
 * @throws {LinkError} anybody can make links, so every part of it is checked
 */
export async function decodeLink(fragment) {
  const text = fragment.slice(FRAGMENT.length);
  if (text.length > MOST_CHARACTERS) throw new LinkError("large");
  if (!fragment.startsWith(FRAGMENT) || !/^[\w-]+$/.test(text)) throw new LinkError("damaged");
  const json = await unpack(text);
  let value;
  try {
    value = JSON.parse(json);
  } catch {
    throw new LinkError("damaged");
  }
  if (Number(value?.v) > VERSION) throw new LinkError("newer");
  if (!isShared(value)) throw new LinkError("damaged");
  const { cell, of, files, packages, deleted } = value;
  return {
    cell,
    of,
    packages,
    ...(deleted && { deleted }),
    files: files.map(({ name, code }) => ({ name, code: code.replace(/\r\n?/g, "\n") })),
  };
}

/**
 * Unpacks piece by piece, and stops at the limit: a short text can be packed from gigabytes.
 * @param {string} text
 */
async function unpack(text) {
  const pieces = [];
  let total = 0;
  try {
    const packed = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (unit) =>
      unit.charCodeAt(0),
    );
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream(COMPRESSION));
    const reader = stream.getReader();
    for (let { value } = await reader.read(); value; { value } = await reader.read()) {
      total += value.length;
      if (total > MOST_BYTES) {
        void reader.cancel();
        throw new LinkError("large");
      }
      pieces.push(value);
    }
    const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw error instanceof LinkError ? error : new LinkError("damaged");
  }
}

/** @param {unknown} value @returns {value is Shared} */
function isShared(value) {
  if (typeof value !== "object" || value === null) return false;
  const { cell, of, files, packages, deleted = [] } = /** @type {Record<string, unknown>} */ (value);
  return (
    typeof cell === "string" &&
    typeof of === "string" &&
    Array.isArray(files) &&
    files.length > 0 &&
    files.length <= MOST_FILES &&
    files.every((file) => typeof file?.name === "string" && typeof file.code === "string") &&
    areNames(files.slice(1).map(({ name }) => name)) &&
    Array.isArray(packages) &&
    packages.every((name) => typeof name === "string" && PACKAGE.test(name)) &&
    Array.isArray(deleted) &&
    areNames(deleted)
  );
}

/** @param {unknown[]} names @returns {boolean} whether files beside the code can have them, all together */
const areNames = (names) =>
  names.every((name, at) => typeof name === "string" && isFileName(name) && names.indexOf(name) === at);
