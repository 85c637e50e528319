import { Startup } from "../start.js";
import { fromMemory } from "./memory.js";
import { finishRestoring, restoring } from "./snapshot.js";
import { drop, find, keyOf, markUsed } from "./store.js";

/** @typedef {import("../../protocol.js").BootRequest} BootRequest */
/** @typedef {import("../../protocol.js").Modules} Modules */
/** @typedef {import("../../protocol.js").Progress} Progress */
/** @typedef {import("../../protocol.js").Ready} Ready */
/** @typedef {import("../clock_signal.js").ClockSignal} ClockSignal */
/** @typedef {import("../downloads.js").Downloads} Downloads */
/** @typedef {import("../start.js").Started} Started */

/**
 * Starts Python from a snapshot, if there is a good one, and as ever if not.
 * @param {BootRequest} start
 * @param {Modules} modules what is compiled already; more is added
 * @param {Downloads} downloads
 * @param {ClockSignal} clock
 * @param {(progress: Progress) => void} post
 * @returns {Promise<Started & { snapshot: Ready["snapshot"] }>}
 */
export async function startPython(start, modules, downloads, clock, post) {
  const begin = () => new Startup(start, modules, downloads, post);
  const startup = begin();
  const isWanted = start.imports !== null;
  const key = isWanted ? await keyOf(start) : "";
  const restored = isWanted ? await restore(key, start, startup, modules, clock) : "none";
  if (typeof restored === "object") return { ...restored, snapshot: "used" };
  const started = await (restored === "none" ? startup : begin()).withPackages(clock);
  // Not before: where nothing starts without it either, the connection is to blame.
  if (restored === "failed") await drop(key).catch(() => {});
  return { ...started, snapshot: isWanted ? "wanted" : "none" };
}

/**
 * @param {string} key
 * @param {BootRequest} start
 * @param {Startup} startup
 * @param {Modules} modules
 * @param {ClockSignal} clock
 * @returns {Promise<Started | "none" | "failed">}
 */
async function restore(key, { memory }, startup, modules, clock) {
  try {
    const snapshot = memory?.key === key ? fromMemory(memory) : await find(key);
    if (!snapshot) return "none";
    const started = await startup.bare(clock, restoring(snapshot, modules));
    finishRestoring(started.pyodide, snapshot.description);
    void markUsed(key).catch(() => {}); // only the order in which they are dropped
    return started;
  } catch {
    // Storage that is refused, a file that is damaged, a Pyodide that is another one: a start without it is right always.
    return "failed";
  }
}
