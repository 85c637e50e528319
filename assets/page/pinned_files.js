/** Uses pyrun's own files only if their content is what the build pinned. */
import { reasonOf } from "../shared/errors.js";
import { ChangedFileError, fetchPinned } from "../shared/pinned_files.js";
import { assetUrl } from "./asset_url.js";
import { EARLY_FAILURE_MESSAGES } from "./messages.js";

/** Files that are being compared, by their names. @type {Map<string, Promise<Response>>} */
const checking = new Map();

/** @param {PinnedFile} file @param {RequestInit} [init] */
const fetchAsset = ({ url, integrity }, init) => fetchPinned({ url: assetUrl(url), integrity }, init);

/**
 * The text of a file, for what is made from a text and not from a URL.
 * @param {PinnedFile} file
 * @throws {ChangedFileError} it is not the file that was built
 * @throws {Error} it could not be fetched
 */
export const verifiedText = async (file) => (await fetchAsset(file)).text();

/**
 * Compares a file that the browser will load by its URL, and cannot compare itself: a worker, a service worker, a
 * frame. To be called before each load, because the cache may have another file since. The browser loads workers and frames
 * from its cache afterwards, service workers from the network. A server that answers this request and the next one
 * differently is not noticed.
 * @param {PinnedFile} file
 * @param {RequestInit} [init]
 * @throws {ChangedFileError} it is not the file that was built
 * @throws {Error} it could not be fetched
 */
export async function checkPinned(file, init) {
  const pending = checking.get(file.url) ?? fetchAsset(file, init);
  checking.set(file.url, pending);
  try {
    await pending;
  } finally {
    checking.delete(file.url);
  }
}

/** Why a file cannot be used, for the reader. @param {unknown} error */
export const explainFile = (error) =>
  error instanceof ChangedFileError ? `${EARLY_FAILURE_MESSAGES.changed} ${error.address}` : reasonOf(error);
