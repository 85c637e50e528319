/** Starts Python from a snapshot, or without one. */
import { PyodideLoader } from "../start/loader.js";
import { finishRestoring, optionsToRestore } from "./snapshot.js";

/** @typedef {import("../../shared/protocol.js").BootRequest} BootRequest */
/** @typedef {import("../../shared/protocol.js").Modules} Modules */
/** @typedef {import("../../shared/protocol.js").Progress} Progress */
/** @typedef {import("../../shared/protocol.js").Ready} Ready */
/** @typedef {import("../waiting/clock_signal.js").ClockSignal} ClockSignal */
/** @typedef {import("../pyodide/downloads.js").Downloads} Downloads */
/** @typedef {import("../start/loader.js").Started} Started */
/** @typedef {import("../start/site_files.js").SiteFiles} SiteFiles */
/** @typedef {import("./entry.js").Description} Description */
/** @typedef {import("./pending_snapshot.js").PendingSnapshot} PendingSnapshot */

/**
 * Starts Python from a snapshot if there is a valid one, otherwise without.
 * @param {BootRequest} start
 * @param {SiteFiles} files
 * @param {PendingSnapshot} pending
 * @param {Modules} modules what is compiled already; more is added
 * @param {Downloads} downloads
 * @param {ClockSignal} clock
 * @param {(progress: Progress) => void} post
 * @returns {Promise<Started & { snapshot: Ready["snapshot"] }>}
 */
export async function startPython(start, files, pending, modules, downloads, clock, post) {
  const begin = () => new PyodideLoader(start, files, modules, downloads, post);
  const startup = begin();
  const { key } = start;
  if (key === null) return { ...(await startup.withPackages(clock)), snapshot: "none" };
  const description = await pending.entry.catch(() => undefined); // storage is blocked, or it is damaged or forged
  if (!description) {
    const snapshot = description === null ? "wanted" : "refused";
    return { ...(await startup.withPackages(clock)), snapshot };
  }
  const restored = await restore(description, pending, startup, modules, clock);
  if (restored) return { ...restored, snapshot: "used" };
  return { ...(await begin().withPackages(clock)), snapshot: "refused" };
}

/**
 * @param {Description} description
 * @param {PendingSnapshot} pending
 * @param {PyodideLoader} startup
 * @param {Modules} modules
 * @param {ClockSignal} clock
 * @returns {Promise<Started | null>} `null` if Python does not start from it
 */
async function restore(description, pending, startup, modules, clock) {
  try {
    const started = await startup.bare(clock, optionsToRestore(description, pending, modules));
    finishRestoring(started.pyodide, description);
    return started;
  } catch {
    // A file may be damaged, Pyodide another version. A start without the snapshot is always right.
    return null;
  }
}
