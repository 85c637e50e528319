"""Runs the reader's code inside Pyodide.

The worker puts these files into the interpreter's file system and imports them. They use the standard
library, Pyodide's own modules, and the functions of `_pyrun_worker`. The rooms import in one direction:
``io``, ``display``, ``diagnostics``, ``turtle``, ``notebook``, ``web``, ``assist``, ``run``, each only itself
and earlier ones.
"""
