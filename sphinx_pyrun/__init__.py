"""Live Python examples in Sphinx: set ``extensions = ["sphinx_pyrun"]`` in ``conf.py``."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from pyrun_core import __version__
from sphinx_pyrun.assets import setup_assets
from sphinx_pyrun.check import setup_check
from sphinx_pyrun.check_builder import setup_builder
from sphinx_pyrun.config import setup_config
from sphinx_pyrun.directive import setup_directives
from sphinx_pyrun.domain import setup_domain
from sphinx_pyrun.folds import setup_folds
from sphinx_pyrun.live.regions import setup_regions
from sphinx_pyrun.live.try_examples import setup_try_examples
from sphinx_pyrun.nodes import setup_nodes
from sphinx_pyrun.outputs import setup_outputs
from sphinx_pyrun.page import setup_page
from sphinx_pyrun.site import setup_site
from sphinx_pyrun.transform import setup_transforms

__all__ = ["setup"]

# The version of what doctrees and the environment hold (`sphinx_pyrun.settings`).
# Raise it when that changes, so that Sphinx reads all pages again instead of using doctrees of an older
# pyrun.
_ENV_VERSION = 10


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the parts, in the order in which a page passes them."""
    setup_config(app)
    setup_directives(app)
    setup_regions(app)
    setup_try_examples(app)
    setup_page(app)
    setup_domain(app)
    setup_site(app)
    setup_transforms(app)
    setup_nodes(app)
    setup_folds(app)
    setup_outputs(app)
    setup_assets(app)
    setup_builder(app)
    setup_check(app)
    return {
        "version": __version__,
        "env_version": _ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
