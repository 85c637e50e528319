/** @typedef {import("../../shared/protocol.js").Progress} Progress */

/** How long nothing may come of a download. Mobile networks pause for many seconds, and go on. */
const DOWNLOAD_MS = 60_000;

/** How long Python may take to start once all of it is there: a slow phone needs more than half a minute. */
const START_MS = 180_000;

/**
 * Notices that a start has come to a standstill. Nothing else does: a connection that hangs says nothing, and neither
 * does a browser that may not compile WebAssembly.
 */
export class BootWatchdog {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #onStall;

  /** @param {(detail: string) => void} onStall */
  constructor(onStall) {
    this.#onStall = onStall;
  }

  /** Something has come: waits again. @param {Progress["activity"]} activity what for */
  restart(activity) {
    const isStarting = activity === "start";
    const limitMs = isStarting ? START_MS : DOWNLOAD_MS;
    const what = isStarting ? "all files were there, and Python did not start" : "nothing more was received";
    this.stop();
    this.#timer = setTimeout(() => this.#onStall(`${what} for ${limitMs / 1000} seconds`), limitMs);
  }

  /** There is nothing to wait for any more. */
  stop() {
    clearTimeout(this.#timer);
  }
}
