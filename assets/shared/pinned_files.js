/** Fetches files of the site only if their content is what was published. */
import { describeStatus, reasonOf } from "./errors.js";

const CHANGED = "has been changed";

/** The content of a file is not what was published. */
export class ChangedFileError extends Error {
  /** @param {string} address of the file */
  constructor(address) {
    super(`${address} ${CHANGED}`);
    this.address = address;
  }
}

/** Whether an error says that a file was changed: of some, Pyodide passes on the message alone. @param {unknown} error */
export const tellsOfChange = (error) => reasonOf(error).includes(CHANGED);

/**
 * Fetches a file, once more past the cache if its content is wrong: a cache may have an old or a damaged one. That also
 * helps where a connection breaks: mobile networks do, and servers close one from which a slow device reads nothing for a
 * while (nginx after 60 seconds: `send_timeout`).
 * @param {PinnedFile} file whose URL is absolute
 * @param {RequestInit} [init]
 * @param {typeof fetch} [fetchFile] the browser's own, where `self.fetch` can be another one
 * @returns {Promise<Response>} with the published content
 * @throws {ChangedFileError} the server has another content
 * @throws {Error} it could not be fetched; the message has its address
 */
export async function fetchPinned({ url, integrity }, init, fetchFile = fetch) {
  if (!integrity) throw new Error(`${url}: no checksum`);
  const pinned = { ...init, integrity };
  try {
    return await fetchFile(url, pinned);
  } catch {} // a browser tells no reason
  try {
    const answer = await fetchFile(url, { ...init, cache: "reload" });
    await answer.arrayBuffer(); // the cache has it, so that what follows is no matter of the connection
    if (!answer.ok) throw new Error(describeStatus(answer));
  } catch (error) {
    throw new Error(`${url}: ${reasonOf(error)}`);
  }
  return fetchFile(url, { ...pinned, cache: "force-cache" }).catch(() => {
    throw new ChangedFileError(url);
  });
}
