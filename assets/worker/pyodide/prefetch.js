/** Fetches files before Pyodide requests them: it requests one after the other, and all are known from the start. */

/** What `fetch` is asked for: an absolute URL, or a relative one as it is. @param {RequestInfo | URL} input */
export function addressOf(input) {
  const url = input instanceof Request ? input.url : String(input);
  return URL.canParse(url) ? new URL(url).href : url;
}

export class Prefetcher {
  #original;
  /** Responses that have not been requested yet, by URL. @type {Map<string, { integrity: string | undefined, pending: Promise<Response> }>} */
  #pending = new Map();

  /** @param {typeof fetch} original */
  constructor(original) {
    this.#original = original;
  }

  /** @param {string} url absolute @param {RequestInit} [init] */
  begin(url, init) {
    const pending = this.#original(url, init);
    pending.catch(() => {}); // reported to the one who requests it
    this.#pending.set(url, { integrity: init?.integrity, pending });
  }

  /** Answers with the response that is on its way, once: a body can be read once. @type {typeof fetch} */
  fetch = async (input, init) => {
    const url = addressOf(input);
    const early = this.#pending.get(url);
    this.#pending.delete(url); // a second request means that something was wrong with the first response
    return early && early.integrity === init?.integrity ? early.pending : this.#original(input, init);
  };
}
