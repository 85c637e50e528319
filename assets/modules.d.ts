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

/** The URL of a file that is copied, relative to the script that names it. */
declare module "*.txt" {
  const url: string;
  export default url;
}

/** The imports of the modules that load on intent, relative to the loader. Defined by build.mjs. */
declare const __PYRUN_IMPORTED__: string[];

/** The same for the editor. */
declare const __PYRUN_EDITOR_FILES__: string[];

/** The worker's file name, beside the page code's own file. Defined by build.mjs. */
declare const __PYRUN_WORKER__: string;

/** The same for the service worker. */
declare const __PYRUN_SERVICE_WORKER__: string;

/** The archive of the runtime's Python modules, beside the worker's own file. */
declare const __PYRUN_RUNTIME__: string;

/** The same for the document that shows foreign HTML (assets/frame/), and the script that draws altair's charts. */
declare const __PYRUN_FRAME__: string;
declare const __PYRUN_VEGA__: string;

/** The script that draws a figure in such a document: its text, not its file name. */
declare const __PYRUN_DRAW_FIGURE__: string;

/** For assets/frame/frame.js: the script and the style of the inner document. */
declare const __PYRUN_INSIDE_SCRIPT__: string;
declare const __PYRUN_INSIDE_STYLE__: string;
