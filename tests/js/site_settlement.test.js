/** Which settlement of the site a page uses: an old copy, the fresh one, or one that was requested once more. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { SiteSettlement } from "../../assets/page/settlement/site_settlement.js";
import { changed, requested, requestedEarly } from "./fake_settlement.js";

const PAGE = "https://example.org/docs/guide/";
const OFF = '{"pages": ["*"], "message": "off"}';
const OLD = changed({ start: ["old"] });
const NEW = changed({ start: ["new"] });
const OFFLINE = new TypeError("Failed to fetch");

/** All promises that can be settled are. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** @param {SiteSettlement} site */
const start = ({ current }) => current?.neededBy(undefined).start[0];

test("Python can start with the copy, and code runs with the fresh one", async () => {
  const { requests, arrive } = requestedEarly({ settlement: OLD });
  const site = new SiteSettlement(requests);
  assert.equal(site.current, null);
  await site.early(PAGE);
  assert.deepEqual([start(site), site.isFresh], ["old", false]);
  arrive({ settlement: NEW });
  await site.fresh();
  assert.deepEqual([start(site), site.isFresh], ["new", true]);
  await site.early(PAGE);
  assert.equal(start(site), "new");
});

test("a copy that cannot be read is not used", async () => {
  for (const settlement of ["", 404, 500, OFFLINE]) {
    const site = new SiteSettlement(requested({ settlement }, { settlement: NEW }));
    await site.early(PAGE);
    assert.deepEqual([start(site), site.isFresh], ["new", true]);
  }
});

test("a copy that switches the page off waits for the fresh one", async () => {
  const site = new SiteSettlement(requested({ settlement: OLD, off: OFF }, { settlement: NEW }));
  await site.early(PAGE);
  assert.deepEqual([start(site), site.current?.whyOff(PAGE)], ["new", null]);
});

test("a page that is switched off now is off, whatever the copy says", async () => {
  const { requests, arrive } = requestedEarly({});
  const site = new SiteSettlement(requests);
  await site.early(PAGE);
  assert.equal(site.current?.whyOff(PAGE), null);
  arrive({ off: OFF });
  await site.fresh();
  assert.equal(site.current?.whyOff(PAGE), "off");
});

test("the copy is used if the network fails", async () => {
  for (const settlement of [OFFLINE, 503]) {
    const site = new SiteSettlement(requested({ settlement: OLD }, { settlement }));
    await site.fresh();
    assert.deepEqual([start(site), site.isFresh], ["old", true]);
  }
});

test("where there is a copy, runs wait only seconds for the fresh one, which is used when it comes", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { requests, arrive } = requestedEarly({ settlement: OLD });
  const site = new SiteSettlement(requests);
  await site.early(PAGE);
  const fresh = site.fresh();
  context.mock.timers.tick(4_999);
  await turn();
  assert.equal(site.isFresh, false);
  context.mock.timers.tick(1);
  await fresh;
  assert.deepEqual([start(site), site.isFresh], ["old", true]);
  arrive({ settlement: NEW });
  await turn();
  assert.equal(start(site), "new");
});

test("without a copy, runs wait for the fresh one as long as the request may take", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { requests, arrive } = requestedEarly({ settlement: OFFLINE });
  const site = new SiteSettlement(requests);
  const fresh = site.fresh();
  context.mock.timers.tick(50_000);
  await turn();
  assert.equal(site.isFresh, false);
  arrive({ settlement: NEW });
  await fresh;
  assert.equal(start(site), "new");
});

test("a settlement that was requested long before the run counts as old", async (context) => {
  for (const [age, used] of /** @type {const} */ ([
    [5_000, "old"],
    [5_001, "new"],
  ])) {
    context.mock.timers.enable({ apis: ["Date"] });
    const site = new SiteSettlement(requested({ settlement: OLD }, { settlement: OLD }, { settlement: NEW }));
    context.mock.timers.tick(age);
    await site.fresh();
    assert.equal(start(site), used);
    context.mock.timers.reset();
  }
});

test("after instant navigation the settlement is compared again, once for each page", async () => {
  const requests = requested({}, { settlement: OLD }, { settlement: NEW }, { settlement: OFFLINE });
  const site = new SiteSettlement(requests);
  site.visit("/one/");
  await site.fresh();
  site.visit("/one/");
  assert.deepEqual([start(site), requests.made], ["old", []]);
  site.visit("/two/");
  site.visit("/two/");
  assert.deepEqual([start(site), site.isFresh], ["old", true]);
  await turn();
  assert.equal(start(site), "new");
  site.visit("/one/");
  await turn();
  assert.equal(start(site), "new");
  assert.equal(requests.made.length, 2);
});

for (const [what, settlement, reason, detail] of /** @type {const} */ ([
  ["missing", 404, "settlement", /settlement\.json: 404/],
  ["damaged", "{", "settlement", /settlement\.json: .*JSON/],
  ["of another format", changed({ format: 7 }), "settlement", /settlement\.json: the file has the format 7/],
])) {
  test(`a file that is ${what} is an error even if there is a copy`, async () => {
    const site = new SiteSettlement(requested({}, { settlement }));
    await assert.rejects(site.fresh(), { reason, message: detail });
  });
}

test("without a copy a network that fails is an error, and the next call tries again", async () => {
  const requests = requested({ settlement: OFFLINE }, { settlement: OFFLINE }, { settlement: 502 }, {});
  const site = new SiteSettlement(requests);
  await assert.rejects(site.fresh(), { reason: "download", message: /settlement\.json: Failed to fetch/ });
  await assert.rejects(site.fresh(), { reason: "download", message: /settlement\.json: 502/ });
  assert.equal(site.isFresh, false);
  await site.fresh();
  assert.equal(site.isFresh, true);
  assert.deepEqual(requests.made, [
    ["no-cache", ""],
    ["no-cache", ""],
  ]);
});

test("it is requested once more, past all caches", async () => {
  const requests = requested(
    { settlement: OLD },
    { settlement: OLD },
    { settlement: NEW },
    { settlement: NEW },
  );
  const site = new SiteSettlement(requests);
  await site.fresh();
  const renewing = site.renew();
  assert.equal(site.isFresh, false);
  assert.equal(await renewing, true);
  assert.deepEqual([start(site), site.isFresh], ["new", true]);
  assert.equal(await site.renew(), false);
  assert.deepEqual(requests.made, [
    ["reload", "?t=…"],
    ["reload", "?t=…"],
  ]);
});

test("the current one stays if a request for another one fails", async () => {
  const site = new SiteSettlement(requested({}, { settlement: OLD }, { settlement: 404 }));
  await site.fresh();
  assert.equal(await site.renew(), false);
  assert.deepEqual([start(site), site.isFresh], ["old", true]);
});

test("runs do not depend on the off switch", async (context) => {
  const warn = context.mock.method(console, "warn", () => {});
  for (const off of [404, OFFLINE, "{"]) {
    const site = new SiteSettlement(requested({ off }));
    await site.fresh();
    assert.equal(site.current?.whyOff(PAGE), null);
  }
  const warnings = warn.mock.calls.map(({ arguments: [text] }) => String(text));
  assert.ok(warnings.length > 0);
  for (const text of warnings)
    assert.match(text, /no page is switched off, because .*off\.json cannot be read/);
});

test("a page stays off while the server does not say whether it is", async () => {
  for (const [off, reason] of /** @type {const} */ ([
    [OFFLINE, "off"],
    [503, "off"],
    [404, null],
    [410, null],
  ])) {
    const site = new SiteSettlement(requested({ off: OFF }, { off }));
    await site.fresh();
    assert.equal(site.current?.whyOff(PAGE), reason);
  }
});
