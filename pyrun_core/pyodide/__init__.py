"""A Pyodide distribution at build time. All private names of Pyodide that the build uses are here."""
