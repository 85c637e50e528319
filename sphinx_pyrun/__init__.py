"""Live Python examples in Sphinx: put ``extensions = ["sphinx_pyrun"]`` into ``conf.py``."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from pyrun_core import __version__
from sphinx_pyrun.assets import setup_assets
from sphinx_pyrun.config import setup_config
from sphinx_pyrun.directive import setup_directive
from sphinx_pyrun.needs import setup_needs
from sphinx_pyrun.nodes import setup_nodes
from sphinx_pyrun.packages import setup_packages
from sphinx_pyrun.page import setup_page
from sphinx_pyrun.transform import setup_transforms

__all__ = ["setup"]

# What is kept of pages and blocks (`sphinx_pyrun.nodes.Settings`, `PageNeeds`). Raised when that changes, so
# that Sphinx reads all pages anew instead of using doctrees of an older pyrun.
_ENV_VERSION = 3


def setup(app: Sphinx) -> ExtensionMetadata:
    """Wire the parts together, in the order in which a page meets them."""
    setup_config(app)
    setup_directive(app)
    setup_needs(app)
    setup_page(app)
    setup_packages(app)
    setup_transforms(app)
    setup_nodes(app)
    setup_assets(app)
    return {
        "version": __version__,
        "env_version": _ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
