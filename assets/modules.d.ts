/** esbuild imports files other than JavaScript as text (see build.mjs). */
declare module "*.css" {
  const text: string;
  export default text;
}

declare module "*.svg" {
  const text: string;
  export default text;
}

/** The bytes of a WebAssembly module, assembled (see wat.mjs). */
declare module "*.wat" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

declare module "*.py" {
  const text: string;
  export default text;
}

/** A built file: its URL, relative to the script that names it, and the hash of its content, as `integrity` takes it. */
type PinnedFile = import("./shared/protocol.js").PinnedFile;

/** The modules that load on intent, with the editor, with an edit, and to show what code displays. Defined by build.mjs. */
declare const __PYRUN_ON_INTENT__: PinnedFile;
declare const __PYRUN_ASSIST__: PinnedFile;
declare const __PYRUN_COMMANDS__: PinnedFile;
declare const __PYRUN_EDITOR__: PinnedFile;
declare const __PYRUN_EDITS__: PinnedFile;
declare const __PYRUN_PLAYGROUND__: PinnedFile;
/** By language. */
declare const __PYRUN_LANGUAGES__: Record<string, PinnedFile>;
declare const __PYRUN_DISPLAY__: PinnedFile;

/** The scripts of the workers. */
declare const __PYRUN_WORKER__: PinnedFile;
declare const __PYRUN_SERVICE_WORKER__: PinnedFile;

/** The archive of the runtime's Python modules, and the source of the module turtle. */
declare const __PYRUN_RUNTIME__: PinnedFile;
declare const __PYRUN_TURTLE__: PinnedFile;

/** Pyodide's scripts, where they are part of the worker's own: each runs and returns what it exports. */
declare const __PYRUN_SCRIPTS__: Record<string, () => Promise<unknown>> | undefined;

/** The document that shows foreign HTML (assets/frame/), and the script that draws altair's charts. */
declare const __PYRUN_FRAME__: PinnedFile;
declare const __PYRUN_VEGA__: PinnedFile;

/** The script that draws a figure in such a document: its text, not its file name. */
declare const __PYRUN_DRAW_FIGURE__: string;

/** For assets/frame/frame.js: the script and the style of the inner document. */
declare const __PYRUN_INSIDE_SCRIPT__: string;
declare const __PYRUN_INSIDE_STYLE__: string;
