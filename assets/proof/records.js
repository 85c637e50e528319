/**
 * Records of JSON in a stream (https://www.rfc-editor.org/rfc/rfc7464): each begins with a character that no other output
 * has, so that whatever else gets into the stream damages one record at most.
 */

const SEPARATOR = "\u001e";

/** @param {object} record */
export const written = (record) => `${SEPARATOR}${JSON.stringify(record)}\n`;

/**
 * @param {AsyncIterable<string>} stream text in pieces
 * @returns {AsyncGenerator<any>}
 */
export async function* recordsOf(stream) {
  let rest = "";
  for await (const piece of stream) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const begin = line.lastIndexOf(SEPARATOR);
      if (begin >= 0) yield JSON.parse(line.slice(begin + 1));
    }
  }
}
