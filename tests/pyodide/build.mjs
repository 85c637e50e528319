/**
 * Builds what the contract suite runs, with the loaders of `assets/build/build.mjs`: one script for Node with the
 * checks and the worker's own modules, and the extension module of the probe.
 *
 *     node tests/pyodide/build.mjs TARGET RUNTIME     RUNTIME is the name of the runtime's archive
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { assemble, watBytes } from "../../assets/build/wat.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const [target = "", runtime = ""] = process.argv.slice(2);

await esbuild.build({
  entryPoints: [path.join(HERE, "contract.mjs")],
  outfile: path.join(target, "contract.mjs"),
  bundle: true,
  format: "esm",
  target: "es2022",
  platform: "browser", // the target of the worker's modules
  external: ["node:*"],
  loader: { ".py": "text" },
  plugins: [watBytes],
  define: {
    __PYRUN_RUNTIME__: JSON.stringify({ url: `./${runtime}`, integrity: "sha256-runtime" }),
    __PYRUN_TURTLE__: JSON.stringify({ url: "", integrity: "" }),
  },
  tsconfigRaw: "{}",
  logLevel: "warning",
});

/**
 * Declares how much memory and how many table slots a library needs: 256 bytes, aligned to 2**2, and one slot.
 * https://github.com/WebAssembly/tool-conventions/blob/main/DynamicLinking.md
 */
const DYLINK = [0, 16, 8, ...Buffer.from("dylink.0"), 1, 5, 0x80, 0x02, 2, 1, 0];
const HEADER_BYTES = 8;
const native = path.join(HERE, "probe", "native.wat");
const module = Buffer.from(await assemble(native, await readFile(native, "utf8")));
await writeFile(
  path.join(target, "native.so"),
  Buffer.concat([module.subarray(0, HEADER_BYTES), Buffer.from(DYLINK), module.subarray(HEADER_BYTES)]),
);
