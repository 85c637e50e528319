/** The licences of code that is bundled into the browser files, or shipped beside them. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** The notice beside Pyodide's files, which MPL-2.0, section 3.2, requires from distributors of built files. */
export const PYODIDE_NOTICE = `\
The files in this folder are the core of Pyodide {version}, as its npm package ships them, with two changes:
pyodide.mjs lacks the comment that names a source map, and python_stdlib.zip contains bytecode beside the sources of
the modules that are imported most. This Pyodide compiled the bytecode from these sources.
If a site lets browsers keep snapshots of Python, pyodide.asm.mjs is patched as well, so that the linking of libraries can
be recorded and repeated. A comment at the beginning of the file says so. The patches are also under the Mozilla Public
License 2.0. Their source is pyrun_core/pyodide/glue_patches.py in the Python package pyrun-docs, which made the site.

Pyodide is made by the Pyodide contributors and Mozilla, and licensed under the Mozilla Public License 2.0:
    https://www.mozilla.org/MPL/2.0/
Its source code, with the licences of the parts it is built from, is at
    https://github.com/pyodide/pyodide/tree/{version}
Among them: CPython (Python Software Foundation License 2.0, https://docs.python.org/3/license.html),
which python_stdlib.zip and pyodide.asm.wasm hold, and Emscripten (MIT, https://github.com/emscripten-core/emscripten).
`;

/** Third-party files in the source. */
const VENDORED = /^assets\/python\/vendored\/turtle\.py\.txt$/;
const VENDORED_TITLE = "CPython 3.13.0, its module turtle (PSF-2.0; the file itself names its own)";

/**
 * The licence texts of all bundled packages, from npm and from the source.
 * @param {string} root the folder that holds node_modules
 * @param {string[]} inputs bundled files, relative to root, with forward slashes
 * @returns {Promise<string>} one section for each package, sorted by name
 * @throws {Error} a package ships no licence, so it may not be distributed
 */
export async function thirdPartyLicences(root, inputs) {
  const folders = new Set(
    inputs.flatMap((file) => file.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0] ?? []),
  );
  const sections = [];
  for (const folder of [...folders].sort()) {
    const home = path.join(root, folder);
    const { name, version, license } = JSON.parse(await readFile(path.join(home, "package.json"), "utf8"));
    const file = (await readdir(home)).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} ${version} is bundled but ships no licence text`);
    const text = (await readFile(path.join(home, file), "utf8")).trim();
    sections.push(`${name} ${version} (${license})\n\n${text}\n`);
  }
  for (const file of inputs.filter((input) => VENDORED.test(input))) {
    const text = (await readFile(path.join(root, path.dirname(file), "LICENSE.txt"), "utf8")).trim();
    sections.push(`${VENDORED_TITLE}\n\n${text}\n`);
  }
  const rule = `\n${"-".repeat(80)}\n\n`;
  return `The browser files of pyrun hold code of these packages:\n${rule}${sections.join(rule)}`;
}
