/** Starts Python from a snapshot, or without one. */
import { PyodideLoader } from "../start/loader.js";
import { finishRestoring, optionsToRestore } from "./snapshot.js";
import { remove } from "./store.js";

/** @typedef {import("../../shared/protocol.js").BootRequest} BootRequest */
/** @typedef {import("../../shared/protocol.js").Modules} Modules */
/** @typedef {import("../../shared/protocol.js").Progress} Progress */
/** @typedef {import("../../shared/protocol.js").Ready} Ready */
/** @typedef {import("../waiting/clock_signal.js").ClockSignal} ClockSignal */
/** @typedef {import("../pyodide/downloads.js").Downloads} Downloads */
/** @typedef {import("../start/loader.js").Started} Started */
/** @typedef {import("./pending_snapshot.js").PendingSnapshot} PendingSnapshot */

/**
 * Starts Python from a snapshot if there is a valid one, otherwise without.
 * @param {BootRequest} start
 * @param {PendingSnapshot} pending
 * @param {Modules} modules what is compiled already; more is added
 * @param {Downloads} downloads
 * @param {ClockSignal} clock
 * @param {(progress: Progress) => void} post
 * @returns {Promise<Started & { snapshot: Ready["snapshot"] }>}
 */
export async function startPython(start, pending, modules, downloads, clock, post) {
  const begin = () => new PyodideLoader(start, modules, downloads, post);
  const startup = begin();
  const { key } = start;
  const restored = key === null ? "none" : await restore(pending, startup, modules, clock);
  if (typeof restored === "object") return { ...restored, snapshot: "used" };
  const started = await (restored === "none" ? startup : begin()).withPackages(clock);
  // Only after a start without it: if that fails too, the cause is the connection.
  if (key !== null && restored === "failed") await remove(key).catch(() => {});
  return { ...started, snapshot: key === null ? "none" : "wanted" };
}

/**
 * @param {PendingSnapshot} pending
 * @param {PyodideLoader} startup
 * @param {Modules} modules
 * @param {ClockSignal} clock
 * @returns {Promise<Started | "none" | "failed">}
 */
async function restore(pending, startup, modules, clock) {
  try {
    const entry = await pending.entry;
    if (!entry) return "none";
    const started = await startup.bare(clock, optionsToRestore(entry, pending.content, modules));
    finishRestoring(started.pyodide, entry.description);
    return started;
  } catch {
    // Storage may be blocked, a file damaged, Pyodide another version. A start without the snapshot is always right.
    return "failed";
  }
}
