/** The interpreters of this page. */
import { assetUrl } from "../asset_url.js";
import { PageInterpreter } from "./page_interpreter.js";

/** @type {Map<string, PageInterpreter>} */
const interpreters = new Map();

/**
 * The interpreter for what a cell names.
 * @param {DOMStringMap} dataset of the cell
 */
export function interpreterFor({ pyodide, pyodideBytes, lock }) {
  const pyodideUrl = assetUrl(pyodide ?? "");
  const lockUrl = lock === undefined ? null : assetUrl(lock);
  const key = `${pyodideUrl} ${lockUrl}`;
  const interpreter =
    interpreters.get(key) ?? new PageInterpreter(pyodideUrl, lockUrl, Number(pyodideBytes) || null);
  interpreters.set(key, interpreter);
  return interpreter;
}
