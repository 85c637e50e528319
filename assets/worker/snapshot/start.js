import { startPyodide } from "../start.js";
import { finishRestoring, restoring } from "./snapshot.js";
import { drop, find, keyOf } from "./store.js";

/** @typedef {import("../../protocol.js").Progress} Progress */
/** @typedef {import("../../protocol.js").Ready} Ready */
/** @typedef {import("../../protocol.js").Start} Start */
/** @typedef {import("../clock_signal.js").ClockSignal} ClockSignal */
/** @typedef {import("../downloads.js").Downloads} Downloads */
/** @typedef {Awaited<ReturnType<typeof startPyodide>>} Started */

/**
 * Starts Python from a snapshot, if there is a good one, and as ever if not.
 * @param {Start} start
 * @param {Downloads} downloads
 * @param {ClockSignal} clock
 * @param {(progress: Progress) => void} post
 * @returns {Promise<Started & { snapshot: Ready["snapshot"] }>}
 */
export async function startPython(start, downloads, clock, post) {
  const canKeep = start.imports !== null && "caches" in self; // pages that do not come over https have no caches
  const key = canKeep ? await keyOf(start) : "";
  const restored = canKeep ? await restore(key, start, downloads, clock, post) : "none";
  if (typeof restored === "object") return { ...restored, snapshot: "used" };
  const started = await startPyodide(start, downloads, clock, post);
  // Not before: where nothing starts without it either, the connection is to blame.
  if (restored === "failed") await drop(key).catch(() => {});
  return { ...started, snapshot: canKeep ? "wanted" : "none" };
}

/**
 * @param {string} key
 * @param {Start} start
 * @param {Downloads} downloads
 * @param {ClockSignal} clock
 * @param {(progress: Progress) => void} post
 * @returns {Promise<Started | "none" | "failed">}
 */
async function restore(key, start, downloads, clock, post) {
  try {
    const found = await find(key);
    if (!found) return "none";
    const { snapshot, intact } = found;
    const options = restoring(snapshot, intact);
    // Its packages are in it.
    const started = await startPyodide(
      { ...start, wheels: [], packages: [] },
      downloads,
      clock,
      post,
      options,
    );
    finishRestoring(started.pyodide, snapshot.description);
    return started;
  } catch {
    // Storage that is refused, a file that is damaged, a Pyodide that is another one: a start without it is right always.
    return "failed";
  }
}
