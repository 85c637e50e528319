/**
 * Files that are fetched before Pyodide asks for them: it asks for one after the other, and all of them are known from
 * the start.
 */
export class EarlyDownloads {
  #original;
  /** Responses that nobody has asked for yet, by URL. @type {Map<string, { integrity: string | undefined, coming: Promise<Response> }>} */
  #coming = new Map();

  /** @param {typeof fetch} original */
  constructor(original) {
    this.#original = original;
  }

  /** @param {string} url absolute @param {RequestInit} [init] */
  begin(url, init) {
    const coming = this.#original(url, init);
    coming.catch(() => {}); // whoever asks for it hears of it
    this.#coming.set(url, { integrity: init?.integrity, coming });
  }

  /** Answers with what is on its way. @type {typeof fetch} */
  fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, self.location.href).href;
    const early = this.#coming.get(url);
    this.#coming.delete(url); // a body can be read once, and who asks again does so because this one was of no use
    return early && early.integrity === init?.integrity ? early.coming : this.#original(input, init);
  };
}
