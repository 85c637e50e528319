/** Requests that the reader's code makes: of `http.client` and of the libraries that pyrun adapts to the browser. */
import { reasonOf } from "../../shared/errors.js";
import { watchPolicy, whyRefused } from "./refused_requests.js";

/** @typedef {import("../waiting/blocking.js").StoppableWaits} StoppableWaits */
/** @typedef {import("../start/web_files.js").WebFiles} WebFiles */

/** `timeout` is in seconds, 0 for none. @typedef {{ method: string, url: string, headers: [string, string][], timeout: number }} WebRequest */

/**
 * The answer to a request. `head` is JSON: `AnswerHead` of `pyrun_runtime/web/transport.py`. `read` returns the next piece
 * of the body, which is empty at its end, and `undefined` after Stop; from `requestNow` it returns no promise.
 * @typedef {{ head: string, read(timeout: number): Promise<Uint8Array | undefined> | Uint8Array | undefined, close(): void }} WebAnswer
 */

const NOTHING = new Uint8Array();

/** Makes requests for Python. Those with the URL of a file that the build has copied get that file. */
export class WebRequests {
  #fetch;
  #waits;
  #files;
  #siteUrl;

  /**
   * @param {typeof self.fetch} fetch sends the reader's cookies only if the site's author says so
   * @param {StoppableWaits} waits
   * @param {WebFiles} files
   * @param {string} siteUrl a URL of the site
   */
  constructor(fetch, waits, files, siteUrl) {
    this.#fetch = fetch;
    this.#waits = waits;
    this.#files = files;
    this.#siteUrl = siteUrl;
  }

  /**
   * Makes a request. The body of the answer is read piece by piece.
   * @param {string} description JSON of a `WebRequest`
   * @param {Uint8Array<ArrayBuffer>} [body]
   * @returns {Promise<WebAnswer | undefined>} `undefined` after Stop
   */
  async request(description, body) {
    const { method, url, headers, timeout } = /** @type {WebRequest} */ (JSON.parse(description));
    const copy = this.#copyOf(url, method);
    if (copy) return copy;
    watchPolicy();
    const control = new AbortController();
    const endsInTime = (/** @type {() => Promise<any>} */ act, /** @type {number} */ seconds) =>
      this.#endsInTime(act, seconds, control);
    try {
      const response = await endsInTime(
        () => this.#fetch(url, { method, headers, body: body ?? null, signal: control.signal }),
        timeout,
      );
      if (!response) return undefined;
      const reader = response.body?.getReader();
      return {
        head: headOf(response.status, response.statusText, response, [...response.headers]),
        read: (seconds) => endsInTime(async () => (await reader?.read())?.value ?? NOTHING, seconds),
        close: () => control.abort(),
      };
    } catch (error) {
      const problem = isTimeout(error)
        ? "timeout"
        : await whyRefused(url, this.#siteUrl, this.#fetch, timeout);
      return failed(problem, error);
    }
  }

  /**
   * Makes a request while Python and this worker wait. Nothing can end it before its timeout.
   * @param {string} description JSON of a `WebRequest`
   * @param {Uint8Array<ArrayBuffer>} [body]
   * @returns {WebAnswer}
   */
  requestNow(description, body) {
    const { method, url, headers, timeout } = /** @type {WebRequest} */ (JSON.parse(description));
    const copy = this.#copyOf(url, method);
    if (copy) return copy;
    const request = new XMLHttpRequest();
    try {
      request.open(method, url, false);
      request.responseType = "arraybuffer";
      request.timeout = timeout * 1000;
      for (const [name, value] of headers) request.setRequestHeader(name, value);
      request.send(body);
    } catch (error) {
      return failed(isTimeout(error) ? "timeout" : "unknown", error);
    }
    const lines = request.getAllResponseHeaders().split("\r\n").filter(Boolean);
    const received = lines.map((line) => line.split(/: ?(.*)/s, 2));
    const redirected = URL.canParse(url) && !new URL(url).href.startsWith(request.responseURL);
    const answer = { url: request.responseURL, redirected, type: "" };
    return whole(
      headOf(request.status, request.statusText, answer, received),
      new Uint8Array(request.response ?? NOTHING),
    );
  }

  /** @param {string} url @param {string} method @returns {WebAnswer | null} */
  #copyOf(url, method) {
    const content = this.#files.contentFor(url, method);
    if (!content) return null;
    const answer = { url, redirected: false, type: "copy" };
    const length = ["Content-Length", String(content.byteLength)];
    return whole(headOf(200, "OK", answer, [length]), method === "HEAD" ? NOTHING : content);
  }

  /**
   * @template T
   * @param {() => Promise<T>} act
   * @param {number} seconds
   * @param {AbortController} control
   * @returns {Promise<T | undefined>}
   */
  async #endsInTime(act, seconds, control) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    try {
      const value = await this.#waits.waitFor((resolve, reject) => {
        if (seconds > 0)
          timer = setTimeout(() => reject(new DOMException("timed out", "TimeoutError")), seconds * 1000);
        act().then(resolve, reject);
      });
      if (value === undefined) control.abort();
      return value;
    } catch (error) {
      control.abort();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * @param {number} status
 * @param {string} reason
 * @param {{ url: string, redirected: boolean, type: string }} answer
 * @param {string[][]} headers
 */
const headOf = (status, reason, { url, redirected, type }, headers) =>
  JSON.stringify({ status, reason, url, redirected, type, headers });

/** @param {string} head @param {Uint8Array} content @returns {WebAnswer} */
function whole(head, content) {
  let rest = content;
  const read = () => {
    const piece = rest;
    rest = NOTHING;
    return piece;
  };
  return { head, read, close: read };
}

/** @param {string} problem @param {unknown} error @returns {WebAnswer} */
const failed = (problem, error) => whole(JSON.stringify({ problem, detail: reasonOf(error) }), NOTHING);

/** @param {unknown} error */
const isTimeout = (error) => error instanceof DOMException && error.name === "TimeoutError";
