/** A site whose settlement tests write, and what the loader would have requested from it. */

/** @import { Content } from "../../assets/page/settlement/settlement.js" */
/** @import { SettlementRequests } from "../../assets/page/settlement/request_settlement.js" */

export const BASE = "https://example.org/docs/assets/pyrun/pyrun-1.js";

/** A well-formed checksum. @param {string} letter */
export const integrity = (letter) => `sha256-${letter.repeat(43)}=`;

/** @type {Content} */
export const CONTENT = {
  format: 3,
  root: "../../",
  pyodide: {
    url: "pyodide-1/",
    bytes: 1000,
    snapshots: true,
    files: {
      "pyodide.mjs": ["pyodide-1/pyodide.mjs", integrity("1")],
      "pyodide.asm.mjs": ["pyodide-1/pyodide.asm.mjs", integrity("2")],
      "pyodide.asm.wasm": ["https://cdn.example.org/pyodide.asm.wasm", integrity("3")],
      "python_stdlib.zip": ["https://cdn.example.org/python_stdlib.zip", integrity("4")],
      "pyodide-lock.json": ["https://cdn.example.org/pyodide-lock.json", integrity("5")],
    },
  },
  lock: { url: "packages/pyodide-lock-1.json", integrity: integrity("6") },
  packages: {
    numpy: { url: "packages/numpy.whl", bytes: 3, integrity: integrity("n"), depends: [] },
    pandas: {
      url: "https://cdn.example.org/pandas.whl",
      bytes: 9,
      integrity: integrity("p"),
      depends: ["numpy", "absent"],
    },
    site: { url: "packages/site.whl", bytes: 5, integrity: integrity("s"), depends: [] },
  },
  start: ["site"],
  examples: {
    a: { start: ["site", "pandas"], files: [["data/x.csv", "files/x.csv", 7, integrity("x")]] },
    b: { run: ["numpy"], files: [["data/x.csv", "files/y.csv", 8, integrity("y")]] },
    c: {},
  },
};

/** What a server answers for one of the two files. @typedef {string | number | Error} Answer */

/** @typedef {Partial<{ settlement: Answer, off: Answer }>} Files by default the file above, and nothing is off */

/** @param {Files} files */
function answer({ settlement = JSON.stringify(CONTENT), off = '{"pages": []}' }) {
  return Promise.allSettled([settlement, off].map(respond));
}

/**
 * What the loader has requested.
 * @param {Files[]} answers to the copy, to the fresh request, and to later ones in this order
 * @returns {SettlementRequests & { made: [cache: RequestCache, query: string][] }} `made` are the later requests
 */
export function requested(...answers) {
  const [copy = {}, fresh = copy, ...later] = answers;
  /** @type {[cache: RequestCache, query: string][]} */
  const made = [];
  return {
    base: BASE,
    copy: answer(copy),
    fresh: answer(fresh),
    made,
    request: (cache, query = "") => {
      made.push([cache, query.replace(/\d+$/, "…")]);
      return answer(later.shift() ?? fresh);
    },
  };
}

/** The same for a page that has a copy, while the answer to the fresh request comes when the test says. @param {Files} copy */
export function requestedEarly(copy) {
  /** @type {(files: Files) => void} */
  let arrive = () => {};
  const fresh = new Promise((resolve) => {
    arrive = resolve;
  });
  return { requests: { ...requested(copy), fresh: fresh.then(answer) }, arrive };
}

/** @param {Partial<Content>} changes */
export const changed = (changes) => JSON.stringify({ ...CONTENT, ...changes });

/** @param {Answer} content */
async function respond(content) {
  if (content instanceof Error) throw content;
  const status = typeof content === "number" ? content : 200;
  return { ok: status === 200, status, statusText: "", body: typeof content === "string" ? content : "" };
}
