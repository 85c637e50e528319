"""The check of a site's examples during a build: with the option ``check``, or the builder for checks."""

from collections.abc import Sequence
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from pyrun_core.problems import PyrunError
from pyrun_core.proof.build_check import check_build
from sphinx_pyrun.checked_pages import checked_pages
from sphinx_pyrun.conditions import CHECK_BUILDER
from sphinx_pyrun.domain import pyrun_domain
from sphinx_pyrun.nodes import LIVE_BUILDERS
from sphinx_pyrun.report import report

__all__ = ["setup_check"]

_logger = logging.getLogger(__name__)

# The settlement is made at 400.
_AFTER_SETTLEMENT = 450


def setup_check(app: Sphinx) -> None:
    """Connect the check."""
    app.connect("env-updated", check_examples, priority=_AFTER_SETTLEMENT)


def check_examples(app: Sphinx, env: BuildEnvironment) -> Sequence[str]:
    """Check the examples of all pages, and warn about those that fail.

    Raises:
        ExtensionError: the examples cannot be run.
    """
    domain = pyrun_domain(env)
    is_check = app.builder.name == CHECK_BUILDER
    runtime = app.config.pyrun_check
    if not domain.is_to_check or not (is_check or (app.builder.name in LIVE_BUILDERS and runtime != "none")):
        return []
    try:
        failing = check_build(
            domain.settlement,
            list(checked_pages(env)),
            report,
            log=lambda message: _logger.info("pyrun: %s", message),
            reports=Path(app.outdir) if is_check else None,
        )
    except PyrunError as error:
        raise ExtensionError(f"pyrun cannot check the examples: {error}") from error
    if is_check and failing:
        app.statuscode = 1
    return []
