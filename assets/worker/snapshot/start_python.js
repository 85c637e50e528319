import { Startup } from "../start/loader.js";
import { finishRestoring, restoring } from "./snapshot.js";
import { drop } from "./store.js";

/** @typedef {import("../../shared/protocol.js").BootRequest} BootRequest */
/** @typedef {import("../../shared/protocol.js").Modules} Modules */
/** @typedef {import("../../shared/protocol.js").Progress} Progress */
/** @typedef {import("../../shared/protocol.js").Ready} Ready */
/** @typedef {import("../waiting/clock_signal.js").ClockSignal} ClockSignal */
/** @typedef {import("../pyodide/downloads.js").Downloads} Downloads */
/** @typedef {import("../start/loader.js").Started} Started */
/** @typedef {import("./pending_snapshot.js").ComingSnapshot} ComingSnapshot */

/**
 * Starts Python from a snapshot, if there is a good one, and as ever if not.
 * @param {BootRequest} start
 * @param {ComingSnapshot} coming
 * @param {Modules} modules what is compiled already; more is added
 * @param {Downloads} downloads
 * @param {ClockSignal} clock
 * @param {(progress: Progress) => void} post
 * @returns {Promise<Started & { snapshot: Ready["snapshot"] }>}
 */
export async function startPython(start, coming, modules, downloads, clock, post) {
  const begin = () => new Startup(start, modules, downloads, post);
  const startup = begin();
  const { key } = start;
  const restored = key === null ? "none" : await restore(coming, startup, modules, clock);
  if (typeof restored === "object") return { ...restored, snapshot: "used" };
  const started = await (restored === "none" ? startup : begin()).withPackages(clock);
  // Not before: where nothing starts without it either, the connection is to blame.
  if (key !== null && restored === "failed") await drop(key).catch(() => {});
  return { ...started, snapshot: key === null ? "none" : "wanted" };
}

/**
 * @param {ComingSnapshot} coming
 * @param {Startup} startup
 * @param {Modules} modules
 * @param {ClockSignal} clock
 * @returns {Promise<Started | "none" | "failed">}
 */
async function restore(coming, startup, modules, clock) {
  try {
    const entry = await coming.entry;
    if (!entry) return "none";
    const started = await startup.bare(clock, restoring(entry, coming.content, modules));
    finishRestoring(started.pyodide, entry.description);
    return started;
  } catch {
    // Storage that is refused, a file that is damaged, a Pyodide that is another one: a start without it is right always.
    return "failed";
  }
}
