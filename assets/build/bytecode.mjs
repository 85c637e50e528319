/**
 * Bytecode for the Python modules that run in the browser. Without it, Pyodide compiles every module that it imports, at
 * every start, which takes most of that time. The bytecode is written by the same Pyodide version that later loads it, in
 * Node: when pyrun is built, for the bundled Pyodide and pyrun's own modules; when a site is built, for wheels and for
 * another Pyodide that the author chose (`compile.mjs`).
 *
 * It has no columns, which would make it a third larger: tracebacks show the lines of the library and of packages without
 * carets. https://docs.python.org/3/using/cmdline.html#envvar-PYTHONNODEBUGRANGES
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

/**
 * The modules that examples import most, and those that Pyodide unpacks wheels with. Modules that they import in turn get
 * bytecode as well, as do those that Python imports while it starts. Bytecode of everything would more than double what
 * every reader downloads.
 */
const COMMON = `
  array ast asyncio base64 bisect calendar cmath codeop collections colorsys contextlib contextvars copy
  csv ctypes dataclasses datetime decimal encodings.cp437 enum fnmatch fractions functools getpass
  glob gzip hashlib heapq importlib.metadata importlib.resources inspect io itertools json keyword
  locale logging math numbers operator os pathlib pickle pkgutil platform pprint queue random re
  secrets shlex shutil statistics string struct sys sysconfig tarfile tempfile textwrap threading
  time timeit tokenize traceback types typing unicodedata urllib.parse uuid warnings weakref zipfile
  zlib zoneinfo _strptime
`
  .trim()
  .split(/\s+/);

/** The date of files in archives: the earliest possible one, so that builds are reproducible. */
const NO_TIME = [1980, 1, 1, 0, 0, 0];

/** A Pyodide that compiles for readers' browsers. */
export class Compiler {
  #pyodide;

  /** @param {import("pyodide").PyodideInterface} pyodide @param {string} program the text of compiler.py */
  constructor(pyodide, program) {
    this.#pyodide = pyodide;
    pyodide.runPython(program, { filename: "compiler.py" });
  }

  /**
   * @param {string} pyodideFolder the Pyodide that readers get
   * @param {string} program the text of compiler.py, which Node and esbuild read in different ways
   * @returns {Promise<Compiler>}
   */
  static async start(pyodideFolder, program) {
    const { loadPyodide } = await import(pathToFileURL(path.join(pyodideFolder, "pyodide.mjs")).href);
    const env = { HOME: "/home/pyodide", PYTHONHASHSEED: "0", PYTHONNODEBUGRANGES: "1" };
    return new Compiler(await loadPyodide({ env }), program);
  }

  /**
   * The standard library, with bytecode for the modules that are imported at the start or often. The sources stay,
   * because tracebacks show their lines.
   * @param {Uint8Array} library python_stdlib.zip
   * @returns {Uint8Array} the archive with both; identical for the same Pyodide
   */
  library(library) {
    this.#pyodide.FS.writeFile("/sources.zip", library);
    return this.#call("compile_library", "/sources.zip", COMMON);
  }

  /**
   * An archive of modules with their bytecode. A Python of another version ignores the bytecode.
   * @param {Record<string, string>} folders with the modules, by the beginning of the modules' paths in the archive
   * @param {string} target the path of the archive in the file system of readers' Python
   * @param {string[]} rare the beginnings of the paths of modules that few readers need, which get no bytecode
   * @returns {Promise<Uint8Array>}
   */
  async modules(folders, target, rare) {
    /** @type {Record<string, string>} */
    const sources = {};
    for (const [prefix, folder] of Object.entries(folders)) {
      const files = await readdir(folder, { recursive: true });
      const names = files
        .filter((file) => file.endsWith(".py"))
        .map((file) => file.split(path.sep).join("/"));
      for (const name of names.sort())
        sources[prefix + name] = await readFile(path.join(folder, name), "utf8");
    }
    return this.#call("compile_modules", sources, target, rare, NO_TIME);
  }

  /**
   * An archive with the bytecode of a wheel's modules, under the names that Python looks for when the wheel is unpacked.
   * Modules that this Python cannot compile are left out.
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
