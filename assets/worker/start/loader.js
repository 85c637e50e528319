/** Loads Pyodide and the packages of the page at the same time. */
import { reasonOf } from "../../shared/errors.js";
import { PublishedPackages } from "../packages/published_packages.js";
import { CORE_MODULE, CoreModule } from "../pyodide/core_module.js";
import { progressReporter, retrying } from "../pyodide/downloads.js";
import { HOME } from "../pyodide/file_system.js";
import { lockFileOf } from "../pyodide/internals.js";
import { Prefetcher } from "../pyodide/prefetch.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../../shared/protocol.js").Modules} Modules */
/** @typedef {import("../../shared/protocol.js").Start} Start */
/** @typedef {import("../../shared/protocol.js").Progress} Progress */
/** @typedef {import("../waiting/clock_signal.js").ClockSignal} ClockSignal */
/** @typedef {import("../pyodide/downloads.js").Downloads} Downloads */
/** @typedef {import("../pyodide/internals.js").Lock} Lock */
/** @typedef {import("../../shared/protocol.js").Wheel} Wheel */

/** @typedef {{ pyodide: PyodideInterface, lock: Lock }} Started */

/** The beginning of Pyodide's message about a package that its lock file does not list. */
export const UNKNOWN_PACKAGE = "No known package with name";

/** The standard library, in 0.27 to 315. */
const LIBRARY = "python_stdlib.zip";

/** The browser's own: each start replaces `self.fetch`, and there can be two starts. */
const originalFetch = self.fetch.bind(self);

/** Programs find a terminal with 24-bit colour, as the page shows it. matplotlib gives its figures to the page. */
const ENVIRONMENT = {
  HOME,
  MPLBACKEND: "module://pyrun_runtime.display.matplotlib_backend",
  TERM: "xterm-256color",
  COLORTERM: "truecolor",
};

/** Loads Pyodide once. It fetches the files that every start needs at once, and packages when it knows that they are needed. */
export class PyodideLoader {
  #request;
  #modules;
  #downloads;
  #early;
  #core;
  #importing;
  #failure;
  /** The wheels that come with the core. @type {Wheel[]} */
  #wheels = [];

  /**
   * @param {Start} request
   * @param {Modules} modules WebAssembly that is compiled already; more is added
   * @param {Downloads} downloads
   * @param {(progress: Progress) => void} post
   */
  constructor(request, modules, downloads, post) {
    this.#request = request;
    this.#modules = modules;
    this.#downloads = downloads;
    this.#early = new Prefetcher(downloads.watching(retrying(originalFetch)));
    this.#failure = downloads.begin(
      progressReporter(downloads, post, (loadedBytes) =>
        this.#progress(downloads.idle ? "start" : "core", loadedBytes),
      ),
    );
    post(this.#progress("core", 0));
    const { pyodideUrl } = request;
    this.#importing = import(`${pyodideUrl}pyodide.mjs`);
    this.#importing.then(({ version }) => importGlue(pyodideUrl, version)).catch(() => {}); // reported by `#load`, or by Pyodide for the glue
    this.#core = new CoreModule(pyodideUrl + CORE_MODULE, modules.get(CORE_MODULE), this.#early.fetch);
    this.#early.begin(pyodideUrl + LIBRARY);
  }

  /**
   * Loads the page's packages meanwhile.
   * @param {ClockSignal} clock
   * @returns {Promise<Started>}
   */
  withPackages(clock) {
    const { wheels, packages } = this.#request;
    this.#wheels = wheels;
    return this.#load(clock, packages, {});
  }

  /**
   * Loads no packages.
   * @param {ClockSignal} clock
   * @param {object} options more options of `loadPyodide`
   * @returns {Promise<Started>}
   */
  bare(clock, options) {
    return this.#load(clock, [], options);
  }

  /**
   * @param {ClockSignal} clock
   * @param {string[]} packages
   * @param {object} options
   * @returns {Promise<Started>}
   */
  async #load(clock, packages, options) {
    const { pyodideUrl, lockUrl } = this.#request;
    const site =
      lockUrl === null
        ? null
        : new PublishedPackages({ pyodideUrl, lockUrl, wheels: this.#wheels }, this.#early);
    this.#core.serve(site?.fetch ?? this.#early.fetch);
    const { loadPyodide } = await this.#importing;
    const basic = { indexURL: pyodideUrl, env: ENVIRONMENT, ...(site && { fsInit: site.fsInit }) };
    const loading = clock.during(() =>
      loadPyodide({ ...basic, packages, ...options }).catch((/** @type {unknown} */ error) => {
        // Python itself works. The run that needs the package reports that it is missing.
        if (!reasonOf(error).includes(UNKNOWN_PACKAGE)) throw error;
        return loadPyodide(basic);
      }),
    );
    try {
      const lock = site?.lock ?? loading.then(lockFileOf);
      const [pyodide, theLock, module] = await Promise.race([
        Promise.all([loading, lock, this.#core.compiled]),
        this.#core.failure,
        this.#failure,
      ]);
      this.#modules.set(CORE_MODULE, module);
      return { pyodide, lock: theLock };
    } finally {
      this.#downloads.end();
      loading.catch(() => {}); // it fails later as well if a file could not be fetched
    }
  }

  /** @param {"core" | "start"} activity @param {number} loadedBytes @returns {Progress} */
  #progress(activity, loadedBytes) {
    const packages = this.#wheels.length > 0 ? this.#request.packages : [];
    if (activity === "start") return { type: "progress", activity, packages };
    const wheelBytes = this.#wheels.reduce((sum, { bytes }) => sum + bytes, 0);
    return { type: "progress", activity, packages, wheelBytes, loadedBytes };
  }
}

/**
 * Imports Pyodide's glue, a large script, early: Pyodide itself imports it last.
 * @param {string} pyodideUrl
 * @param {string} version
 * @returns {Promise<void>}
 */
async function importGlue(pyodideUrl, version) {
  await import(pyodideUrl + glueName(version));
}

/** The file of Pyodide's glue: a script up to 0.29, a module from 314 on. @param {string} version */
export function glueName(version) {
  return version.startsWith("0.") ? "pyodide.asm.js" : "pyodide.asm.mjs";
}
