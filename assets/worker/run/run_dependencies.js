/** What one run needs before its code runs: packages and files. */
import { reasonOf } from "../../shared/errors.js";
import { tellsOfChange } from "../../shared/pinned_files.js";
import { canonicalName, loadPackages, missingPackages } from "../packages/packages.js";
import { progressReporter } from "../pyodide/downloads.js";
import { ExampleFiles } from "./example_files.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../../shared/protocol.js").Problem} Problem */
/** @typedef {import("../../shared/protocol.js").Progress} Progress */
/** @typedef {import("../../shared/protocol.js").RunRequest} RunRequest */
/** @typedef {import("../pyodide/downloads.js").Downloads} Downloads */
/** @typedef {import("../pyodide/internals.js").Lock} Lock */
/** @typedef {import("../start/site_files.js").SiteFiles} SiteFiles */
/** @typedef {import("../waiting/blocking.js").StoppableWaits} StoppableWaits */
/** @typedef {import("./vendored_modules.js").VendoredModules} VendoredModules */

/** `ready` if everything is there; otherwise Stop was pressed, or there is a problem. @typedef {"ready" | "stopped" | Problem} LoadResult */

/** The packages and files that an example needs before its code can run. */
export class RunDependencies {
  #pyodide;
  #vendored;
  #downloads;
  #waits;
  #post;
  #files;

  /**
   * @param {PyodideInterface} pyodide
   * @param {SiteFiles} files
   * @param {VendoredModules} vendored
   * @param {Downloads} downloads
   * @param {StoppableWaits} waits
   * @param {(progress: Progress) => void} post
   */
  constructor(pyodide, files, vendored, downloads, waits, post) {
    this.#pyodide = pyodide;
    this.#vendored = vendored;
    this.#downloads = downloads;
    this.#waits = waits;
    this.#post = post;
    this.#files = new ExampleFiles(pyodide, files);
  }

  /**
   * Loads the packages and the files that are not there yet.
   * @param {RunRequest} request
   * @returns {Promise<LoadResult>}
   */
  async load(request) {
    const packages = missingPackages(this.#pyodide, request.packages);
    if (packages.length > 0) {
      const result = await this.#loadPackages(packages);
      if (result !== "ready") return result;
    }
    await this.#vendored.prepare(request);
    const missing = this.#files.missing(request.files);
    if (missing.length === 0) return "ready";
    const files = missing.map(({ path }) => path);
    return this.#track(
      "file",
      (loadedBytes) => ({ type: "progress", activity: "files", files, loadedBytes }),
      () => this.#files.write(missing),
    );
  }

  /**
   * Loads packages for code that installs them.
   * @param {Lock} lock that of the site
   * @param {string} names with spaces between them
   * @returns {Promise<string>} JSON: the names of which the site has no package, and why the others could not be loaded
   */
  async install(lock, names) {
    const packages = new Set(Object.values(lock.packages).map(({ name }) => canonicalName(name)));
    const isKnown = (/** @type {string} */ name) => packages.has(canonicalName(name));
    const wanted = names.split(" ");
    const missing = missingPackages(this.#pyodide, wanted.filter(isKnown).map(canonicalName));
    const result = missing.length > 0 ? await this.#loadPackages(missing) : "ready";
    const unknown = wanted.filter((name) => !isKnown(name));
    return JSON.stringify([unknown, typeof result === "object" ? result.detail : ""]);
  }

  /** @param {string[]} packages canonicalName */
  #loadPackages(packages) {
    return this.#track(
      "package",
      (loadedBytes) => ({ type: "progress", activity: "packages", packages, loadedBytes }),
      () => loadPackages(this.#pyodide, packages),
    );
  }

  /**
   * @param {Problem["reason"]} reason
   * @param {(loadedBytes: number) => Progress} message
   * @param {() => Promise<void>} load
   * @returns {Promise<LoadResult>}
   */
  async #track(reason, message, load) {
    void this.#downloads.begin(progressReporter(this.#downloads, this.#post, message));
    this.#post(message(0));
    try {
      const loaded = load().then(() => /** @type {const} */ ("ready"));
      loaded.catch(() => {}); // after Stop, nobody listens
      return (await this.#waits.waitFor((resolve, reject) => loaded.then(resolve, reject))) ?? "stopped";
    } catch (error) {
      return { reason: tellsOfChange(error) ? "changed" : reason, detail: reasonOf(error) };
    } finally {
      this.#downloads.end();
    }
  }
}
