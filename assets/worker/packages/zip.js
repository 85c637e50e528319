/** Zip archives, with the terms of https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT. */

/**
 * A file in an archive. `bytes` is its size, `packed` its compressed content; `local` and `central` are its two headers,
 * both with its name.
 * @typedef {{
 *   name: string, bytes: number, method: number, packed: Uint8Array<ArrayBuffer>,
 *   local: Uint8Array<ArrayBuffer>, central: Uint8Array<ArrayBuffer>,
 * }} Entry
 */

/** Offsets of the fields that are used, in both headers. */
const LOCAL = {
  flags: 6,
  method: 8,
  crc: 14,
  packedBytes: 18,
  bytes: 22,
  nameLength: 26,
  extraLength: 28,
  length: 30,
};
const CENTRAL = {
  ...{ flags: 8, method: 10, crc: 16, packedBytes: 20, bytes: 24, nameLength: 28, extraLength: 30 },
  ...{ commentLength: 32, offset: 42, length: 46 },
};
const END = { signature: 0x06054b50, count: 8, total: 10, centralBytes: 12, centralOffset: 16, length: 22 };

const STORED = 0;
const DEFLATED = 8;

/** Replaces a size that needs more than four bytes (Zip64). */
const TOO_LARGE = 0xffffffff;

/** A flag: the sizes follow the content. */
const STREAMED = 1 << 3;
const ENCRYPTED = 1 << 0;

/**
 * @param {Uint8Array<ArrayBuffer>} archive
 * @returns {Entry[]} views of the archive
 * @throws {Error} it is not an archive, or not one that can be read here
 */
export function readEntries(archive) {
  const view = viewOf(archive);
  let end = archive.length - END.length;
  while (end >= 0 && view.getUint32(end, true) !== END.signature) end -= 1;
  if (end < 0) throw new Error("no zip archive");
  let at = view.getUint32(end + END.centralOffset, true);
  return Array.from({ length: view.getUint16(end + END.total, true) }, () => {
    const [nameLength, extraLength, commentLength] = [
      view.getUint16(at + CENTRAL.nameLength, true),
      view.getUint16(at + CENTRAL.extraLength, true),
      view.getUint16(at + CENTRAL.commentLength, true),
    ];
    const next = at + CENTRAL.length + nameLength + extraLength + commentLength;
    const central = archive.subarray(at, next);
    const method = view.getUint16(at + CENTRAL.method, true);
    const [packedBytes, bytes] = [
      view.getUint32(at + CENTRAL.packedBytes, true),
      view.getUint32(at + CENTRAL.bytes, true),
    ];
    const isPlain =
      (method === STORED || method === DEFLATED) &&
      !(view.getUint16(at + CENTRAL.flags, true) & ENCRYPTED) &&
      Math.max(packedBytes, bytes) < TOO_LARGE;
    if (!isPlain) throw new Error("not a plain archive");
    const name = new TextDecoder("utf-8", { fatal: true }).decode(
      central.subarray(CENTRAL.length, CENTRAL.length + nameLength),
    );
    const start = view.getUint32(at + CENTRAL.offset, true);
    const content =
      start +
      LOCAL.length +
      view.getUint16(start + LOCAL.nameLength, true) +
      view.getUint16(start + LOCAL.extraLength, true);
    const packed = archive.subarray(content, content + packedBytes);
    at = next;
    return { name, bytes, method, packed, local: archive.subarray(start, content), central };
  });
}

/**
 * @param {Entry} entry
 * @param {Uint8Array<ArrayBuffer>} target as long as the unpacked file
 * @throws {Error} it is damaged
 */
export async function unpack({ name, method, packed }, target) {
  if (method === STORED) return target.set(packed);
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const writer = writable.getWriter();
  // Failures are reported where the content is read.
  writer.write(packed).catch(() => {});
  writer.close().catch(() => {});
  const reader = readable.getReader();
  let at = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    target.set(piece.value, at);
    at += piece.value.length;
  }
  if (at !== target.length) throw new Error(`${name} is not as long as the archive says`);
}

/** The same file, empty. @param {Entry} entry @returns {Entry} */
export function withoutContent({ name, local, central }) {
  const [emptyLocal, emptyCentral] = [local.slice(), central.slice()];
  for (const [header, offsets] of /** @type {const} */ ([
    [emptyLocal, LOCAL],
    [emptyCentral, CENTRAL],
  ])) {
    const view = viewOf(header);
    view.setUint16(offsets.flags, view.getUint16(offsets.flags, true) & ~STREAMED, true);
    view.setUint16(offsets.method, STORED, true);
    for (const offset of [offsets.crc, offsets.packedBytes, offsets.bytes]) view.setUint32(offset, 0, true);
  }
  return {
    name,
    bytes: 0,
    method: STORED,
    packed: new Uint8Array(),
    local: emptyLocal,
    central: emptyCentral,
  };
}

/** An archive. @param {Entry[]} entries @returns {Blob} */
export function writeArchive(entries) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const centrals = [];
  let offset = 0;
  for (const { local, packed, central } of entries) {
    const header = central.slice();
    viewOf(header).setUint32(CENTRAL.offset, offset, true);
    centrals.push(header);
    offset += local.length + packed.length;
  }
  const end = new Uint8Array(END.length);
  const view = viewOf(end);
  view.setUint32(0, END.signature, true);
  view.setUint16(END.count, entries.length, true);
  view.setUint16(END.total, entries.length, true);
  view.setUint32(
    END.centralBytes,
    centrals.reduce((sum, { length }) => sum + length, 0),
    true,
  );
  view.setUint32(END.centralOffset, offset, true);
  return new Blob([...entries.flatMap(({ local, packed }) => [local, packed]), ...centrals, end]);
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function viewOf({ buffer, byteOffset, byteLength }) {
  return new DataView(buffer, byteOffset, byteLength);
}
