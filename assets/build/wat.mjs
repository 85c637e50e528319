/** WebAssembly that is written as text: a script that imports a `.wat` file gets the bytes of the module. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import loadWabt from "wabt";

/** @type {import("esbuild").Plugin} */
export const watBytes = {
  name: "wat-bytes",
  setup(build) {
    build.onLoad({ filter: /\.wat$/ }, async ({ path: file }) => ({
      contents: await assemble(path.basename(file), await readFile(file, "utf8")),
      loader: "binary",
    }));
  },
};

/**
 * @param {string} name of the file, for messages
 * @param {string} text
 * @returns {Promise<Uint8Array>}
 * @throws {Error} the text is wrong; the message names the line
 */
export async function assemble(name, text) {
  const wabt = await loadWabt();
  const module = wabt.parseWat(name, text);
  try {
    module.validate();
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}
