/**
 * The classes of requests and responses, for a scope without a network. Those of Node are not used: they are a client for
 * HTTP, which needs what `scope.js` removes.
 */

export const NO_NETWORK = "Failed to fetch: examples have no network while they are checked";

/** @typedef {Record<string, string> | Iterable<[string, string]>} HeadersGiven */

/** Names are in lower case, as in browsers. */
export class Headers {
  /** @type {Map<string, string>} */
  #values = new Map();

  /** @param {HeadersGiven} [given] */
  constructor(given = {}) {
    const entries = Symbol.iterator in given ? [...given] : Object.entries(given);
    for (const [name, value] of entries) this.append(name, value);
  }

  /** @param {string} name @param {string} value */
  append(name, value) {
    const before = this.get(name);
    this.set(name, before === null ? String(value) : `${before}, ${value}`);
  }

  /** @param {string} name @param {string} value */
  set(name, value) {
    this.#values.set(String(name).toLowerCase(), String(value));
  }

  /** @param {string} name */
  get(name) {
    return this.#values.get(String(name).toLowerCase()) ?? null;
  }

  /** @param {string} name */
  has(name) {
    return this.get(name) !== null;
  }

  /** @param {string} name */
  delete(name) {
    this.#values.delete(String(name).toLowerCase());
  }

  /** @param {(value: string, name: string, headers: Headers) => void} call */
  forEach(call) {
    for (const [name, value] of this) call(value, name, this);
  }

  entries() {
    return this.#values.entries();
  }

  keys() {
    return this.#values.keys();
  }

  values() {
    return this.#values.values();
  }

  [Symbol.iterator]() {
    return this.entries();
  }
}

/** Describes a request. It is never sent. */
export class UnsentRequest {
  /** @param {string | URL | UnsentRequest} input @param {{ method?: string, headers?: HeadersGiven }} [init] */
  constructor(input, init = {}) {
    this.url = input instanceof UnsentRequest ? input.url : new URL(String(input)).href;
    this.method = init.method ?? (input instanceof UnsentRequest ? input.method : "GET");
    this.headers = new Headers(init.headers);
    this.referrer = this.referrerPolicy = "";
  }
}

/** A response whose content is there. */
export class FilledResponse {
  #content;
  url = "";
  type = "default";
  redirected = false;
  bodyUsed = false;

  /**
   * @param {BlobPart | null} [content]
   * @param {{ status?: number, statusText?: string, headers?: HeadersGiven }} [init]
   */
  constructor(content = null, { status = 200, statusText = "", headers = {} } = {}) {
    this.#content = new Blob(content === null ? [] : [content]);
    this.status = status;
    this.statusText = statusText;
    this.headers = new Headers(headers);
  }

  /** @param {unknown} value */
  static json(value) {
    return new FilledResponse(JSON.stringify(value), { headers: { "Content-Type": "application/json" } });
  }

  static error() {
    return new FilledResponse(null, { status: 0 });
  }

  get ok() {
    return this.status >= 200 && this.status < 300;
  }

  get body() {
    return this.#content.stream();
  }

  clone() {
    const copy = new FilledResponse(this.#content, this);
    copy.url = this.url;
    return copy;
  }

  arrayBuffer() {
    return this.#take().arrayBuffer();
  }

  text() {
    return this.#take().text();
  }

  async json() {
    return JSON.parse(await this.text());
  }

  async blob() {
    return this.#take();
  }

  async bytes() {
    return new Uint8Array(await this.arrayBuffer());
  }

  #take() {
    if (this.bodyUsed) throw new TypeError("the body was read already");
    this.bodyUsed = true;
    return this.#content;
  }
}

/** A request that cannot be sent. */
export class RefusedXMLHttpRequest {
  withCredentials = false;
  status = 0;
  statusText = "";
  responseURL = "";
  response = null;
  responseText = "";
  open() {}
  setRequestHeader() {}
  overrideMimeType() {}
  abort() {}
  getAllResponseHeaders() {
    return "";
  }
  getResponseHeader() {
    return null;
  }
  send() {
    throw new DOMException(NO_NETWORK, "NetworkError");
  }
}
