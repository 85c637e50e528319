/**
 * Bytecode for the Python modules that run in the browser. Pyodide compiles whatever it imports at every start, which is
 * most of the time that a start takes. It is written by that very Pyodide, in Node: for the bundled one and for pyrun's
 * modules when pyrun is built, for wheels and for a Pyodide of the author's when a site is (`compile.mjs`).
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Modules that examples import most, and Pyodide to unpack wheels, apart from those that Python imports while it starts.
 * What these import in turn gets bytecode as well. Bytecode of everything would be more than twice as much to download, for
 * every reader.
 */
const COMMON = `
  array ast asyncio base64 bisect calendar cmath collections colorsys contextlib contextvars copy
  csv ctypes dataclasses datetime decimal encodings.cp437 enum fnmatch fractions functools getpass
  glob gzip hashlib heapq importlib.metadata importlib.resources inspect io itertools json keyword
  locale logging math numbers operator os pathlib pickle pkgutil platform pprint queue random re
  secrets shlex shutil statistics string struct sys sysconfig tarfile tempfile textwrap threading
  time timeit tokenize traceback types typing unicodedata urllib.parse uuid warnings weakref zipfile
  zlib zoneinfo _strptime
`
  .trim()
  .split(/\s+/);

/** When an archive's files were made: the earliest time that there is in one, so that the same files give the same archive. */
const NO_TIME = [1980, 1, 1, 0, 0, 0];

/** What runs in Pyodide. Each function returns the path of a new archive. */
const COMPILER = `
import importlib
import importlib.util
import sys
import warnings
import zipfile
from contextlib import suppress
from importlib._bootstrap_external import _code_to_hash_pyc


def bytecode_of(source, place):
    code = compile(source, place, "exec", dont_inherit=True, optimize=0)
    # Python does not look whether the source is still the same: nothing can change it there.
    return _code_to_hash_pyc(code, importlib.util.source_hash(source), False)


def add_bytecode(archive, name, source, place, date_time):
    bytecode = bytecode_of(source, place)
    archive.writestr(zipfile.ZipInfo(name + "c", date_time), bytecode, zipfile.ZIP_DEFLATED, 9)


def compile_library(archive, common):
    library = next(path for path in sys.path if path.endswith(".zip"))
    for name in common:
        with suppress(ImportError):  # not every version has all of them
            importlib.import_module(name)
    origins = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile("/library.zip", "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
            place = f"{library}/{entry.filename}"
            if place in origins:
                add_bytecode(target, entry.filename, content, place, entry.date_time)
    return "/library.zip"


def compile_modules(sources, place, date_time):
    with zipfile.ZipFile("/modules.zip", "w") as target:
        for name, source in sources.items():
            content = source.encode()
            target.writestr(zipfile.ZipInfo(name, date_time), content, zipfile.ZIP_DEFLATED, 9)
            add_bytecode(target, name, content, f"{place}/{name}", date_time)
    return "/modules.zip"


def compile_wheel(wheel, names, date_time):
    warnings.simplefilter("ignore")  # those of others' code
    place = next(path for path in sys.path if path.endswith("/site-packages"))
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile("/bytecode.zip", "w") as target:
        for name in names:
            try:
                bytecode = bytecode_of(source.read(name), f"{place}/{name}")
            except (SyntaxError, ValueError, OverflowError, RecursionError):
                continue  # of another Python, or a template: nobody can import it
            target.writestr(zipfile.ZipInfo(importlib.util.cache_from_source(name), date_time), bytecode)
    return "/bytecode.zip"
`;

/** A Pyodide that compiles for readers' browsers. */
export class Compiler {
  #pyodide;

  /** @param {import("pyodide").PyodideInterface} pyodide */
  constructor(pyodide) {
    this.#pyodide = pyodide;
    pyodide.runPython(COMPILER);
  }

  /**
   * @param {string} pyodideFolder whose Pyodide readers will have
   * @param {Record<string, string>} [environment] variables that Python is to see besides
   * @returns {Promise<Compiler>}
   */
  static async start(pyodideFolder, environment = {}) {
    const { loadPyodide } = await import(pathToFileURL(path.join(pyodideFolder, "pyodide.mjs")).href);
    const env = { HOME: "/home/pyodide", PYTHONHASHSEED: "0", ...environment };
    return new Compiler(await loadPyodide({ env }));
  }

  /**
   * The standard library with bytecode beside the sources of all modules that are imported at the start or often. The
   * sources stay, because tracebacks show their lines.
   * @param {Uint8Array} library python_stdlib.zip
   * @returns {Uint8Array} the archive with both; the same for the same Pyodide
   */
  library(library) {
    this.#pyodide.FS.writeFile("/sources.zip", library);
    return this.#call("compile_library", "/sources.zip", COMMON);
  }

  /**
   * An archive of modules, with bytecode. A Python of another version passes that by, and compiles.
   * @param {string} folder with the modules
   * @param {string} place where the archive will stand in the file system of readers' Python
   * @returns {Promise<Uint8Array>}
   */
  async modules(folder, place) {
    const files = await readdir(folder, { recursive: true });
    const names = files.filter((file) => file.endsWith(".py")).map((file) => file.split(path.sep).join("/"));
    /** @type {Record<string, string>} */
    const sources = {};
    for (const name of names.sort()) sources[name] = await readFile(path.join(folder, name), "utf8");
    return this.#call("compile_modules", sources, place, NO_TIME);
  }

  /**
   * An archive with the bytecode of modules of a wheel, under the names that Python looks for when the wheel is
   * unpacked. Modules that this Python cannot compile are left out.
   * @param {Uint8Array} wheel
   * @param {string[]} names of the modules' files
   * @returns {Uint8Array}
   */
  wheel(wheel, names) {
    this.#pyodide.FS.writeFile("/sources.zip", wheel);
    return this.#call("compile_wheel", "/sources.zip", names, NO_TIME);
  }

  /** @param {string} name @param {unknown[]} given */
  #call(name, ...given) {
    const pyodide = this.#pyodide;
    return pyodide.FS.readFile(pyodide.globals.get(name)(...given.map((each) => pyodide.toPy(each))));
  }
}
