/**
 * Unpacks a wheel as the browser does, changes the source of a module, imports it, and prints what Python loaded:
 * the change has no effect if Python uses the bytecode.
 *
 *     node import_changed.mjs PYODIDE_FOLDER WHEEL FILE MODULE
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder = "", wheel = "", file = "", module = ""] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")).href);
const pyodide = await loadPyodide();
const place = pyodide.runPython(
  "import sys; next(path for path in sys.path if path.endswith('site-packages'))",
);
pyodide.unpackArchive(new Uint8Array(await readFile(wheel)), "whl", { extractDir: place });
const source = pyodide.FS.readFile(`${place}/${file}`, { encoding: "utf8" });
pyodide.FS.writeFile(`${place}/${file}`, `${source}\nCHANGED = True\n`);
const imported = pyodide.pyimport(module);
const code = imported.hello.__code__;
const said = { changed: imported.CHANGED === true, file: code.co_filename, line: code.co_firstlineno, place };
console.log(JSON.stringify(said));
