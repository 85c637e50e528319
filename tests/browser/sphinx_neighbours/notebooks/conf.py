"""A site with notebooks in MyST, translations, and the theme that follows Material for MkDocs."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "Notebooks"
extensions = ["sphinx_pyrun", "myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_immaterial"]
pyrun_snapshots = False
myst_enable_extensions = ["colon_fence"]
nb_execution_mode = "off"
locale_dirs = ["locales"]
gettext_compact = False
html_theme = "sphinx_immaterial"
html_theme_options = {
    "font": False,
    "features": ["content.code.copy", "content.tabs.link"],
}
if "SITE_URL" in os.environ:  # without the address, the theme writes no sitemap.xml, which the feature needs
    html_theme_options["site_url"] = os.environ["SITE_URL"]
    html_theme_options["features"].append("navigation.instant")
