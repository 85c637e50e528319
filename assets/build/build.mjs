/**
 * Builds what runs in the browser into pyrun_core/browser/: bundles, Pyodide's core, licences, manifest.json.
 *
 *     node assets/build/build.mjs          minified, what the wheel ships
 *     node assets/build/build.mjs --dev    readable, with source maps
 *
 * File names carry a hash of the content, because no host can add a `?v=` to the URL of a worker or an import.
 * The order matters: the page code names the worker's file, the loader names the page code's files.
 */
import { createHash } from "node:crypto";
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { EARLY_WORDS } from "../shared/early_words.js";
import { RUNTIME_ARCHIVE } from "../shared/runtime_archive.js";
import { Compiler } from "./bytecode.mjs";
import { buildFrame, inlineScript } from "./frame.mjs";
import { hashedName } from "./hashed_name.mjs";
import { buildLanguages, pinLanguages } from "./languages.mjs";
import { PYODIDE_NOTICE, thirdPartyLicences } from "./licences.mjs";
import { pinned } from "./pinned.mjs";
import { watBytes } from "./wat.mjs";

const ROOT = path.resolve(fileURLToPath(import.meta.url), "../../..");
const TARGET = path.join(ROOT, "pyrun_core", "browser");
const PYODIDE = path.join(ROOT, "node_modules", "pyodide");
const PYODIDE_FILES = ["pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json"];
/** `light-dark()` in cell.css needs these anyway. */
const BROWSERS = ["chrome123", "firefox120", "safari17.5"];
/** The modules that run in the browser, and those that the build of a site uses too. */
const RUNTIME_FOLDERS = {
  "": path.join(ROOT, "assets", "python"),
  "pyrun_syntax/": path.join(ROOT, "pyrun_syntax"),
};
/** What few readers need, or not at once: code that is no Python, requests, turtles, help with writing, IPython. Compiling these takes up to 100 ms. */
const WITHOUT_BYTECODE = [
  ...[
    "pyrun_syntax/",
    "pyrun_runtime/notebook/",
    "pyrun_runtime/web/",
    "pyrun_runtime/turtle/",
    "pyrun_runtime/assist/",
    "fallbacks/",
  ],
];
const TURTLE = "assets/python/vendored/turtle.py.txt";
const DEV = process.argv.includes("--dev");

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
 * Bundles an entry of assets/ with all that it imports: what one file imports from another could not be pinned.
 * @param {string} outdir
 * @param {string} entry path relative to assets/
 * @param {esbuild.BuildOptions} options
 * @returns {Promise<{files: string[], entry: string, inputs: string[]}>} the files written, the output name of the
 *   entry, and every source file that went in
 */
async function bundle(outdir, entry, options) {
  const { metafile } = await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: [`assets/${entry}`],
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
    loader: { ".svg": "text" },
    logLevel: "warning",
    ...options,
    metafile: true,
  });
  const files = Object.keys(metafile.outputs).map((file) => path.basename(file));
  const isMap = (/** @type {string} */ file) => file.endsWith(".map");
  const [output = ""] = files.filter((file) => !isMap(file));
  return { files: files.sort(), entry: output, inputs: Object.keys(metafile.inputs) };
}

/**
 * Writes the Python modules that run in the browser into one archive.
 * @param {string} outdir
 * @param {Compiler} compiler
 * @returns {Promise<string>} its name
 */
async function archiveRuntime(outdir, compiler) {
  const archive = await compiler.modules(RUNTIME_FOLDERS, RUNTIME_ARCHIVE, WITHOUT_BYTECODE);
  const name = hashedName("runtime", ".zip", archive);
  await writeFile(path.join(outdir, name), archive);
  return name;
}

/**
 * Copies the source of the module turtle, which a worker fetches when code imports it.
 * @param {string} outdir
 * @returns {Promise<string>} its name
 */
async function copyTurtle(outdir) {
  const source = await readFile(path.join(ROOT, TURTLE));
  const name = hashedName("turtle.py", ".txt", source);
  await writeFile(path.join(outdir, name), source);
  return name;
}

/**
 * Copies the core of Pyodide, adds bytecode to its standard library, and adds the licence.
 * @param {string} outdir
 * @param {Compiler} compiler
 * @returns {Promise<{ version: string, library: { sha256: string, bytes: number } }>} its version, and the standard
 *   library that the CDN has
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
  const sha256 = createHash("sha256").update(library).digest("hex");
  return { version, library: { sha256, bytes: library.length } };
}

// Built beside the target and then renamed, so that a reader never sees half a build.
const outdir = await mkdtemp(path.join(ROOT, "pyrun_core", ".browser-"));
try {
  const compiler = await Compiler.start(
    PYODIDE,
    await readFile(path.join(import.meta.dirname, "compiler.py"), "utf8"),
  );
  const runtime = await archiveRuntime(outdir, compiler);
  const turtle = await copyTurtle(outdir);
  /** @param {string} name @returns {Promise<string>} JavaScript */
  const pin = async (name) => JSON.stringify(await pinned(outdir, name));
  const worker = await bundle(outdir, "worker.js", {
    define: { __PYRUN_RUNTIME__: await pin(runtime), __PYRUN_TURTLE__: await pin(turtle) },
    plugins: [watBytes],
  });
  // A classic script, because not every browser accepts a module as a service worker.
  const serviceWorker = await bundle(outdir, "service_worker.js", { format: "iife" });
  const frameOptions = { minify: !DEV, target: BROWSERS };
  const frame = await buildFrame(outdir, frameOptions);
  const vega = await bundle(outdir, "frame/vega.js", { format: "iife" });
  const plugins = [cssText];
  const display = await bundle(outdir, "page/display/on_display.js", {
    plugins,
    define: {
      __PYRUN_DRAW_FIGURE__: JSON.stringify(await inlineScript("draw_figure.js", frameOptions)),
      __PYRUN_FRAME__: await pin(frame),
    },
  });
  // Functions that take CodeMirror from the editor, because a page must have one copy of it.
  const ofEditor = {
    plugins,
    format: /** @type {const} */ ("cjs"),
    external: ["@codemirror/language", "@codemirror/state", "@codemirror/view"],
    banner: { js: "export default (require)=>{const module={};" },
    footer: { js: "return module.exports};" },
  };
  const commands = await bundle(outdir, "page/commands/on_commands.js", {
    ...ofEditor,
    entryNames: "commands-[hash]",
  });
  const assist = await bundle(outdir, "page/assist/on_assist.js", {
    ...ofEditor,
    entryNames: "assist-[hash]",
  });
  const editor = await bundle(outdir, "page/editor/in_parts.js", {
    plugins,
    entryNames: "editor-[hash]",
    define: { __PYRUN_ASSIST__: await pin(assist.entry), __PYRUN_COMMANDS__: await pin(commands.entry) },
  });
  const edits = await bundle(outdir, "page/edits/on_edit.js", { plugins, entryNames: "edits-[hash]" });
  const playground = await bundle(outdir, "page/playground/on_playground.js", {
    plugins,
    entryNames: "playground-[hash]",
  });
  const languages = await buildLanguages(path.join(ROOT, "assets", "languages"), outdir);
  const onIntent = await bundle(outdir, "page/run/on_intent.js", {
    plugins,
    define: {
      __PYRUN_DISPLAY__: await pin(display.entry),
      __PYRUN_EDITOR__: await pin(editor.entry),
      __PYRUN_EDITS__: await pin(edits.entry),
      __PYRUN_PLAYGROUND__: await pin(playground.entry),
      __PYRUN_LANGUAGES__: await pinLanguages(languages, pin),
      __PYRUN_WORKER__: await pin(worker.entry),
      __PYRUN_SERVICE_WORKER__: await pin(serviceWorker.entry),
      __PYRUN_VEGA__: await pin(vega.entry),
      __PYRUN_RUNTIME__: await pin(runtime),
      __PYRUN_TURTLE__: await pin(turtle),
    },
  });
  // A classic script: modules do not load from file://, where readers get an explanation. Wrapped here, because the
  // format "iife" would replace `import.meta` and `import()`. An inline script has an empty `src`.
  const loader = await bundle(outdir, "page/loader.js", {
    plugins,
    banner: { js: '(()=>{"use strict";const pyrunUrl=document.currentScript?.src||location.href;' },
    footer: { js: "})();" },
    entryNames: "pyrun-[hash]",
    define: {
      "import.meta.url": "pyrunUrl",
      // pyrun_core/settlement/runtime.py looks for names in this form.
      __PYRUN_EDITOR__: await pin(editor.entry),
      __PYRUN_EDITS__: await pin(edits.entry),
      __PYRUN_ON_INTENT__: await pin(onIntent.entry),
    },
  });
  const style = await bundle(outdir, "page/page.css", { entryNames: "pyrun-[hash]" });

  const outputStyle = await bundle(outdir, "page/output/stored.css", { entryNames: "outputs-[hash]" });

  // For Node, while a site is built; no site serves it.
  const compile = await bundle(outdir, "build/compile.mjs", {
    platform: "node",
    target: "node20",
    outExtension: { ".js": ".mjs" },
    loader: { ".py": "text" },
  });
  // The check of a site's examples: in Node, with a script for its threads, and in a page of a browser.
  const proof = {
    platform: /** @type {const} */ ("node"),
    target: "node20",
    outExtension: { ".js": ".mjs" },
  };
  const lane = await bundle(outdir, "proof/lane.js", { ...proof, entryNames: "proof-lane-[hash]" });
  const proofMain = await bundle(outdir, "proof/main.js", { ...proof, entryNames: "proof-[hash]" });
  const proofPage = await bundle(outdir, "proof/browser.js", {
    entryNames: "proof-page-[hash]",
    define: {
      __PYRUN_WORKER__: await pin(worker.entry),
      __PYRUN_SERVICE_WORKER__: await pin(serviceWorker.entry),
    },
  });

  const parts = [
    ...[loader, style, onIntent, editor, assist, commands, edits, playground, display],
    ...[worker, serviceWorker, vega],
  ];
  const licences = await thirdPartyLicences(ROOT, [...parts.flatMap(({ inputs }) => inputs), TURTLE]);
  await writeFile(path.join(outdir, "THIRD_PARTY_LICENSES.txt"), licences);
  const manifest = {
    loader: loader.entry,
    style: style.entry,
    outputStyle: outputStyle.entry,
    languages,
    earlyWords: EARLY_WORDS,
    files: [
      ...parts.flatMap(({ files }) => files),
      ...Object.values(languages),
      frame,
      runtime,
      turtle,
      "THIRD_PARTY_LICENSES.txt",
    ],
    compiler: compile.entry,
    proof: {
      ...{ main: proofMain.entry, lane: lane.entry, page: proofPage.entry },
      ...{ worker: worker.entry, runtime, turtle },
    },
    pyodide: await copyPyodide(path.join(outdir, "pyodide"), compiler),
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
