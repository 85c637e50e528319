"""The check of a site's examples during a build: with the option ``check``, or the builder for checks."""

from collections.abc import Sequence
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from pyrun_core.options.checks import WantedCheck, wanted_check
from pyrun_core.problems import PyrunError
from pyrun_core.proof.checked import CheckedExample
from sphinx_pyrun.checked_pages import SphinxPage, blocks_left_alone, checked_pages
from sphinx_pyrun.conditions import CHECK_BUILDER
from sphinx_pyrun.config import site_values
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
    """Check the examples that conf.py wants checked, and warn about those that fail if it asks for that.

    Returns the pages to write again, because other examples of them are live than in the last build.

    Raises:
        ExtensionError: the examples cannot be run, and conf.py asks for the check.
    """
    domain = pyrun_domain(env)
    is_check = app.builder.name == CHECK_BUILDER
    is_live = app.builder.name in LIVE_BUILDERS
    if not domain.is_to_check or not (is_check or is_live):
        return []
    wanted = WantedCheck.ASKED if is_check else wanted_check(site_values(app.config))
    names = domain.pages_by_option() if wanted is WantedCheck.BY_DEFAULT else None
    if wanted is WantedCheck.NONE or names == frozenset():
        return domain.keep_ordinary({})
    from pyrun_core.proof.build_check import Reports, check_build  # noqa: PLC0415 - only builds that check load it

    pages = list(checked_pages(env, names))
    try:
        checked = check_build(
            domain.settlement,
            [each.page for each in pages],
            report,
            log=lambda message: _logger.info("pyrun: %s", message),
            reports=Reports(Path(app.outdir), blocks_left_alone(env)) if is_check else None,
        )
    except PyrunError as error:
        raise ExtensionError(f"pyrun cannot check the examples: {error}") from error
    if is_check:  # other builders may share the environment, and have not written their pages again
        app.statuscode = 1 if checked.failing else app.statuscode
        return []
    return domain.keep_ordinary({each.name: _ordinary(each, checked.ordinary) for each in pages})


def _ordinary(page: SphinxPage, ordinary: frozenset[CheckedExample]) -> frozenset[str]:
    """The keys of the examples of a page that stay ordinary blocks."""
    examples = zip(page.keys, page.page.examples, strict=True)
    return frozenset(key for key, example in examples if example in ordinary)
