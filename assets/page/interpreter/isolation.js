/** Prepares a worker that belongs to no site: for code of strangers, and on sites with the option `isolation: opaque`. */
import { reasonOf } from "../../shared/errors.js";
import { tellsOfChange } from "../../shared/pinned_files.js";
import { FileService } from "./file_service.js";
import { isolatedScript } from "./isolated_script.js";

/** @import { Modules, Start } from "../../shared/protocol.js" */
/** @import { Failure } from "../run/pending_run.js" */
/** @import { IntegrityOf } from "./file_service.js" */
/** @import { State } from "./states.js" */

/**
 * The URL of the worker's script, the files that the worker cannot fetch, and what a browser that refuses it means.
 * @typedef {{ script: string, files: FileService, refusal: "isolation" | "foreign" }} Isolated
 */

/**
 * @param {Start} start
 * @param {Modules} modules WebAssembly that is compiled already
 * @param {IntegrityOf} integrityOf
 * @param {boolean} isForeign whether its code comes from strangers
 * @returns {Promise<Isolated | Failure | null>} `null` if the worker is an ordinary one
 */
export async function isolate(start, modules, integrityOf, isForeign) {
  if (start.isolation === "origin") return null;
  const files = new FileService(start, modules, integrityOf);
  try {
    return { script: await isolatedScript(start), files, refusal: isForeign ? "foreign" : "isolation" };
  } catch (error) {
    files.close();
    return { reason: tellsOfChange(error) ? "changed" : "download", detail: reasonOf(error) };
  }
}

/** Why the browser lets no worker start. @param {Isolated | null} isolated @returns {Failure["reason"]} */
export function whyRefused(isolated) {
  if (isolated) return isolated.refusal;
  return self.origin === "null" ? "frame" : "policy";
}

/**
 * Why a worker failed. One that is isolated is part of its URL, so only a policy keeps it from loading.
 * @param {State} state of Python
 * @param {Isolated | null} isolated
 * @param {string} detail nothing if the worker could not be loaded
 * @returns {Failure["reason"]}
 */
export function whyFailed(state, isolated, detail) {
  if (state !== "starting") return "crash";
  return isolated && !detail ? isolated.refusal : "download";
}
