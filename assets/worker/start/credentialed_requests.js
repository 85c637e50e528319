/**
 * Keeps a worker of an opaque origin from sending the reader's cookies to a site. Seen in 2026: Firefox 153 opens a
 * WebSocket with the origin of the page and all of its cookies; Chromium 156 sends cookies with `SameSite=None` with an
 * EventSource, a WebSocket, and a `fetch` or XMLHttpRequest that asks for them. A sub-worker would have all of these again.
 */

const CONSTRUCTORS = ["EventSource", "SharedWorker", "WebSocket", "WebSocketStream", "Worker"];

const original = self.fetch.bind(self);

/** @type {typeof fetch} */
const fetchWithoutCookies = (input, init) => original(input, { ...init, credentials: "omit" });

/** The browser's own: each start replaces `self.fetch`. In a worker of an opaque origin it never sends cookies. */
export const browserFetch = self.origin === "null" ? fetchWithoutCookies : original;

/** Called before any code of a reader runs. */
export function removeCredentialedRequests() {
  for (const name of CONSTRUCTORS) Reflect.deleteProperty(self, name);
  Reflect.deleteProperty(XMLHttpRequest.prototype, "withCredentials");
  // The prototype has the browser's own, which would be back if code deleted `self.fetch`.
  for (let owner = Object.getPrototypeOf(self); owner !== null; owner = Object.getPrototypeOf(owner)) {
    if (Object.hasOwn(owner, "fetch")) owner.fetch = fetchWithoutCookies;
  }
}
