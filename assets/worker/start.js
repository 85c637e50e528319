import { CORE_MODULE, CoreModule } from "./core_module.js";
import { EarlyDownloads } from "./early_downloads.js";
import { reporting } from "./progress.js";
import { reasonOf } from "./reason.js";
import { SitePackages } from "./site_packages.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../protocol.js").Modules} Modules */
/** @typedef {import("../protocol.js").Start} Start */
/** @typedef {import("../protocol.js").Progress} Progress */
/** @typedef {import("./clock_signal.js").ClockSignal} ClockSignal */
/** @typedef {import("./downloads.js").Downloads} Downloads */
/** @typedef {import("./packages.js").Lock} Lock */

/** How Pyodide begins to say that its lock file does not have a name. */
const UNKNOWN_PACKAGE = "No known package with name";

/** The standard library, in 0.27 to 314. Of Pyodide's own lock file nothing is wanted before it asks. */
const LIBRARY = "python_stdlib.zip";

/** As the browser has it: each start puts its own in place of it, and there can be two. */
const originalFetch = self.fetch.bind(self);

/** Where Python starts to work. */
export const HOME = "/home/pyodide";

/**
 * What a terminal can do is what the page can: `TERM` as most terminals name it, and any colour. matplotlib gives its
 * figures to the page.
 */
export const ENVIRONMENT = {
  HOME,
  MPLBACKEND: "module://pyrun_runtime.matplotlib_backend",
  TERM: "xterm-256color",
  COLORTERM: "truecolor",
};

/**
 * Starts Pyodide and loads the page's packages meanwhile. All that is known to be wanted is asked for at once.
 * @param {Start} request
 * @param {Modules} modules what is compiled already; more is added
 * @param {Downloads} downloads
 * @param {ClockSignal} clock
 * @param {(progress: Progress) => void} post
 * @param {Partial<import("pyodide").PyodideConfig>} [options] of Pyodide, besides
 * @returns {Promise<{ pyodide: PyodideInterface, lock: Lock }>}
 */
export async function startPyodide(request, modules, downloads, clock, post, options = {}) {
  const { pyodideUrl: indexURL, lockUrl, wheels, packages } = request;
  const early = new EarlyDownloads(downloads.watching(originalFetch));
  const wheelBytes = wheels.reduce((sum, { bytes }) => sum + bytes, 0);
  /** @param {number} loadedBytes @returns {Progress} */
  const fetching = (loadedBytes) => ({
    type: "progress",
    activity: "core",
    packages: wheels.length > 0 ? packages : [],
    wheelBytes,
    loadedBytes,
  });
  const failure = downloads.begin(
    reporting(downloads, post, (loadedBytes) =>
      downloads.idle ? { type: "progress", activity: "start" } : fetching(loadedBytes),
    ),
  );
  post(fetching(0));
  const importing = import(`${indexURL}pyodide.mjs`);
  const core = new CoreModule(indexURL + CORE_MODULE, modules.get(CORE_MODULE), early.fetch);
  early.begin(indexURL + LIBRARY);
  const site = lockUrl === null ? null : new SitePackages({ pyodideUrl: indexURL, lockUrl, wheels }, early);
  core.serve(site?.fetch ?? early.fetch);
  const { loadPyodide } = await importing;
  const loading = clock.during(() =>
    loadPyodide({ indexURL, packages, env: ENVIRONMENT, ...options }).catch(
      (/** @type {unknown} */ error) => {
        // Python itself is well: the run that asks for the package will say that there is none.
        if (!reasonOf(error).includes(UNKNOWN_PACKAGE)) throw error;
        return loadPyodide({ indexURL, env: ENVIRONMENT });
      },
    ),
  );
  try {
    const lock = site?.lock ?? loading.then(ownLock);
    const [pyodide, theLock, module] = await Promise.race([
      Promise.all([loading, lock, core.compiled]),
      core.failure,
      failure,
    ]);
    modules.set(CORE_MODULE, module);
    return { pyodide, lock: theLock };
  } finally {
    downloads.end();
    loading.catch(() => {}); // it fails too, later, when a file could not be had
  }
}

/** The lock file of the distribution. @param {PyodideInterface} pyodide @returns {Lock} */
function ownLock(pyodide) {
  // Not public, and the same in 0.24 to 314: https://github.com/pyodide/pyodide/blob/main/src/js/load-package.ts
  const { _api } = /** @type {{ _api: { lockfile_packages?: Lock["packages"] } }} */ (
    /** @type {unknown} */ (pyodide)
  );
  return { packages: _api.lockfile_packages ?? {} };
}
