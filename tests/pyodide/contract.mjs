/**
 * Checks one distribution: the worker's own modules start its Pyodide, make a snapshot and restore Python from it.
 *
 *     node contract.mjs SITE       a folder with `pyodide/`, `packages/` and `start.json`, as test_contract.py makes it
 *
 * Writes the result of each check as JSON. The names of the checks are those in `private_names.toml`.
 */
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { describe, enterWorkerScope, fetched } from "./worker_scope.mjs";

/** `problem` is why a check failed, `skipped` why it doesn't apply. @typedef {{ problem?: string, skipped?: string }} Found */

/** @type {Record<string, Found>} */
const results = {};

/**
 * Runs checks one after the other. A check throws, or returns why it doesn't apply.
 * @param {Record<string, () => unknown>} checks
 */
async function run(checks) {
  for (const [name, check] of Object.entries(checks)) {
    try {
      const skipped = await check();
      results[name] = typeof skipped === "string" ? { skipped } : {};
    } catch (error) {
      results[name] = { problem: describe(error) };
    }
  }
}

const site = `${pathToFileURL(process.argv[2] ?? "").href}/`;
const { core, rest, lock, wheels, packages, imports, version } = JSON.parse(
  await readFile(new URL("start.json", site), "utf8"),
);
const outside = enterWorkerScope(site);
console.log = console.warn = console.error = () => {}; // Pyodide also logs what it throws
// Imported only now, because the worker's modules examine the scope when they are imported.
const { afterBoot } = await import("./checks_boot.mjs");
const { afterRestore } = await import("./checks_restore.mjs");

/** @type {import("./checks_boot.mjs").Request} */
const request = {
  pyodideUrl: `${site}pyodide/`,
  core: Object.fromEntries(
    Object.entries(core).map(([name, integrity]) => [name, { url: `${site}pyodide/${name}`, integrity }]),
  ),
  rest: rest.map((/** @type {[name: string, bytes: number]} */ [name, bytes]) => ({
    ...{ url: `${site}pyodide/${name}`, bytes },
    integrity: core[name],
  })),
  lock: { url: `${site}packages/lock.json`, integrity: lock },
  wheels: wheels.map((/** @type {{ name: string }} */ { name, ...wheel }) => ({
    url: `${site}packages/${name}`,
    ...wheel,
  })),
  packages,
  imports,
  pyodide: version,
  assetsUrl: import.meta.url,
  isolation: "origin",
  credentials: "omit",
  savesData: true,
};
await run(await afterBoot(request, fetched));
await run(await afterRestore(request));
outside.print(JSON.stringify(results));
outside.exit(0);
