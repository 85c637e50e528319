"""Existing blocks of Sphinx pages: found in the doctree, and marked as examples."""
