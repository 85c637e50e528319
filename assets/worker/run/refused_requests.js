/**
 * Finds out why a browser refused a request: it tells code nothing, so that pages cannot spy on networks. `Refusal` of
 * `pyrun_runtime/web/transport.py` has the same words.
 */

/** @typedef {"offline" | "policy" | "insecure" | "other-site" | "unreachable" | "unknown"} Refusal */

const LOOPBACK = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** How long the second request may take. */
const MOST_SECONDS = 5;

/** Addresses to which the policy of this worker has forbidden requests. @type {Set<string>} */
const forbidden = new Set();

/** @param {Event} event */
function notePolicy(event) {
  const { blockedURI, effectiveDirective } = /** @type {SecurityPolicyViolationEvent} */ (event);
  if (effectiveDirective === "connect-src" && URL.canParse(blockedURI))
    forbidden.add(new URL(blockedURI).origin);
}

/** Learns what the policy forbids, from the first request on. It may be called with each. */
export const watchPolicy = () => self.addEventListener("securitypolicyviolation", notePolicy);

/**
 * Why a request failed. It may make another request to the same URL, whose answer stays hidden.
 * @param {string} url
 * @param {string} siteUrl a URL of the site
 * @param {typeof self.fetch} fetch
 * @param {number} timeout in seconds, 0 for none
 * @returns {Promise<Refusal>}
 */
export async function whyRefused(url, siteUrl, fetch, timeout) {
  if (!URL.canParse(url)) return "unknown";
  const { origin, protocol, hostname } = new URL(url);
  if (navigator.onLine === false && !LOOPBACK.test(hostname)) return "offline";
  await new Promise((resolve) => setTimeout(resolve)); // the event about the policy comes after the failure
  if (forbidden.has(origin)) return "policy";
  const site = new URL(siteUrl);
  if (protocol === "http:" && site.protocol === "https:" && !LOOPBACK.test(hostname)) return "insecure";
  const signal = AbortSignal.timeout(Math.min(timeout || MOST_SECONDS, MOST_SECONDS) * 1000);
  try {
    await fetch(url, { method: "HEAD", mode: "no-cors", redirect: "follow", signal });
  } catch {
    return "unreachable";
  }
  return origin === site.origin && self.origin === site.origin ? "unknown" : "other-site";
}
