"""Other tools that make examples live, unmodified, as they are installed from the package index."""
