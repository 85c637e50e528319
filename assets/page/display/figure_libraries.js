/** The JavaScript libraries that draw figures. They run only in frames; the page keeps their text for them. */
import { ChangedFileError } from "../../shared/pinned_files.js";
import { DISPLAY_MESSAGES } from "../messages.js";
import { explainFile, verifiedText } from "../pinned_files.js";

/** The library that pyrun bundles, because no wheel contains it. */
const BUNDLED = "vega";

/** @type {Map<string, Promise<string>>} */
const bundled = new Map();

/** The libraries of one Python. No other one gets them, because code can send any script under any name. */
export class FigureLibraries {
  /** Scripts that Python has sent. @type {Map<string, string>} */
  #sent = new Map();

  /** @param {string} name with the version in it @param {Uint8Array<ArrayBuffer>} bytes from a wheel */
  keep(name, bytes) {
    this.#sent.set(name, new TextDecoder().decode(bytes));
  }

  /** Python is lost, and the next one gets no script of it. Figures that are in the page keep theirs. */
  forget() {
    this.#sent.clear();
  }

  /**
   * Finds a script for a figure of the current Python.
   * @param {string} name
   * @returns {() => Promise<string>} its text, for as long as the figure is in the page. Rejects with a message for the
   *   reader
   */
  find(name) {
    const text = name === BUNDLED ? undefined : this.#sent.get(name);
    return async () => {
      try {
        return text ?? (await bundledText(name));
      } catch (error) {
        const isChanged = error instanceof ChangedFileError;
        throw new Error(isChanged ? explainFile(error) : DISPLAY_MESSAGES.libraryMissing({ name }));
      }
    };
  }
}

/** @param {string} name @returns {Promise<string>} */
async function bundledText(name) {
  const text = bundled.get(name) ?? fetchBundled(name);
  bundled.set(name, text);
  text.catch(() => bundled.delete(name)); // the next try may succeed
  return text;
}

/** @param {string} name @returns {Promise<string>} */
async function fetchBundled(name) {
  if (name !== BUNDLED) throw new Error(`no library ${name}`);
  return verifiedText(__PYRUN_VEGA__);
}
