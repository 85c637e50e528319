"""Measures pyrun against bare Pyodide on the same files: ``python -m benchmarks``."""
