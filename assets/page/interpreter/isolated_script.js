/**
 * The script of a worker that belongs to no site. Its URL contains it, so its origin is opaque:
 * https://html.spec.whatwg.org/multipage/workers.html
 */

import { ENTRY, GLUE, OLD_GLUE } from "../../shared/core_files.js";
import { fetchPinned } from "../../shared/pinned_files.js";
import { assetUrl } from "../asset_url.js";

/** @import { Start } from "../../shared/protocol.js" */

/** Pyodide's scripts. */
const SCRIPTS = [ENTRY, GLUE, OLD_GLUE];

/** The end of Pyodide's entry, and of its glue from 314 on. Before, the glue exports nothing. */
const NAMED_EXPORTS = /\bexport\s*\{([^{}]*)\}\s*;?\s*$/;
const DEFAULT_EXPORT = /\bexport\s+default\s+([\w$]+)\s*;?\s*$/;

/** `local as name`, in a list of exports. */
const EXPORTED = /([\w$]+)\s+as\s+([\w$]+)/g;

/** Everything that has a meaning in a URL, or that its parser removes. Chromium allows 2 MB in all, so the rest stays. */
const TO_ESCAPE = /[^ -"$&->@-~]+/g;

/**
 * The URL of the worker's script, in which Pyodide's scripts are, all verified. The worker could import them neither from
 * the site, because that is another origin, nor from URLs like its own, because the site's policy would have to allow such
 * scripts in pages, too.
 * @param {Start} start
 * @returns {Promise<string>}
 * @throws {Error} a script cannot be fetched, or has changed
 */
export async function isolatedScript({ core, pyodideUrl, credentials }) {
  const names = SCRIPTS.filter((name) => name in core);
  const { url, integrity } = __PYRUN_WORKER__;
  const files = [
    { url: assetUrl(url), integrity },
    ...names.map((name) => ({ url: pyodideUrl + name, integrity: core[name]?.integrity ?? "" })),
  ];
  const [worker, ...scripts] = await Promise.all(files.map((file) => textOf(file, credentials)));
  const functions = names.map((name, index) => `${JSON.stringify(name)}:${functionOf(scripts[index] ?? "")}`);
  const script = `const __PYRUN_SCRIPTS__={${functions.join()}};\n${worker}`;
  return `data:text/javascript;charset=utf-8,${script.replace(TO_ESCAPE, encodeURIComponent)}`;
}

/** @param {PinnedFile} file @param {RequestCredentials} credentials */
async function textOf(file, credentials) {
  return (await fetchPinned(file, { credentials })).text();
}

/** A module as a function, in JavaScript, that runs it and returns what it exports. @param {string} module */
export function functionOf(module) {
  const body = module
    .replace(/\n\/\/# sourceMappingURL=.*\s*$/, "")
    .replace(NAMED_EXPORTS, (_, names) => `return {${names.replace(EXPORTED, "$2: $1")}};`)
    .replace(DEFAULT_EXPORT, "return { default: $1 };");
  return `async()=>{${body}\n}`;
}
