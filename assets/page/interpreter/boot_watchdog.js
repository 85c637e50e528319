/** @typedef {import("../../shared/protocol.js").Progress} Progress */

/** How long nothing may come of a download. Mobile networks pause for many seconds, and go on. */
const DOWNLOAD_MS = 60_000;

/** How long Python may take to start once all of it is there: a slow phone needs more than half a minute. */
const START_MS = 180_000;

/**
 * Notices that a start has come to a standstill. Nothing else does: a connection that hangs says nothing, and neither
 * does a browser that may not compile WebAssembly.
 */
export class Standstill {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #onStandstill;

  /** @param {(detail: string) => void} onStandstill */
  constructor(onStandstill) {
    this.#onStandstill = onStandstill;
  }

  /** It goes on. @param {Progress["activity"]} activity what is waited for now */
  moved(activity) {
    const isStarting = activity === "start";
    const limitMs = isStarting ? START_MS : DOWNLOAD_MS;
    const what = isStarting ? "all files were there, and Python did not start" : "nothing more was received";
    this.end();
    this.#timer = setTimeout(() => this.#onStandstill(`${what} for ${limitMs / 1000} seconds`), limitMs);
  }

  /** There is nothing to wait for any more. */
  end() {
    clearTimeout(this.#timer);
  }
}
