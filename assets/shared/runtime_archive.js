/** Where the archive with the runtime's Python modules stands in the interpreter's file system. Bytecode has this path in it. */
export const RUNTIME_ARCHIVE = "/lib/pyrun/runtime.zip";
