/**
 * Unpacks files of zip archives. The browser checks their CRC-32 and length natively, because it takes each of them for a
 * gzip file (RFC 1952), which has both at its end. `deflate-raw` would check nothing.
 */
import { RefusedArchive, STORED } from "./zip.js";

/** @import { Entry } from "./zip.js" */

/** Of a gzip file: its signature, deflate, no flags, no time, an unknown system. */
const GZIP_HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
const TRAILER_BYTES = 8;

/** Content that deflate does not compress is in blocks, with a header each: RFC 1951, section 3.2.4. */
const MOST_BLOCK_BYTES = 0xffff;
const BLOCK_HEADER_BYTES = 5;

/**
 * @param {Entry} entry
 * @param {Uint8Array<ArrayBuffer>} target as long as the unpacked file
 * @throws {RefusedArchive} it is not what the archive says
 */
export async function unpack(entry, target) {
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  // Failures are reported where the content is read.
  writer.write(gzipOf(entry)).catch(() => {});
  writer.close().catch(() => {});
  const reader = readable.getReader();
  let at = 0;
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      target.set(piece.value, at); // throws if it is too much
      at += piece.value.length;
    }
  } catch {
    reader.cancel().catch(() => {});
    at = -1;
  }
  if (at !== target.length) throw new RefusedArchive(`${entry.name} is not what the archive says`);
}

/** @param {Entry} entry @returns {Uint8Array<ArrayBuffer>} the same file, as gzip has it */
function gzipOf({ method, packed, crc, bytes }) {
  const blocks = method === STORED ? Math.max(1, Math.ceil(packed.length / MOST_BLOCK_BYTES)) : 0;
  const end = GZIP_HEADER.length + packed.length + blocks * BLOCK_HEADER_BYTES;
  const gzip = new Uint8Array(end + TRAILER_BYTES);
  const view = new DataView(gzip.buffer);
  gzip.set(GZIP_HEADER);
  if (method !== STORED) gzip.set(packed, GZIP_HEADER.length);
  for (let block = 0, at = GZIP_HEADER.length; block < blocks; block += 1) {
    const content = packed.subarray(block * MOST_BLOCK_BYTES, (block + 1) * MOST_BLOCK_BYTES);
    gzip[at] = Number(block === blocks - 1); // whether it is the last
    view.setUint16(at + 1, content.length, true);
    view.setUint16(at + 3, ~content.length, true);
    gzip.set(content, at + BLOCK_HEADER_BYTES);
    at += BLOCK_HEADER_BYTES + content.length;
  }
  view.setUint32(end, crc, true);
  view.setUint32(end + 4, bytes, true);
  return gzip;
}
