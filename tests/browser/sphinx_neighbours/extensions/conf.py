"""A site with extensions that show, generate or change pages."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "Extensions"
author = copyright = "pyrun contributors"  # noqa: A001 - named by Sphinx
version = release = "1.0"
extensions = [
    "sphinx_pyrun",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "nbsphinx",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_gallery.gen_gallery",
    "sphinx_tabs.tabs",
    "sphinxcontrib.confluencebuilder",
]
pyrun_snapshots = False
exclude_patterns = ["gallery/*", "made/*.ipynb", "made/*.py", "**sg_execution_times.rst"]
nbsphinx_execute = "never"
nbsphinx_assume_equations = False  # otherwise pages load MathJax from a CDN
nbsphinx_requirejs_path = ""  # otherwise pages load it from a CDN
sphinx_gallery_conf = {"examples_dirs": "gallery", "gallery_dirs": "made", "plot_gallery": False}
confluence_publish = False
confluence_server_url = "https://confluence.example.org/"
confluence_space_key = "TEST"
confluence_tab_macro = {"macro-name": "tab"}  # without it, tabs are left out
