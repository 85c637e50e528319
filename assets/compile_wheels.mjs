/**
 * Writes bytecode for the modules of wheels. `pyrun_core/packages/bytecode.py` runs this while a site is built:
 *
 *     node compile_wheels.mjs PYODIDE_FOLDER JOBS_FILE
 *
 * It imports nothing but Node's own modules and that Pyodide. The file of jobs is a JSON array.
 */
import { readFile, rename, writeFile } from "node:fs/promises";
import { Compiler } from "./bytecode.mjs";

/**
 * @typedef {object} Job
 * @property {string} wheel its file
 * @property {string[]} sources the modules to compile, as the wheel has them
 * @property {string} bytecode the archive to write; it is there when it is whole
 */

/**
 * Without columns, bytecode is a quarter smaller. Tracebacks have the lines of packages, and mark nothing in them.
 * https://docs.python.org/3/using/cmdline.html#envvar-PYTHONNODEBUGRANGES
 */
const SMALL = { PYTHONNODEBUGRANGES: "1" };

const [pyodideFolder = "", jobsFile = ""] = process.argv.slice(2);
/** @type {Job[]} */
const jobs = JSON.parse(await readFile(jobsFile, "utf8"));
const compiler = await Compiler.start(pyodideFolder, SMALL);
for (const { wheel, sources, bytecode } of jobs) {
  await writeFile(`${bytecode}.part`, compiler.wheel(await readFile(wheel), sources));
  await rename(`${bytecode}.part`, bytecode);
}
