"""A site whose examples are written for other extensions."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

extensions = [
    "sphinx_pyrun",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "IPython.sphinxext.ipython_directive",
    "IPython.sphinxext.ipython_console_highlighting",
]
numpydoc_show_class_members = False
pyrun_live = ["doctest", "ipython"]
pyrun_live_only = ["all"]
pyrun_pyodide = "cdn"
