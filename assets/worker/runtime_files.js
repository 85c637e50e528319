/** The Python modules that run inside Pyodide; esbuild puts their text here. */

import ipython from "../python/fallbacks/IPython/__init__.py";
import ipythonDisplay from "../python/fallbacks/IPython/display.py";
import pyrun from "../python/fallbacks/pyrun.py";
import turtle from "../python/fallbacks/turtle.py";
import init from "../python/pyrun_runtime/__init__.py";
import afterImport from "../python/pyrun_runtime/after_import.py";
import animationIcons from "../python/pyrun_runtime/animation_icons.py";
import blockingLoop from "../python/pyrun_runtime/blocking_loop.py";
import display from "../python/pyrun_runtime/display.py";
import eventLoop from "../python/pyrun_runtime/event_loop.py";
import failure from "../python/pyrun_runtime/failure.py";
import figureLibraries from "../python/pyrun_runtime/figure_libraries.py";
import figures from "../python/pyrun_runtime/figures.py";
import hints from "../python/pyrun_runtime/hints.py";
import interrupts from "../python/pyrun_runtime/interrupts.py";
import matplotlibBackend from "../python/pyrun_runtime/matplotlib_backend.py";
import missing from "../python/pyrun_runtime/missing.py";
import progressBars from "../python/pyrun_runtime/progress_bars.py";
import prompts from "../python/pyrun_runtime/prompts.py";
import representations from "../python/pyrun_runtime/representations.py";
import runner from "../python/pyrun_runtime/runner.py";
import sessions from "../python/pyrun_runtime/sessions.py";
import streams from "../python/pyrun_runtime/streams.py";
import turtleCanvas from "../python/pyrun_runtime/turtle_canvas.py";
import turtleColours from "../python/pyrun_runtime/turtle_colours.py";
import turtlePictures from "../python/pyrun_runtime/turtle_pictures.py";
import unawaited from "../python/pyrun_runtime/unawaited.py";
import undefinedNames from "../python/pyrun_runtime/undefined.py";
import uploads from "../python/pyrun_runtime/uploads.py";
import waiting from "../python/pyrun_runtime/waiting.py";
import writtenFiles from "../python/pyrun_runtime/written_files.py";

/** Where they live in the interpreter's file system; on `sys.path`. */
export const RUNTIME_FOLDER = "/lib/pyrun";

/** Below that: what stands in for packages where they are not installed, and so comes last on `sys.path`. */
export const FALLBACKS_FOLDER = `${RUNTIME_FOLDER}/fallbacks`;

/** Text by path below `RUNTIME_FOLDER`. */
export const RUNTIME_FILES = {
  "fallbacks/IPython/__init__.py": ipython,
  "fallbacks/IPython/display.py": ipythonDisplay,
  "fallbacks/pyrun.py": pyrun,
  "fallbacks/turtle.py": turtle,
  "pyrun_runtime/__init__.py": init,
  "pyrun_runtime/after_import.py": afterImport,
  "pyrun_runtime/animation_icons.py": animationIcons,
  "pyrun_runtime/blocking_loop.py": blockingLoop,
  "pyrun_runtime/display.py": display,
  "pyrun_runtime/event_loop.py": eventLoop,
  "pyrun_runtime/failure.py": failure,
  "pyrun_runtime/figure_libraries.py": figureLibraries,
  "pyrun_runtime/figures.py": figures,
  "pyrun_runtime/hints.py": hints,
  "pyrun_runtime/interrupts.py": interrupts,
  "pyrun_runtime/matplotlib_backend.py": matplotlibBackend,
  "pyrun_runtime/missing.py": missing,
  "pyrun_runtime/progress_bars.py": progressBars,
  "pyrun_runtime/prompts.py": prompts,
  "pyrun_runtime/representations.py": representations,
  "pyrun_runtime/runner.py": runner,
  "pyrun_runtime/sessions.py": sessions,
  "pyrun_runtime/streams.py": streams,
  "pyrun_runtime/unawaited.py": unawaited,
  "pyrun_runtime/undefined.py": undefinedNames,
  "pyrun_runtime/turtle_canvas.py": turtleCanvas,
  "pyrun_runtime/turtle_colours.py": turtleColours,
  "pyrun_runtime/turtle_pictures.py": turtlePictures,
  "pyrun_runtime/uploads.py": uploads,
  "pyrun_runtime/waiting.py": waiting,
  "pyrun_runtime/written_files.py": writtenFiles,
};
