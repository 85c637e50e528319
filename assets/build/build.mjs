/**
 * Builds what runs in the browser into pyrun_core/browser/: bundles, Pyodide's core, licences, manifest.json.
 *
 *     node assets/build/build.mjs          minified, what the wheel ships
 *     node assets/build/build.mjs --dev    readable, with source maps
 *
 * File names carry a hash of the content, because no host can add a `?v=` to the URL of a worker or an import.
 * The order matters: the page code names the worker's file, the loader names the page code's files.
 */
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { RUNTIME_ARCHIVE } from "../shared/runtime_archive.js";
import { Compiler } from "./bytecode.mjs";
import { buildFrame, inlineScript } from "./frame.mjs";
import { hashedName } from "./hashed_name.mjs";
import { PYODIDE_NOTICE, thirdPartyLicences } from "./licences.mjs";
import { watBytes } from "./wat.mjs";

const ROOT = path.resolve(fileURLToPath(import.meta.url), "../../..");
const TARGET = path.join(ROOT, "pyrun_core", "browser");
const PYODIDE = path.join(ROOT, "node_modules", "pyodide");
const PYODIDE_FILES = ["pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json"];
/** `light-dark()` in cell.css needs these anyway. */
const BROWSERS = ["chrome123", "firefox120", "safari17.5"];
const DEV = process.argv.includes("--dev");

/** The files written, as esbuild reports them. @typedef {NonNullable<esbuild.BuildResult["metafile"]>["outputs"]} Outputs */

/** Text of the CSS that a script imports (for a shadow root), minified. @type {esbuild.Plugin} */
const cssText = {
  name: "css-text",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
      const css = await readFile(file, "utf8");
      const { code } = await esbuild.transform(css, { loader: "css", minify: !DEV, target: BROWSERS });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

/**
 * Leaves dynamic imports of built modules to the browser, under their hashed names.
 * @param {Map<string, string>} built output name by entry name
 * @returns {esbuild.Plugin}
 */
function importBuilt(built) {
  return {
    name: "import-built",
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ kind, path: request }) => {
        const file = kind === "dynamic-import" && built.get(path.basename(request));
        return file ? { path: `./${file}`, external: true } : undefined;
      });
    },
  };
}

/**
 * Runs esbuild on entries of assets/.
 * @param {string} outdir
 * @param {string[]} entries paths relative to assets/
 * @param {esbuild.BuildOptions} options
 * @returns {Promise<{files: string[], built: Map<string, string>, inputs: string[], outputs: Outputs}>} the files
 *   written, the output name of each entry, every source file that went in, and what esbuild says of each output
 */
async function bundle(outdir, entries, options) {
  const { metafile } = await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: entries.map((entry) => `assets/${entry}`),
    outdir,
    tsconfigRaw: "{}", // those files are for the checker
    preserveSymlinks: true, // hashes include paths, which must not depend on where node_modules really is
    bundle: true,
    format: "esm",
    target: BROWSERS,
    charset: "utf8",
    minify: !DEV,
    sourcemap: DEV ? "linked" : false,
    legalComments: "inline",
    entryNames: "[name]-[hash]",
    chunkNames: "chunk-[hash]",
    loader: { ".svg": "text", ".txt": "file" },
    assetNames: "[name]-[hash]",
    logLevel: "warning",
    ...options,
    metafile: true,
  });
  const built = new Map();
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint && !file.endsWith(".map")) built.set(path.basename(entryPoint), path.basename(file));
  }
  const files = Object.keys(metafile.outputs).map((file) => path.basename(file));
  return { files: files.sort(), built, inputs: Object.keys(metafile.inputs), outputs: metafile.outputs };
}

/**
 * The files that modules import, and what those import in turn, without what is imported dynamically.
 * @param {Outputs} outputs
 * @param {string[]} names of modules
 * @returns {string[]} names
 */
function importedBy(outputs, names) {
  const folder = path.dirname(Object.keys(outputs)[0] ?? "");
  const all = new Set(names.map((name) => `${folder}/${name}`)); // grows while it is walked
  for (const file of all) {
    for (const { path: imported, kind } of outputs[file]?.imports ?? []) {
      if (kind === "import-statement") all.add(imported);
    }
  }
  return [...all].map((file) => path.basename(file)).filter((name) => !names.includes(name));
}

/**
 * Writes the Python modules that run in the browser into one archive.
 * @param {string} outdir
 * @param {Compiler} compiler
 * @returns {Promise<string>} its name
 */
async function archiveRuntime(outdir, compiler) {
  const archive = await compiler.modules(path.join(ROOT, "assets", "python"), RUNTIME_ARCHIVE);
  const name = hashedName("runtime", ".zip", archive);
  await writeFile(path.join(outdir, name), archive);
  return name;
}

/**
 * Copies the core of Pyodide, adds bytecode to its standard library, and adds the licence.
 * @param {string} outdir
 * @param {Compiler} compiler
 * @returns {Promise<string>} its version
 */
async function copyPyodide(outdir, compiler) {
  const { version } = JSON.parse(await readFile(path.join(PYODIDE, "package.json"), "utf8"));
  await mkdir(outdir);
  for (const file of PYODIDE_FILES) {
    // Not copyFile: it keeps the mode, and npm marks the wasm file executable.
    await writeFile(path.join(outdir, file), await readFile(path.join(PYODIDE, file)));
  }
  const library = await readFile(path.join(PYODIDE, "python_stdlib.zip"));
  await writeFile(path.join(outdir, "python_stdlib.zip"), compiler.library(library));
  // The map is not shipped, so developer tools would report a 404 for it.
  const entry = await readFile(path.join(PYODIDE, "pyodide.mjs"), "utf8");
  await writeFile(path.join(outdir, "pyodide.mjs"), entry.replace(/^\/\/# sourceMappingURL=.*\n?/m, ""));
  await writeFile(path.join(outdir, "LICENSE"), PYODIDE_NOTICE.replaceAll("{version}", version));
  return version;
}

// Built beside the target and then renamed, so that a reader never sees half a build.
const outdir = await mkdtemp(path.join(ROOT, "pyrun_core", ".browser-"));
try {
  const compiler = await Compiler.start(
    PYODIDE,
    await readFile(path.join(import.meta.dirname, "compiler.py"), "utf8"),
  );
  const runtime = await archiveRuntime(outdir, compiler);
  const worker = await bundle(outdir, ["worker.js"], {
    define: { __PYRUN_RUNTIME__: JSON.stringify(runtime) },
    plugins: [watBytes],
  });
  // A classic script, because not every browser accepts a module as a service worker.
  const serviceWorker = await bundle(outdir, ["service_worker.js"], { format: "iife" });
  const frameOptions = { minify: !DEV, target: BROWSERS };
  const frame = await buildFrame(outdir, frameOptions);
  const vega = await bundle(outdir, ["frame/vega.js"], { format: "iife" });
  const page = await bundle(
    outdir,
    [
      ...["page/interpreter/client.js", "page/run/on_intent.js", "page/output/view/output_view.js"],
      ...["page/display/html.js", "page/editor/editor.js", "page/editor/view.js", "page/editor/grammar.js"],
    ],
    {
      splitting: true,
      plugins: [cssText],
      define: {
        __PYRUN_WORKER__: JSON.stringify(worker.built.get("worker.js")),
        __PYRUN_SERVICE_WORKER__: JSON.stringify(serviceWorker.built.get("service_worker.js")),
        __PYRUN_DRAW_FIGURE__: JSON.stringify(await inlineScript("draw_figure.js", frameOptions)),
        __PYRUN_FRAME__: JSON.stringify(frame),
        __PYRUN_VEGA__: JSON.stringify(vega.built.get("vega.js")),
      },
    },
  );
  const onIntent = ["client.js", "on_intent.js", "output_view.js"].map((name) => page.built.get(name) ?? "");
  const editor = ["view.js", "grammar.js", "editor.js"].map((name) => page.built.get(name) ?? "");
  // A classic script: modules do not load from file://, where readers get an explanation. Wrapped here, because the
  // format "iife" would add half a kilobyte of require() for the imports that remain.
  const loader = await bundle(outdir, ["page/loader.js"], {
    banner: { js: '(()=>{"use strict";' },
    footer: { js: "})();" },
    entryNames: "pyrun-[hash]",
    define: {
      __PYRUN_IMPORTED__: JSON.stringify(importedBy(page.outputs, onIntent).map((name) => `./${name}`)),
      __PYRUN_EDITOR_FILES__: JSON.stringify([...editor, ...importedBy(page.outputs, editor)]),
    },
    plugins: [importBuilt(page.built), cssText],
  });
  const style = await bundle(outdir, ["page/page.css"], { entryNames: "pyrun-[hash]" });

  // For Node, while a site is built; no site serves it.
  const compile = await bundle(outdir, ["build/compile.mjs"], {
    platform: "node",
    target: "node20",
    outExtension: { ".js": ".mjs" },
    loader: { ".py": "text" },
  });

  const parts = [loader, style, page, worker, serviceWorker, vega];
  const licences = await thirdPartyLicences(
    ROOT,
    parts.flatMap(({ inputs }) => inputs),
  );
  await writeFile(path.join(outdir, "THIRD_PARTY_LICENSES.txt"), licences);
  const manifest = {
    loader: loader.built.get("loader.js"),
    style: style.built.get("page.css"),
    files: [...parts.flatMap(({ files }) => files), frame, runtime, "THIRD_PARTY_LICENSES.txt"],
    compiler: compile.built.get("compile.mjs"),
    pyodide: { version: await copyPyodide(path.join(outdir, "pyodide"), compiler) },
  };
  await writeFile(path.join(outdir, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await chmod(outdir, 0o755); // mkdtemp makes private folders
  const old = `${outdir}-old`; // moved, because emptying it would take long enough for a reader to notice
  await rename(TARGET, old).catch(() => {}); // there is none in a fresh checkout
  await rename(outdir, TARGET);
  await rm(old, { recursive: true, force: true });
} finally {
  await rm(outdir, { recursive: true, force: true });
}
