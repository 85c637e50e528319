"""The documentation of pyrun, built by Sphinx with pyrun itself."""

import sys
from pathlib import Path

from pyrun_core import __version__

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

project = "pyrun"
project_copyright = "pyrun contributors"
release = __version__

extensions = [
    "myst_parser",
    "sphinx_copybutton",
    "sphinx_pyrun",
    # Extensions of this site, in _extensions/:
    "accessibility_report",
    "benchmark_table",
    "engine_table",
    "option_reference",
    "real_documentation_table",
    "shared_tutorials",
    "source_tree",
    "warning_reference",
]

# Pages are Markdown (MyST). tutorial/sphinx.rst is reStructuredText, the syntax that it teaches first.
myst_heading_anchors = 3
exclude_patterns = ["_build", "_extensions", "any-site", "mkdocs", "zensical"]
nitpicky = True

html_theme = "furo"
html_title = "pyrun"
html_static_path = ["_static"]
html_copy_source = False
