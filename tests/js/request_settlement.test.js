/** How the loader requests the settlement of the site. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { requestSettlement } from "../../assets/page/settlement/request_settlement.js";

/** In the loader, where build.mjs defines `import.meta.url`, the folder of the loader. */
const FOLDER = new URL("../../assets/page/", import.meta.url).pathname;

test("bodies are read at once, because the time limit of a request ends an unread one", async (context) => {
  /** @type {Response[]} */
  const responses = [];
  context.mock.method(globalThis, "fetch", async (/** @type {URL} */ url) => {
    const response = new Response(url.pathname, { status: url.pathname.endsWith("off.json") ? 404 : 200 });
    responses.push(response);
    return response;
  });
  const { fresh } = requestSettlement();
  const [settlement, off] = await fresh;
  assert.ok(responses.length === 4 && responses.every(({ bodyUsed }) => bodyUsed));
  const shared = { statusText: "" };
  assert.deepEqual(settlement, {
    status: "fulfilled",
    value: { ...shared, ok: true, status: 200, body: `${FOLDER}settlement.json` },
  });
  assert.deepEqual(off, {
    status: "fulfilled",
    value: { ...shared, ok: false, status: 404, body: `${FOLDER}off.json` },
  });
});
