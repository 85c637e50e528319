/** The settlement of a site: which Pyodide it has, and what each example needs. `pyrun_core/settlement/` writes it. */
import { CORE_MODULE, ENTRY, GLUE, LIBRARY, LOCK_FILE, OLD_GLUE } from "../../shared/core_files.js";

/** @import { ExampleFile, PinnedFile, SizedFile, Start, Wheel } from "../../shared/protocol.js" */
/** @import { OffSwitch } from "./off_switch.js" */

/** The format that this module reads; `FORMAT` of `pyrun_core/settlement/settlement.py`. */
const FORMAT = 3;

/** A SHA-256 checksum as `fetch` takes it (https://www.w3.org/TR/SRI/): `fetch` ignores those that it cannot read. */
const INTEGRITY = /^sha256-[A-Za-z0-9+/]{43}=$/;

/** What a start needs besides the glue, which has one of two names. */
const CORE = [ENTRY, CORE_MODULE, LIBRARY, LOCK_FILE];

/** `bytes` is 0 where the build does not know it. @typedef {{ url: string, bytes: number, integrity: string, depends: string[] }} Package */

/** @typedef {{ start?: string[], run?: string[], files?: [path: string, url: string, bytes: number, integrity: string, address?: string][] }} Example */

/**
 * The content of `settlement.json`. URLs are relative to the file, or absolute. `root` is the root of the site.
 * `names` is the table of documented names, `formatters` what formats code. `start` is loaded while Python starts, `run` with the run; those of `examples` by the id that a cell has in
 * `data-requirements`, the other `start` for cells without an id.
 * @typedef {{
 *   format: number,
 *   root: string,
 *   pyodide: {
 *     url: string, bytes: number, snapshots: boolean, files: Record<string, [url: string, integrity: string]>,
 *     rest?: [name: string, bytes: number][],
 *   },
 *   lock: PinnedFile | null,
 *   names?: string,
 *   formatters?: { ruff?: Record<"script" | "module", [url: string, integrity: string]>, black?: string[] },
 *   packages: Record<string, Package>,
 *   start: string[],
 *   examples: Record<string, Example>,
 * }} Content
 */

/**
 * What an example needs. `start` is loaded while Python starts, `run` with the run.
 * @typedef {{ start: string[], run: string[], files: ExampleFile[] }} Needs
 */

/** What was settled for the site, as the page reads it. */
export class Settlement {
  #content;
  #url;
  /** @type {Map<string, string> | null} */
  #listed = null;

  /**
   * @param {string} text of `settlement.json`
   * @param {string} url of it, absolute
   * @param {OffSwitch} offSwitch
   * @throws {Error} it cannot be read
   */
  constructor(text, url, offSwitch) {
    this.#content = contentOf(text);
    this.#url = url;
    this.offSwitch = offSwitch;
    this.text = text;
  }

  /** Absolute, with a slash at its end. */
  get pyodideUrl() {
    return this.#absolute(this.#content.pyodide.url);
  }

  /** The files of Pyodide's core by their names. */
  get core() {
    /** @type {Record<string, PinnedFile>} */
    const core = {};
    for (const [name, [url, integrity]] of Object.entries(this.#content.pyodide.files))
      core[name] = { url: this.#absolute(url), integrity };
    return core;
  }

  /** The parts of Python's standard library before the one in `core`, in their order. @returns {SizedFile[]} */
  get rest() {
    const { rest = [] } = this.#content.pyodide;
    return rest.map(([name, bytes]) => ({ .../** @type {PinnedFile} */ (this.core[name]), bytes }));
  }

  /** The site's lock file; `null` if Pyodide's own is used. @returns {PinnedFile | null} */
  get lock() {
    const { lock } = this.#content;
    return lock && { url: this.#absolute(lock.url), integrity: lock.integrity };
  }

  /** How large Python is. */
  get coreBytes() {
    return this.#content.pyodide.bytes;
  }

  /** The packages of the site, in the order of their names. */
  get packageNames() {
    return Object.keys(this.#content.packages);
  }

  /** The table of documented names, absolute; `null` without one. */
  get namesUrl() {
    const { names } = this.#content;
    return names === undefined ? null : this.#absolute(names);
  }

  /** What formats code, besides the examples' own packages. @returns {{ ruff: { script: PinnedFile, module: PinnedFile } | null, black: string[] }} */
  get formatters() {
    const { ruff, black = [] } = this.#content.formatters ?? {};
    const pin = (/** @type {[string, string]} */ [url, integrity]) => ({
      url: this.#absolute(url),
      integrity,
    });
    return { ruff: ruff ? { script: pin(ruff.script), module: pin(ruff.module) } : null, black };
  }

  /** Whether the Pyodide of the site can start from a snapshot. */
  get hasSnapshots() {
    return this.#content.pyodide.snapshots;
  }

  /** Whether a Python that was started with these files fits. @param {Python} start */
  hasSamePython(start) {
    return filesOf(start) === filesOf(this);
  }

  /**
   * What an example needs.
   * @param {string | undefined} id `data-requirements` of its cell
   * @returns {Needs}
   * @throws {Error} the site knows no example with this id
   */
  neededBy(id) {
    const example = this.#example(id);
    if (!example) throw new Error(`${this.#url} lists no example with the id ${id}`);
    const { start = [], run = [], files = [] } = example;
    return {
      start,
      run,
      files: files.map(([path, url, , integrity, address = ""]) => ({
        ...{ path, address, integrity },
        url: this.#absolute(url),
      })),
    };
  }

  /**
   * The files of an example with their sizes; none if the site knows no example with this id.
   * @param {string | undefined} id `data-requirements` of its cell
   */
  filesOf(id) {
    const files = this.#example(id)?.files ?? [];
    return files.map(([path, url, bytes, integrity]) => ({
      ...{ path, bytes, integrity },
      url: this.#absolute(url),
    }));
  }

  /**
   * The packages that Python starts with, for all cells of a page. Unknown ids are left out: the run reports them.
   * @param {(string | undefined)[]} ids `data-requirements` of the cells
   */
  startPackages(ids) {
    return [...new Set(ids.flatMap((id) => this.#example(id)?.start ?? []))];
  }

  /**
   * The wheels of packages and of what they depend on, largest first.
   * @param {string[]} names
   * @returns {Wheel[]}
   */
  wheelsOf(names) {
    const { packages } = this.#content;
    const all = new Set(names); // grows while it is walked
    for (const name of all) for (const needed of packages[name]?.depends ?? []) all.add(needed);
    return [...all]
      .flatMap((name) => packages[name] ?? [])
      .map(({ url, bytes, integrity }) => ({ url: this.#absolute(url), bytes, integrity }))
      .sort((one, other) => other.bytes - one.bytes);
  }

  /**
   * The checksum of a file that is listed.
   * @param {string} url absolute
   * @returns {string | undefined} `undefined` if it is not listed
   */
  integrityOf(url) {
    this.#listed ??= this.#list();
    return this.#listed.get(url);
  }

  #list() {
    const { packages, examples } = this.#content;
    /** @type {PinnedFile[]} */
    const files = [
      ...Object.values(this.core),
      ...(this.lock ? [this.lock] : []),
      ...Object.values(packages),
    ];
    for (const { files: read = [] } of Object.values(examples)) {
      for (const [, url, , integrity] of read) files.push({ url, integrity });
    }
    return new Map(files.map(({ url, integrity }) => [this.#absolute(url), integrity]));
  }

  /**
   * Why the author has switched a page off.
   * @param {string} page its URL
   * @returns {string | null} the author's message, which may be empty; `null` if the page is on
   */
  whyOff(page) {
    const { pathname } = new URL(page);
    const root = new URL(this.#content.root, this.#url).pathname;
    return this.offSwitch.reasonFor(
      decoded(pathname.startsWith(root) ? pathname.slice(root.length) : pathname),
    );
  }

  /** @param {string | undefined} id @returns {Example | undefined} */
  #example(id) {
    const { examples, start } = this.#content;
    if (id === undefined) return { start };
    return Object.hasOwn(examples, id) ? examples[id] : undefined;
  }

  /** @param {string} url */
  #absolute(url) {
    return new URL(url, this.#url).href;
  }
}

/** @typedef {Pick<Start, "pyodideUrl" | "core" | "lock">} Python */

/** The files that a Python starts from, in a text to compare. @param {Python} python */
function filesOf({ pyodideUrl, core, lock }) {
  const files = Object.entries(core).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([pyodideUrl, files, lock]);
}

/** @param {string} text @returns {Content} @throws {Error} it is another format, or damaged */
function contentOf(text) {
  const content = JSON.parse(text);
  if (content?.format !== FORMAT)
    throw new Error(`the file has the format ${content?.format}, and this page reads ${FORMAT}`);
  const { pyodide, lock, packages, start, examples, root } = content;
  const isComplete =
    [pyodide?.url, root].every(isText) &&
    hasCore(pyodide.files) &&
    (pyodide.rest ?? []).every((/** @type {any[]} */ part) => isPart(pyodide.files, part[0], part[1])) &&
    (content.names === undefined || isText(content.names)) &&
    hasFormatters(content.formatters ?? {}) &&
    (lock === null || isPinned([lock?.url, lock?.integrity])) &&
    isList(start) &&
    [packages, examples].every((value) => value && typeof value === "object") &&
    Object.values(packages).every((each) => isPinned([each?.url, each?.integrity]) && isList(each.depends)) &&
    Object.values(examples).every(
      (each) =>
        each &&
        [each.start ?? [], each.run ?? [], each.files ?? []].every(isList) &&
        (each.files ?? []).every(
          (/** @type {unknown} */ file) => isList(file) && isPinned([file[1], file[3]]),
        ),
    );
  if (!isComplete) throw new Error("the file is incomplete");
  return content;
}

/** @param {unknown} files */
const hasCore = (files) =>
  typeof files === "object" &&
  files !== null &&
  CORE.every((name) => Object.hasOwn(files, name)) &&
  [GLUE, OLD_GLUE].some((name) => Object.hasOwn(files, name)) &&
  Object.values(files).every(isPinned);

/** @param {any} formatters */
const hasFormatters = ({ ruff, black = [] }) =>
  isList(black) && (ruff === undefined || [ruff?.script, ruff?.module].every(isPinned));

/** @param {object} files @param {string} name @param {unknown} bytes */
const isPart = (files, name, bytes) => Object.hasOwn(files, name) && Number.isInteger(bytes);

/** @param {unknown} file its URL and its checksum */
const isPinned = (file) =>
  isList(file) && file.length === 2 && file.every(isText) && INTEGRITY.test(`${file[1]}`);

/** @param {unknown} value */
const isText = (value) => typeof value === "string";

/** @param {unknown} value @returns {value is unknown[]} */
const isList = (value) => Array.isArray(value);

/** @param {string} path */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // not encoded as UTF-8
  }
}
