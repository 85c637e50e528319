/** Gives up a start of Python that makes no progress. */

/** @import { Progress } from "../../shared/protocol.js" */

/** How long a download may make no progress. Mobile networks pause for many seconds, and go on. */
const DOWNLOAD_MS = 60_000;

/** How long Python may take to start after the download. A slow phone needs more than half a minute. */
const START_MS = 180_000;

/**
 * Detects a start that makes no progress. Neither a connection that hangs nor a browser that may not compile
 * WebAssembly reports an error.
 */
export class BootWatchdog {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #onStall;

  /** @param {(detail: string) => void} onStall */
  constructor(onStall) {
    this.#onStall = onStall;
  }

  /** There is progress: starts the time again. @param {Progress["activity"]} activity what comes next */
  restart(activity) {
    const isStarting = activity === "start";
    const limitMs = isStarting ? START_MS : DOWNLOAD_MS;
    const what = isStarting ? "all files were there, and Python did not start" : "nothing more was received";
    this.stop();
    this.#timer = setTimeout(() => this.#onStall(`${what} for ${limitMs / 1000} seconds`), limitMs);
  }

  /** Stops watching. */
  stop() {
    clearTimeout(this.#timer);
  }
}
