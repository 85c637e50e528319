"""The host-neutral half of pyrun: options, examples, HTML, and the files a site serves.

Neither Sphinx nor MkDocs is imported here; both hosts import this package.
"""

from importlib.metadata import version

__all__ = ["__version__"]

__version__ = version("pyrun-docs")
