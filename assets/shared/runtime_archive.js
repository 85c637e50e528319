/** The path of the archive with the runtime's Python modules in the interpreter's file system. Bytecode includes it. */
export const RUNTIME_ARCHIVE = "/lib/pyrun/runtime.zip";
