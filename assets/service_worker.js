/**
 * The service worker that lets Python wait in browsers without a better way: it answers a request of the Python worker
 * when the page has a letter for it. Its scope is the folder of pyrun's own files, so it never controls a page, and sees
 * requests of the Python worker only. It keeps nothing that matters. A browser may stop it at any time; then the worker
 * requests again and the page sends again.
 *
 * Chrome, Firefox and Safari all answer a worker's synchronous request through its service worker.
 */
import { LETTERS_PATH, LONGEST_WAIT_MS } from "./shared/mailbox_layout.js";

/** @typedef {import("./shared/mailbox_layout.js").Letter} Letter */
/** @typedef {import("./shared/mailbox_layout.js").Delivery} Delivery */

const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** Letters that have not been requested yet, by recipient. @type {Map<string, Letter[]>} */
const letters = new Map();
/** Requests that wait for a letter, by recipient. @type {Map<string, () => void>} */
const waiting = new Map();

scope.addEventListener("install", () => void scope.skipWaiting());
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener("message", ({ data }) => {
  const { to, letter } = /** @type {Delivery} */ (data);
  const others = (letters.get(to) ?? []).filter((other) => other.letter !== letter.letter); // sent again
  letters.set(to, [...others, letter]);
  waiting.get(to)?.();
});

scope.addEventListener("fetch", (event) => {
  const { pathname, searchParams } = new URL(event.request.url);
  if (!pathname.endsWith(`/${LETTERS_PATH}`)) return;
  const waitMs = Math.min(Number(searchParams.get("wait")), LONGEST_WAIT_MS);
  event.respondWith(answer(searchParams.get("to") ?? "", waitMs));
});

/**
 * All letters for a recipient, as soon as there is one; none after the time is over.
 * @param {string} to
 * @param {number} waitMs
 */
async function answer(to, waitMs) {
  if (!letters.has(to) && waitMs > 0) {
    await new Promise((resolve) => {
      waiting.set(to, () => resolve(null));
      setTimeout(resolve, waitMs, null);
    });
    waiting.delete(to);
  }
  const found = letters.get(to) ?? [];
  letters.delete(to);
  return Response.json(found, { headers: { "cache-control": "no-store" } });
}
