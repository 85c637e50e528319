"""The check of a site's examples during a build: with the option ``check``, or the builder for checks."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from pyrun_core.options.checks import WantedCheck, wanted_check
from pyrun_core.outputs.stored import StoredOutput
from pyrun_core.problems import PyrunError
from pyrun_core.proof.checked import Checked, CheckedExample
from sphinx_pyrun.checked_pages import SphinxPage, blocks_left_alone, checked_pages
from sphinx_pyrun.conditions import CHECK_BUILDER
from sphinx_pyrun.config import site_values
from sphinx_pyrun.domain import PyrunDomain, pyrun_domain
from sphinx_pyrun.nodes import LIVE_BUILDERS
from sphinx_pyrun.outputs import keep_figures, shows_outputs
from sphinx_pyrun.report import report

__all__ = ["setup_check"]

_logger = logging.getLogger(__name__)

# The settlement is made at 400.
_AFTER_SETTLEMENT = 450


def setup_check(app: Sphinx) -> None:
    """Connect the check."""
    app.connect("env-updated", check_examples, priority=_AFTER_SETTLEMENT)


def check_examples(app: Sphinx, env: BuildEnvironment) -> Sequence[str]:
    """Check the examples of the pages, warn about those that fail, and keep the outputs that pages show.

    Returns the pages to write again, because other examples of them are live than in the last build, or
    because they show other outputs.

    Raises:
        ExtensionError: the examples cannot be run.
    """
    domain, builder = pyrun_domain(env), app.builder.name
    if not domain.is_to_check:
        return []
    is_check, is_live = builder == CHECK_BUILDER, builder in LIVE_BUILDERS
    names = _wanted_pages(app, domain)
    pages = list(checked_pages(env, names)) if names is None or names else []
    checked = _check(app, pages) if pages else Checked()
    if is_check:  # other builders may share the environment, and have not written their pages again
        app.statuscode = 1 if checked.failing else app.statuscode
    if is_check or not shows_outputs(app.builder):
        return []
    outputs = {name: output.without_content() for name, output in checked.outputs.items()}
    changed = domain.keep_outputs(builder, {each.name: _by_key(each, outputs) for each in pages})
    keep_figures(app.builder, checked.outputs.values(), domain.outputs())
    if is_live:
        changed += domain.keep_ordinary({each.name: _ordinary(each, checked.ordinary) for each in pages})
    return changed


def _wanted_pages(app: Sphinx, domain: PyrunDomain) -> frozenset[str] | None:
    """The pages whose examples are of interest; ``None`` for all."""
    wanted = WantedCheck.NONE
    if app.builder.name == CHECK_BUILDER:
        wanted = WantedCheck.ASKED
    elif app.builder.name in LIVE_BUILDERS:
        wanted = wanted_check(site_values(app.config))
    if wanted is WantedCheck.ASKED:
        return None
    names = domain.pages_with_outputs() if shows_outputs(app.builder) else frozenset()
    return names | domain.pages_by_option() if wanted is WantedCheck.BY_DEFAULT else names


def _check(app: Sphinx, pages: Sequence[SphinxPage]) -> Checked:
    from pyrun_core.proof.build_check import Reports, check_build  # noqa: PLC0415 - only builds that check load it

    builder = app.builder.name
    is_check = builder == CHECK_BUILDER
    try:
        return check_build(
            pyrun_domain(app.env).settlement,
            [each.page for each in pages],
            report,
            log=lambda message: _logger.info("pyrun: %s", message),
            reports=Reports(Path(app.outdir), blocks_left_alone(app.env)) if is_check else None,
            only_outputs=builder not in LIVE_BUILDERS and not is_check,
        )
    except PyrunError as error:
        raise ExtensionError(f"pyrun cannot check the examples: {error}") from error


def _ordinary(page: SphinxPage, ordinary: frozenset[CheckedExample]) -> frozenset[str]:
    """The keys of the examples of a page that stay ordinary blocks."""
    examples = zip(page.keys, page.page.examples, strict=True)
    return frozenset(key for key, example in examples if example in ordinary)


def _by_key(page: SphinxPage, outputs: Mapping[CheckedExample, StoredOutput]) -> dict[str, StoredOutput]:
    """The outputs of a page by the keys of their examples."""
    examples = zip(page.keys, page.page.examples, strict=True)
    return {key: outputs[example] for key, example in examples if example in outputs}
