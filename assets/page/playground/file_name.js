/** Names that files of a playground can have. */
import { safeName } from "../files/safe_name.js";

/** The code that runs. */
export const MAIN = "main.py";

/** More would not fit into the row of tabs. */
export const MOST_FILES = 30;

/** Why a name cannot be taken: it is empty, no name of a file without a folder, or another file has it. @typedef {"empty" | "invalid" | "taken"} NameProblem */

/** @param {string} name @returns {boolean} whether a file beside the code can have it */
export const isFileName = (name) => name === safeName(name) && !isMain(name) && !name.startsWith(".");

/**
 * @param {string} name
 * @param {readonly string[]} others names of the other files
 * @returns {NameProblem | null}
 */
export function nameProblem(name, others) {
  if (name === "") return "empty";
  if (isMain(name) || others.some((other) => other.toLowerCase() === name.toLowerCase())) return "taken";
  return isFileName(name) ? null : "invalid";
}

/** A name for the next file. @param {readonly string[]} others */
export function freeName(others) {
  for (let number = 1; ; number++) {
    const name = number === 1 ? "module.py" : `module${number}.py`;
    if (nameProblem(name, others) === null) return name;
  }
}

/** Whether the file has code of Python. @param {string} name */
export const isPython = (name) => /\.pyi?$/i.test(name);

/** @param {string} name */
const isMain = (name) => name.toLowerCase() === MAIN;
