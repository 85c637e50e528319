/**
 * Fetches files for a worker of an opaque origin, which cannot read the site's files itself. It fetches only what the
 * settlement of the site lists, with the checksum that stands there: a reader's code that gets hold of the worker's end of
 * the port can read the files that everybody can read, and nothing else.
 */
import { CORE_MODULE, LIBRARY } from "../../shared/core_files.js";
import { reasonOf } from "../../shared/errors.js";
import { piecesOf } from "../../shared/pieces.js";
import { fetchPinned } from "../../shared/pinned_files.js";
import { compilePinned } from "../../shared/pinned_wasm.js";
import { assetUrl } from "../asset_url.js";

/** @import { CoreMessage, FileAnswer, FileRequest } from "../../shared/file_messages.js" */
/** @import { Modules, Start } from "../../shared/protocol.js" */

/** @typedef {(url: string) => string | undefined} IntegrityOf the checksum of a file that the settlement lists */

/** pyrun's own files that a worker loads. */
const OWN = [__PYRUN_RUNTIME__, __PYRUN_TURTLE__].map(({ url, integrity }) => ({
  url: assetUrl(url),
  integrity,
}));

/** The files of one worker. */
export class FileService {
  #init;
  #integrityOf;
  #port;
  /** Files that every start needs, until the worker requests them. @type {Map<string, Promise<Response>>} */
  #early = new Map();

  /** For the worker. @type {MessagePort} */
  port;

  /** Pyodide's own WebAssembly, compiled here because browsers keep the result for a site. @type {Promise<CoreMessage> | null} */
  core = null;

  /**
   * Starts to fetch what every start needs.
   * @param {Start} start
   * @param {Modules} modules WebAssembly that is compiled already
   * @param {IntegrityOf} integrityOf
   */
  constructor({ core, rest, lock, credentials }, modules, integrityOf) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.port = port2;
    this.#init = { credentials };
    const own = new Map(OWN.map(({ url, integrity }) => [url, integrity]));
    this.#integrityOf = (/** @type {string} */ url) => own.get(url) ?? integrityOf(url);
    port1.onmessage = ({ data }) => void this.#answer(data);
    for (const file of [core[LIBRARY], ...rest, OWN[0], lock])
      if (file) this.#early.set(file.url, this.#fetch(file));
    for (const pending of this.#early.values()) pending.catch(() => {}); // reported to the worker that requests it
    const module = core[CORE_MODULE];
    if (module && !modules.has(CORE_MODULE)) this.core = this.#compile(module);
  }

  close() {
    this.#port.close();
  }

  /** @param {PinnedFile} file @returns {Promise<CoreMessage>} */
  async #compile(file) {
    try {
      const module = await compilePinned(file, this.#init, fetch, (bytes) =>
        this.#post({ type: "received", bytes }),
      );
      return { type: "core", module, problem: "" };
    } catch (error) {
      return { type: "core", module: null, problem: reasonOf(error) };
    }
  }

  /** @param {unknown} message from the worker, or from a reader's code in it */
  async #answer(message) {
    const { request, url } = /** @type {FileRequest} */ (message ?? {});
    if (typeof request !== "number" || typeof url !== "string") return;
    const integrity = this.#integrityOf(url);
    if (!integrity) return this.#post({ type: "unlisted", request });
    try {
      const early = this.#early.get(url);
      this.#early.delete(url); // a body can be read once
      const response = await (early ?? this.#fetch({ url, integrity }));
      const content = await response.arrayBuffer();
      const { status, statusText } = response;
      this.#post({ type: "content", request, content, status: { status, statusText } }, [content]);
    } catch (error) {
      this.#post({ type: "failed", request, detail: reasonOf(error) });
    }
  }

  /** @param {PinnedFile} file */
  #fetch(file) {
    return fetchPinned(file, this.#init, OWN.some(({ url }) => url === file.url) ? fetch : this.#counting);
  }

  /** A `fetch` whose bytes the worker counts. @type {typeof fetch} */
  #counting = async (input, init) => {
    const response = await fetch(input, init);
    void this.#count(response.clone());
    return response;
  };

  /** @param {Response} response */
  async #count(response) {
    try {
      for await (const { byteLength } of piecesOf(response))
        this.#post({ type: "received", bytes: byteLength });
    } catch {
      // The reader of the response reports it.
    }
  }

  /** @param {FileAnswer} answer @param {Transferable[]} [transferred] */
  #post(answer, transferred = []) {
    this.#port.postMessage(answer, transferred);
  }
}
