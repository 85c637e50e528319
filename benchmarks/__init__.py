"""Compares pyrun with bare Pyodide on the same files: ``python -m benchmarks``."""
