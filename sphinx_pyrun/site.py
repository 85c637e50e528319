"""The site that is being built: prepared with its builder, resolved once all of its pages have been read."""

from collections.abc import Sequence
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.util import logging

from pyrun_core.packages.resolve.version_check import DocumentedProject
from pyrun_core.problems import PyrunError
from pyrun_core.settlement.settlement import settle
from pyrun_core.site import prepare_site
from sphinx_pyrun.conditions import CHECK_BUILDER
from sphinx_pyrun.config import option_location, site_values
from sphinx_pyrun.domain import pyrun_domain
from sphinx_pyrun.nodes import LIVE_BUILDERS
from sphinx_pyrun.outputs import shows_outputs
from sphinx_pyrun.report import report

__all__ = ["setup_site"]

_logger = logging.getLogger(__name__)

# Files are copied at the default priority, 500, and these are among them.
_BEFORE_COPYING = 400

_SETTLING_BUILDERS = (*LIVE_BUILDERS, CHECK_BUILDER)


def setup_site(app: Sphinx) -> None:
    """Connect the preparation and the resolution of the site."""
    app.connect("builder-inited", prepare)
    app.connect("env-updated", resolve, priority=_BEFORE_COPYING)


def prepare(app: Sphinx) -> None:
    """Prepare the site, if the builder makes live pages or checks them.

    Other builders need no Pyodide, unless they show outputs: a PDF can be built on a machine that does not
    have the folder.

    Raises:
        ConfigError: the Pyodide that conf.py selects cannot be used. No page could run anything, so this is
            not a warning.
    """
    if app.builder.name in _SETTLING_BUILDERS:
        _prepare(app)


def _prepare(app: Sphinx) -> None:
    try:
        pyrun_domain(app.env).site = prepare_site(
            site_values(app.config),
            base=Path(app.confdir),
            documents=Path(app.srcdir),
            location=option_location(app, "packages"),
            report=report,
            log=_log,
        )
    except PyrunError as error:
        raise ConfigError(f"{option_location(app, 'pyodide')}: {error}") from error


def resolve(app: Sphinx, env: BuildEnvironment) -> Sequence[str]:
    """Settle the packages and files of all pages, if the builder makes live pages, or runs examples.

    Raises:
        ConfigError: the author's lock file is not a lock file.
    """
    domain = pyrun_domain(env)
    if app.builder.name not in _SETTLING_BUILDERS:
        if not (domain.is_to_check and shows_outputs(app.builder) and domain.pages_with_outputs()):
            return []
        _prepare(app)
    requirements = domain.site.requirements(domain.shown_pages().values())
    documented = DocumentedProject(app.config.project, app.config.release or app.config.version)
    try:
        domain.settlement = settle(domain.site, requirements, documented, domain.lock_mode)
    except PyrunError as error:
        raise ConfigError(f"{domain.site.location}: {error}") from error
    return []


def _log(message: str) -> None:
    _logger.info("pyrun: %s", message)
