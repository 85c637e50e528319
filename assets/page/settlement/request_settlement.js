/** Requests the settlement of the site and its off switch, which are beside the loader. */
import { assetUrl } from "../asset_url.js";

/**
 * A response whose body has been read: an unread one can still fail later, when the request is aborted.
 * @typedef {Pick<Response, "ok" | "status" | "statusText"> & { body: string }} Answer
 */

/**
 * The answers for `settlement.json` and `off.json`.
 * @typedef {PromiseSettledResult<Answer>[]} Answers
 */

/**
 * `copy` may come from the browser's cache, however old it is; `fresh` has been compared with the server's. `request`
 * requests both files again; `query` is added to their URLs. They are in the folder of the URL `base`.
 * @typedef {{
 *   base: string,
 *   copy: Promise<Answers>,
 *   fresh: Promise<Answers>,
 *   request(cache: RequestCache, query?: string): Promise<Answers>,
 * }} SettlementRequests
 */

/** How long a request may take until its body is complete. Runs wait as long only if there is no copy. */
const LONGEST_MS = 60_000;

const base = assetUrl("");

/** @type {SettlementRequests["request"]} */
const request = (cache, query = "") =>
  Promise.allSettled(
    ["settlement", "off"].map(async (name) => {
      const response = await fetch(new URL(`${name}.json${query}`, base), {
        cache,
        signal: AbortSignal.timeout(LONGEST_MS),
      });
      const { ok, status, statusText } = response;
      return { ok, status, statusText, body: await response.text() };
    }),
  );

/** @returns {SettlementRequests} */
export const requestSettlement = () => ({
  base,
  copy: request("force-cache"),
  fresh: request("no-cache"),
  request,
});
