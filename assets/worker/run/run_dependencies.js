import { reasonOf } from "../../shared/errors.js";
import { loadPackages, missingPackages } from "../packages/packages.js";
import { reporting } from "../progress.js";
import { ExampleFiles } from "./example_files.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../../shared/protocol.js").Problem} Problem */
/** @typedef {import("../../shared/protocol.js").Progress} Progress */
/** @typedef {import("../../shared/protocol.js").RunRequest} RunRequest */
/** @typedef {import("../pyodide/downloads.js").Downloads} Downloads */
/** @typedef {import("../waiting/blocking.js").Waits} Waits */

/** Whether all is there; if not, Stop was pressed, or this is why. @typedef {"ready" | "stopped" | Problem} Provided */

/** What an example needs before its code can run. */
export class Provisions {
  #pyodide;
  #downloads;
  #waits;
  #post;
  #files;

  /**
   * @param {PyodideInterface} pyodide
   * @param {Downloads} downloads
   * @param {Waits} waits
   * @param {(progress: Progress) => void} post
   */
  constructor(pyodide, downloads, waits, post) {
    this.#pyodide = pyodide;
    this.#downloads = downloads;
    this.#waits = waits;
    this.#post = post;
    this.#files = new ExampleFiles(pyodide);
  }

  /**
   * Loads the packages and the files that are not there yet.
   * @param {RunRequest} request
   * @returns {Promise<Provided>}
   */
  async provide(request) {
    const packages = missingPackages(this.#pyodide, request.packages);
    if (packages.length > 0) {
      const provided = await this.#load(
        "package",
        (loadedBytes) => ({ type: "progress", activity: "packages", packages, loadedBytes }),
        () => loadPackages(this.#pyodide, packages),
      );
      if (provided !== "ready") return provided;
    }
    const missing = this.#files.missing(request.files);
    if (missing.length === 0) return "ready";
    const files = missing.map(({ path }) => path);
    return this.#load(
      "file",
      (loadedBytes) => ({ type: "progress", activity: "files", files, loadedBytes }),
      () => this.#files.write(missing),
    );
  }

  /**
   * @param {Problem["reason"]} reason
   * @param {(loadedBytes: number) => Progress} message
   * @param {() => Promise<void>} load
   * @returns {Promise<Provided>}
   */
  async #load(reason, message, load) {
    void this.#downloads.begin(reporting(this.#downloads, this.#post, message));
    this.#post(message(0));
    try {
      const loaded = load().then(() => /** @type {const} */ ("ready"));
      return (await this.#waits.until((resolve, reject) => loaded.then(resolve, reject))) ?? "stopped";
    } catch (error) {
      return { reason, detail: reasonOf(error) };
    } finally {
      this.#downloads.end();
    }
  }
}
