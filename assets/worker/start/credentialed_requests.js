/**
 * Removes from a worker of an opaque origin what can still send the reader's cookies to a site. Seen in 2026: Firefox 153
 * opens a WebSocket with the origin of the page and all of its cookies; Chromium 156 sends cookies with `SameSite=None`
 * with an EventSource, a WebSocket and an XMLHttpRequest that asks for them. A sub-worker would have all of these again.
 */

const CONSTRUCTORS = ["EventSource", "SharedWorker", "WebSocket", "WebSocketStream", "Worker"];

/** Called before any code of a reader runs. */
export function removeCredentialedRequests() {
  for (const name of CONSTRUCTORS) Reflect.deleteProperty(self, name);
  Reflect.deleteProperty(XMLHttpRequest.prototype, "withCredentials");
}
