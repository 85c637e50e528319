"""Other tools that make examples live, installed unmodified from the package index."""
