/** Loads Pyodide and the packages of the page at the same time. */
import { CORE_MODULE, ENTRY, GLUE, LIBRARY, OLD_GLUE } from "../../shared/core_files.js";
import { reasonOf } from "../../shared/errors.js";
import { PublishedPackages } from "../packages/published_packages.js";
import { CoreModule } from "../pyodide/core_module.js";
import { progressReporter } from "../pyodide/downloads.js";
import { HOME } from "../pyodide/file_system.js";
import { lockFileOf } from "../pyodide/internals.js";
import { Prefetcher } from "../pyodide/prefetch.js";
import { StandardLibrary } from "./library.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../../shared/protocol.js").Modules} Modules */
/** @typedef {import("../../shared/protocol.js").Start} Start */
/** @typedef {import("../../shared/protocol.js").Progress} Progress */
/** @typedef {import("../waiting/clock_signal.js").ClockSignal} ClockSignal */
/** @typedef {import("../pyodide/downloads.js").Downloads} Downloads */
/** @typedef {import("../pyodide/internals.js").Lock} Lock */
/** @typedef {import("../../shared/protocol.js").Wheel} Wheel */
/** @typedef {import("./site_files.js").SiteFiles} SiteFiles */

/** `library` is `null` where it has no parts. @typedef {{ pyodide: PyodideInterface, lock: Lock, library: StandardLibrary | null }} Started */

/** The option `fsInit` of `loadPyodide`. @typedef {(FS: PyodideInterface["FS"], folders: { sitePackages: string }) => void | Promise<void>} FileSystemHook */

/** The beginning of Pyodide's message about a package that its lock file does not list. */
export const UNKNOWN_PACKAGE = "No known package with name";

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
  #files;
  #modules;
  #downloads;
  #early;
  #core;
  #entry;
  #glue;
  #failure;
  #library;
  /** The wheels that come with the core. @type {Wheel[]} */
  #wheels = [];

  /**
   * @param {Start} request
   * @param {SiteFiles} files
   * @param {Modules} modules WebAssembly that is compiled already; more is added
   * @param {Downloads} downloads
   * @param {(progress: Progress) => void} post
   */
  constructor(request, files, modules, downloads, post) {
    this.#request = request;
    this.#files = files;
    this.#modules = modules;
    this.#downloads = downloads;
    this.#early = new Prefetcher(downloads.watching(files.fetch));
    this.#failure = downloads.begin(
      progressReporter(downloads, post, (loadedBytes) =>
        this.#progress(downloads.idle ? "start" : "core", loadedBytes),
      ),
    );
    post(this.#progress("core", 0));
    const { pyodideUrl, core, rest } = request;
    this.#entry = files.importModule(ENTRY);
    this.#glue = files.importModule(glueName(core)); // a large script, which Pyodide itself would import last
    for (const script of [this.#entry, this.#glue]) script.catch(() => {}); // reported by `#load`
    const compiled = modules.get(CORE_MODULE);
    this.#core = new CoreModule(
      pyodideUrl + CORE_MODULE,
      compiled ? Promise.resolve(compiled) : files.compile(CORE_MODULE),
    );
    this.#library = rest.length === 0 ? null : new StandardLibrary(request, files, this.#early.fetch);
    if (!this.#library) this.#early.begin(pyodideUrl + LIBRARY);
  }

  /**
   * Loads the page's packages meanwhile.
   * @param {ClockSignal} clock
   * @returns {Promise<Started>}
   */
  withPackages(clock) {
    const { wheels, packages } = this.#request;
    this.#wheels = wheels;
    if (packages.length > 0) this.#library?.loadForPackages();
    return this.#load(clock, packages, {});
  }

  /**
   * Loads no packages.
   * @param {ClockSignal} clock
   * @param {{ fsInit?: FileSystemHook }} options more options of `loadPyodide`
   * @returns {Promise<Started>}
   */
  bare(clock, options) {
    return this.#load(clock, [], options);
  }

  /**
   * @param {ClockSignal} clock
   * @param {string[]} packages
   * @param {{ fsInit?: FileSystemHook }} options
   * @returns {Promise<Started>}
   */
  async #load(clock, packages, options) {
    const { pyodideUrl, lock: siteLock } = this.#request;
    const site =
      siteLock === null
        ? null
        : new PublishedPackages(
            { pyodideUrl, lock: siteLock, wheels: this.#wheels },
            this.#early,
            this.#files.pin.bind(this.#files),
          );
    const library = this.#library;
    const fetchOthers = site?.fetch ?? this.#early.fetch;
    this.#core.serve(library?.serving(fetchOthers) ?? fetchOthers);
    const { fsInit = site?.fsInit, ...others } = options;
    const { loadPyodide } = await this.#entry;
    const basic = {
      ...{ indexURL: pyodideUrl, env: ENVIRONMENT },
      /** @type {FileSystemHook} */
      async fsInit(FS, folders) {
        await library?.place(FS, folders);
        await fsInit?.(FS, folders);
      },
      ...(await this.#createPyodide()),
    };
    const loading = clock.during(() =>
      loadPyodide({ ...basic, packages, ...others }).catch((/** @type {unknown} */ error) => {
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
        ...(library ? [library.failure] : []),
        this.#failure,
      ]);
      this.#modules.set(CORE_MODULE, module);
      return { pyodide, lock: theLock, library };
    } finally {
      this.#downloads.end();
      loading.catch(() => {}); // it fails later as well if a file could not be fetched
    }
  }

  /**
   * The option of `loadPyodide` that keeps it from importing the glue: the one that was verified is used. Up to 0.29, the
   * glue defines the global `_createPyodideModule`, which has the same effect.
   */
  async #createPyodide() {
    if (glueName(this.#request.core) === GLUE) {
      const createPyodideModule = this.#glue.then((glue) => glue.default);
      createPyodideModule.catch(() => {}); // reported by Pyodide, which listens later
      return { createPyodideModule }; // Pyodide awaits it
    }
    await this.#glue;
    return {};
  }

  /** @param {"core" | "start"} activity @param {number} loadedBytes @returns {Progress} */
  #progress(activity, loadedBytes) {
    const packages = this.#wheels.length > 0 ? this.#request.packages : [];
    if (activity === "start") return { type: "progress", activity, packages };
    const wheelBytes = this.#wheels.reduce((sum, { bytes }) => sum + bytes, 0);
    return { type: "progress", activity, packages, wheelBytes, loadedBytes };
  }
}

/** The file of the glue. @param {Start["core"]} core */
export const glueName = (core) => (GLUE in core ? GLUE : OLD_GLUE);
