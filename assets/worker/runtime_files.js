/** The Python modules that run inside Pyodide; esbuild puts their text here. */
import init from "../python/pyrun_runtime/__init__.py";
import blockingLoop from "../python/pyrun_runtime/blocking_loop.py";
import eventLoop from "../python/pyrun_runtime/event_loop.py";
import failure from "../python/pyrun_runtime/failure.py";
import hints from "../python/pyrun_runtime/hints.py";
import interrupts from "../python/pyrun_runtime/interrupts.py";
import missing from "../python/pyrun_runtime/missing.py";
import prompts from "../python/pyrun_runtime/prompts.py";
import runner from "../python/pyrun_runtime/runner.py";
import sessions from "../python/pyrun_runtime/sessions.py";
import streams from "../python/pyrun_runtime/streams.py";
import unawaited from "../python/pyrun_runtime/unawaited.py";
import undefinedNames from "../python/pyrun_runtime/undefined.py";
import waiting from "../python/pyrun_runtime/waiting.py";

/** Where they live in the interpreter's file system; on `sys.path`. */
export const RUNTIME_FOLDER = "/lib/pyrun";

/** Text by path below `RUNTIME_FOLDER`. */
export const RUNTIME_FILES = {
  "pyrun_runtime/__init__.py": init,
  "pyrun_runtime/blocking_loop.py": blockingLoop,
  "pyrun_runtime/event_loop.py": eventLoop,
  "pyrun_runtime/failure.py": failure,
  "pyrun_runtime/hints.py": hints,
  "pyrun_runtime/interrupts.py": interrupts,
  "pyrun_runtime/missing.py": missing,
  "pyrun_runtime/prompts.py": prompts,
  "pyrun_runtime/runner.py": runner,
  "pyrun_runtime/sessions.py": sessions,
  "pyrun_runtime/streams.py": streams,
  "pyrun_runtime/unawaited.py": unawaited,
  "pyrun_runtime/undefined.py": undefinedNames,
  "pyrun_runtime/waiting.py": waiting,
};
