/** Loads what a playground has besides other cells, once a reader is interested. */
import { importPinned } from "../pinned_modules.js";

/** @typedef {typeof import("./on_playground.js")} OnPlayground */

/** @returns {Promise<OnPlayground>} @throws {Error} it cannot be loaded; the next call tries again */
export const loadPlayground = () => importPinned(__PYRUN_PLAYGROUND__);
