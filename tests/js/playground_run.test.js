import assert from "node:assert/strict";
import { test } from "node:test";
import { PendingRun } from "../../assets/page/run/pending_run.js";
import { wantedBy } from "../../assets/page/run/wanted.js";

/** @import { RunListener } from "../../assets/page/run/pending_run.js" */
/** @import { Settlement } from "../../assets/page/settlement/settlement.js" */

const file = (/** @type {string} */ path) => ({
  path,
  address: "",
  url: `https://site/${path}`,
  integrity: "",
});

const SETTLEMENT = /** @type {Settlement} */ (
  /** @type {unknown} */ ({
    packageNames: ["numpy", "pandas"],
    neededBy: () => ({ start: ["pandas"], run: [], files: [file("data.csv"), file("more/data.csv")] }),
  })
);

const CELL = {
  dataset: { playground: "", requirements: "id", session: "isolated" },
  sourceFile: { fileName: "main.py", code: "1" },
};

const AROUND = { path: "/", packages: [], terminal: { columns: 80, lines: 24 }, texts: {} };

test("a playground loads the chosen packages that the site has, and no others", () => {
  const wanted = {
    ...wantedBy(CELL, [], AROUND),
    chosen: ["numpy", "https://example.org/x.whl", "emfs:/x.whl"],
  };
  const run = new PendingRun(wanted, /** @type {RunListener} */ ({}), () => {});
  assert.deepEqual(run.request(SETTLEMENT).packages, ["pandas", "numpy"]);
});

test("the reader's file comes in place of the author's", () => {
  const folder = [{ name: "data.csv", code: "mine" }];
  const run = new PendingRun(
    { ...wantedBy(CELL, [], AROUND), folder },
    /** @type {RunListener} */ ({}),
    () => {},
  );
  const request = run.request(SETTLEMENT);
  assert.deepEqual(request.files, [file("more/data.csv")]);
  assert.deepEqual(request.folder, folder);
  assert.ok(!("content" in request || "chosen" in request));
});
