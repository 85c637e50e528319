"""The host-neutral part of pyrun: options, examples, HTML, packages, and the files that a site serves.

It imports neither Sphinx nor MkDocs. Both hosts import it.
"""

from importlib.metadata import version

__all__ = ["__version__"]

__version__ = version("pyrun-docs")
