"""From requirements to one version of each package: from the lock file, Pyodide or pip."""
