/** What esbuild makes of imports that are no JavaScript (see build.mjs): their text. */
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

/** What the modules that are loaded on intent import, relative to the loader. Defined by build.mjs. */
declare const __PYRUN_IMPORTED__: string[];

/** The editor's modules, likewise. */
declare const __PYRUN_EDITOR_FILES__: string[];

/** The worker's file name, beside the page code's own file. Defined by build.mjs. */
declare const __PYRUN_WORKER__: string;

/** The service worker's, likewise. */
declare const __PYRUN_SERVICE_WORKER__: string;

/** The archive of the runtime's Python modules, beside the worker's own file. */
declare const __PYRUN_RUNTIME__: string;

/** The document for foreign HTML (assets/frame/), and the script that draws altair's charts; likewise. */
declare const __PYRUN_FRAME__: string;
declare const __PYRUN_VEGA__: string;

/** What draws a figure in such a document: the script itself, not its file name. */
declare const __PYRUN_DRAW_FIGURE__: string;

/** In assets/frame/frame.js: what runs in the document inside, and how that one looks. */
declare const __PYRUN_INSIDE_SCRIPT__: string;
declare const __PYRUN_INSIDE_STYLE__: string;

/** The part of it that is used here. */
declare module "node-ansiparser" {
  export default class AnsiParser {
    constructor(terminal: {
      inst_p(text: string): void;
      inst_x(character: string): void;
      inst_c(collected: string, params: number[], flag: string): void;
      inst_e(collected: string, flag: string): void;
      inst_o(text: string): void;
      inst_E(error: { state: number; character: string }): void;
    });
    current_state: number;
    osc: string;
    params: number[];
    collected: string;
    parse(text: string): void;
    reset(): void;
  }
}
