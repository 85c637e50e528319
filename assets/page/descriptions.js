/** Messages with measures in them: sizes, what a run waits for, what was cut. */
import { OPTIONS } from "../shared/options.js";
import { assertNever } from "../shared/protocol.js";
import { oneDecimal } from "./language/format.js";
import { FILE_MESSAGES, OUTPUT_MESSAGES, PROGRESS_MESSAGES } from "./messages.js";

/** @import { Progress } from "../shared/protocol.js" */

/** Why output was lost. @param {number} dropped characters @param {number} limit characters */
export function describeCut(dropped, limit) {
  const isUsual = limit === OPTIONS.outputLimit.default;
  return OUTPUT_MESSAGES[isUsual ? "defaultLimit" : "authorLimit"]({ count: dropped, limit });
}

/** @param {number} bytes @returns {string} with a unit, as browsers show downloads */
export function describeBytes(bytes) {
  if (bytes < 1000) return FILE_MESSAGES.bytes({ number: bytes });
  if (bytes < 1e6) return FILE_MESSAGES.kilobytes({ number: oneDecimal(bytes / 1000) });
  return FILE_MESSAGES.megabytes({ number: oneDecimal(bytes / 1e6) });
}

/**
 * What a run waits for, and how far it is.
 * @typedef {{ text: string, amount: string, fraction: number | null }} ShownProgress
 */

/**
 * @param {Progress} progress
 * @param {number | null} coreBytes how large Python is, where that is known
 * @returns {ShownProgress}
 */
export function describeProgress(progress, coreBytes) {
  if (progress.activity === "start") {
    const text = PROGRESS_MESSAGES.starting({ parts: ["Python", ...progress.packages] });
    return { text, amount: "", fraction: null };
  }
  const { loadedBytes } = progress;
  const total = progress.activity === "core" && coreBytes !== null ? coreBytes + progress.wheelBytes : 0;
  const isKnown = 0 < total && loadedBytes <= total;
  const loaded = oneDecimal(loadedBytes / 1e6);
  const amount = isKnown
    ? PROGRESS_MESSAGES.loadedOf({ loaded, total: oneDecimal(total / 1e6) })
    : PROGRESS_MESSAGES.loaded({ loaded });
  return {
    text: describeActivity(progress),
    amount: loadedBytes > 0 ? amount : "",
    fraction: isKnown ? loadedBytes / total : null,
  };
}

/** @param {Exclude<Progress, { activity: "start" }>} progress */
function describeActivity(progress) {
  switch (progress.activity) {
    case "core":
      return PROGRESS_MESSAGES.downloading({ parts: ["Python", ...progress.packages] });
    case "packages":
      return PROGRESS_MESSAGES.loading({ names: progress.packages });
    case "files":
      return PROGRESS_MESSAGES.loading({ names: progress.files });
    default:
      return assertNever(progress);
  }
}
