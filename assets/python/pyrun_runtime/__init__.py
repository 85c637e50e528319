"""What runs the reader's code inside Pyodide.

The worker writes these files into the interpreter's file system and imports them; they use the
standard library, Pyodide's own modules, and the functions of `_pyrun_worker`.
"""
