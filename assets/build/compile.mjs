/**
 * Writes bytecode while a site is built. `pyrun_core/pyodide/bytecode.py` runs it:
 *
 *     node compile.mjs wheels PYODIDE_FOLDER JOBS_FILE
 *     node compile.mjs library PYODIDE_FOLDER TARGET
 *
 * The first does the jobs of a JSON array, the second writes python_stdlib.zip with bytecode. It imports only Node's own
 * modules and that Pyodide.
 */
import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { Compiler } from "./bytecode.mjs";
import program from "./compiler.py";

/**
 * @typedef {object} Job
 * @property {string} wheel its file
 * @property {string[]} sources the modules to compile, as the wheel has them
 * @property {string} bytecode the archive to write; it appears when it is complete
 */

const [what = "", pyodideFolder = "", file = ""] = process.argv.slice(2);
await (what === "library" ? compileLibrary() : compileWheels());

async function compileWheels() {
  /** @type {Job[]} */
  const jobs = JSON.parse(await readFile(file, "utf8"));
  const compiler = await Compiler.start(pyodideFolder, program);
  for (const { wheel, sources, bytecode } of jobs) {
    await writeWhole(bytecode, compiler.wheel(await readFile(wheel), sources));
  }
}

async function compileLibrary() {
  const compiler = await Compiler.start(pyodideFolder, program);
  await writeWhole(file, compiler.library(await readFile(path.join(pyodideFolder, "python_stdlib.zip"))));
}

/** @param {string} target @param {Uint8Array} content */
async function writeWhole(target, content) {
  await writeFile(`${target}.part`, content);
  await rename(`${target}.part`, target);
}
