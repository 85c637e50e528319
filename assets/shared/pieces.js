/** Reads a response in the pieces in which it arrives. */

/**
 * @param {Response} response whose body nobody else reads
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>>}
 * @throws {Error} the connection broke
 */
export async function* piecesOf(response) {
  const reader = /** @type {ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> | undefined} */ (
    response.body?.getReader()
  );
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read())
    yield piece.value;
}
