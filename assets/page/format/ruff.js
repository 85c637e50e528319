/** Formats code with ruff, which the page compiles from the WebAssembly of the site. */
import { reasonOf } from "../../shared/errors.js";
import { compilePinned } from "../../shared/pinned_wasm.js";

/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { Formatted, ImportPinned } from "./formatted.js" */

/** @typedef {{ format(code: string): string }} Workspace as ruff's script has it */

/** How ruff says where it stopped reading. It counts bytes of UTF-8. */
const PLACE = / at byte range (\d+)\.\.\d+$/;

/** By the URL of the script, because the site may get another ruff while the page is open. @type {Map<string, Promise<Workspace>>} */
const opened = new Map();

/**
 * @param {LiveCell} cell
 * @param {string} code
 * @param {ImportPinned} importPinned
 * @returns {Promise<Formatted>}
 * @throws {Error} ruff cannot be loaded; the next call tries again
 */
export async function formatWithRuff(cell, code, importPinned) {
  const { ruff } = (await cell.interpreter.site.fresh()).formatters;
  if (!ruff) return { problem: "missing" };
  const { script, module } = ruff;
  const opening = opened.get(script.url) ?? open(script, module, importPinned);
  opened.set(script.url, opening);
  opening.catch(() => opened.delete(script.url));
  const workspace = await opening;
  try {
    return { code: workspace.format(code) };
  } catch (error) {
    return mistakeIn(code, reasonOf(error));
  }
}

/** @param {PinnedFile} script @param {PinnedFile} module @param {ImportPinned} importPinned @returns {Promise<Workspace>} */
async function open(script, module, importPinned) {
  const [ruff, compiled] = await Promise.all([importPinned(script), compilePinned(module)]);
  await ruff.default({ module_or_path: compiled });
  return new ruff.Workspace({}, ruff.PositionEncoding.Utf16);
}

/**
 * @param {string} code
 * @param {string} reason of ruff
 * @returns {Formatted} the mistake in the code
 * @throws {Error} the reason is none in the code
 */
export function mistakeIn(code, reason) {
  const place = PLACE.exec(reason);
  if (!place) throw new Error(reason);
  const before = new TextDecoder().decode(new TextEncoder().encode(code).slice(0, Number(place[1])));
  return { problem: "syntax", line: before.split("\n").length, message: reason.slice(0, place.index) };
}
