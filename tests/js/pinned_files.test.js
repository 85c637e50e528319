/** Files that are not those of the build are refused, and the reason is told from other failures. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { beforeEach, test } from "node:test";
import "./fake_page.js";
import "./fake_worker.js";

const { checkPinned, explainFile, verifiedText } = await import("../../assets/page/pinned_files.js");
const { prepareWorker } = await import("../../assets/page/interpreter/prepare_worker.js");
const { EARLY_FAILURE_MESSAGES } = await import("../../assets/page/messages.js");

const TEXT = "the file";
const hashOf = (/** @type {string} */ text) => `sha256-${createHash("sha256").update(text).digest("base64")}`;
const FILE = { url: "./file-1.js", integrity: hashOf(TEXT) };
const ADDRESS = new URL("../../assets/page/file-1.js", import.meta.url).href;

/** The server, and what the browser's cache has. `breaks` counts transfers that will break. */
const server = { content: TEXT, status: 200, isReached: true, breaks: 0 };
let cached = "";
/** The requests. @type {{ url: string, cache?: RequestCache, integrity?: string }[]} */
let requests = [];

/** As a browser does it. @param {string} url @param {RequestInit} [init] */
async function fakeFetch(url, { cache, integrity } = {}) {
  requests.push({ url, ...(cache && { cache }), ...(integrity && { integrity }) });
  if (!server.isReached || server.breaks-- > 0) throw new TypeError("Failed to fetch");
  if (cache === "reload" || !cached) cached = server.content;
  if (integrity && integrity !== hashOf(cached)) throw new TypeError("Failed to fetch");
  return new Response(cached, { status: server.status });
}

beforeEach(() => {
  Object.assign(server, { content: TEXT, status: 200, isReached: true, breaks: 0 });
  Object.assign(globalThis, { fetch: fakeFetch });
  cached = "";
  requests = [];
});

test("an unchanged file takes one request, with its hash", async () => {
  assert.equal(await verifiedText(FILE), "the file");
  assert.deepEqual(requests, [{ url: ADDRESS, integrity: FILE.integrity }]);
});

test("a changed file is refused with the sentence for readers and its address", async () => {
  server.content = "something else";
  const error = await verifiedText(FILE).catch((thrown) => thrown);
  assert.equal(error.address, ADDRESS);
  assert.equal(explainFile(error), `${EARLY_FAILURE_MESSAGES.changed} ${ADDRESS}`);
});

test("a wrong file in the browser's cache is replaced by the server's", async () => {
  cached = "an old file";
  assert.equal(await verifiedText(FILE), "the file");
  assert.deepEqual(requests[1], { url: ADDRESS, cache: "reload" });
});

test("a file that is gone, or cannot be reached, is not called changed", async () => {
  Object.assign(server, { content: "Not found", status: 404 });
  await assert.rejects(verifiedText(FILE), { message: `${ADDRESS}: 404` });
  server.isReached = false;
  await assert.rejects(verifiedText(FILE), { message: `${ADDRESS}: Failed to fetch` });
});

test("a connection that breaks is not called a change", async () => {
  server.breaks = 1;
  assert.equal(await verifiedText(FILE), TEXT);
  server.breaks = 2;
  await assert.rejects(verifiedText(FILE), { message: `${ADDRESS}: Failed to fetch` });
});

test("a file is compared again before each load, and once for loads at the same time", async () => {
  await Promise.all([checkPinned(FILE), checkPinned(FILE)]);
  assert.equal(requests.length, 1);
  await checkPinned(FILE);
  assert.equal(requests.length, 2);
  cached = "a file that came since";
  server.content = cached;
  await assert.rejects(checkPinned(FILE));
  server.content = TEXT;
  await checkPinned(FILE);
});

test("no worker starts from a changed script", async () => {
  const settlement = Promise.reject(new Error("reported elsewhere"));
  const changed = await prepareWorker(settlement, false);
  assert.equal("reason" in changed && changed.reason, "changed");
  server.isReached = false;
  const gone = await prepareWorker(settlement, false);
  assert.equal("reason" in gone && gone.reason, "download");
  let hasArrived = false;
  const late = new Promise((resolve) => setTimeout(resolve, 10)).then(() => {
    hasArrived = true;
  });
  await prepareWorker(late, false);
  assert.ok(hasArrived); // before that, nobody can say whether to try again
});
