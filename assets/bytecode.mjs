/**
 * Bytecode for the standard library. Pyodide ships sources alone, and compiles whatever it imports at every start, which
 * is most of the time that a start takes.
 */
import path from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Modules that examples import most, apart from those that Python imports while it starts. What these import in turn
 * gets bytecode as well. Bytecode of everything would be more than twice as much to download, for every reader.
 */
const COMMON = `
  array ast asyncio base64 bisect calendar cmath collections colorsys contextlib contextvars copy csv ctypes
  dataclasses datetime decimal difflib enum fnmatch fractions functools getpass glob gzip hashlib
  heapq importlib.metadata importlib.resources inspect io itertools json keyword locale logging math
  numbers operator os pathlib pickle platform pprint queue random re secrets shlex shutil statistics
  string struct sys tempfile textwrap threading time timeit tokenize traceback types typing
  unicodedata unittest urllib.parse uuid warnings weakref zipfile zlib
`
  .trim()
  .split(/\s+/);

/** Runs in Pyodide: `archive` holds the library, `common` the names. Its value is the new archive's path. */
const COMPILE = `
import importlib
import importlib.util
import sys
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

library = next(path for path in sys.path if path.endswith(".zip"))
for name in common:
    importlib.import_module(name)
origins = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
with zipfile.ZipFile(archive) as source, zipfile.ZipFile("/with-bytecode.zip", "w") as target:
    for entry in source.infolist():
        content = source.read(entry)
        target.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
        place = f"{library}/{entry.filename}"
        if place not in origins:
            continue
        code = compile(content, place, "exec", dont_inherit=True, optimize=0)
        # Python does not look whether the source is still the same: nothing can change it there.
        bytecode = _code_to_hash_pyc(code, importlib.util.source_hash(content), False)
        compiled = zipfile.ZipInfo(entry.filename + "c", entry.date_time)
        target.writestr(compiled, bytecode, zipfile.ZIP_DEFLATED, 9)
"/with-bytecode.zip"
`;

/**
 * The library of a Pyodide with bytecode beside the sources of all modules that are imported at the start or often.
 * That Pyodide writes it itself. The sources stay, because tracebacks show their lines.
 * @param {string} pyodideFolder
 * @param {Uint8Array} library python_stdlib.zip
 * @returns {Promise<Uint8Array>} the archive with both; the same for the same Pyodide
 */
export async function withBytecode(pyodideFolder, library) {
  const entry = pathToFileURL(path.join(pyodideFolder, "pyodide.mjs")).href;
  const { loadPyodide } = await import(entry);
  const pyodide = await loadPyodide({ env: { HOME: "/home/pyodide", PYTHONHASHSEED: "0" } });
  pyodide.FS.writeFile("/library.zip", library);
  pyodide.globals.set("archive", "/library.zip");
  pyodide.globals.set("common", pyodide.toPy(COMMON));
  return pyodide.FS.readFile(pyodide.runPython(COMPILE));
}
