"""From requirements to one version of each package: by the lock file, by Pyodide, or by pip."""
