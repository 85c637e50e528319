"""The examples of a Sphinx site for a check, in the order of their pages."""

import doctest
from collections.abc import Container, Iterator
from pathlib import Path
from typing import NamedTuple

from sphinx.environment import BuildEnvironment

from pyrun_core.examples.page_examples import PageExamples
from pyrun_core.examples.provenance import Flag
from pyrun_core.live.left_alone import LeftAlone, left_alone
from pyrun_core.problems import Location, Problem
from pyrun_core.proof.checked import CheckedPage
from pyrun_core.proof.jobs import PageMaker
from pyrun_core.proof.places import Places
from sphinx_pyrun.conditions import conditions_of
from sphinx_pyrun.config import site_values
from sphinx_pyrun.domain import pyrun_domain
from sphinx_pyrun.nodes import find_examples, key_of
from sphinx_pyrun.transform import example_of

__all__ = ["SphinxPage", "blocks_left_alone", "checked_pages"]

_DEFAULT_FLAGS = "doctest_default_flags"


class SphinxPage(NamedTuple):
    """A page by its name, with the keys of its examples (`sphinx_pyrun.nodes.key_of`)."""

    name: str
    keys: tuple[str, ...]
    page: CheckedPage


def checked_pages(env: BuildEnvironment, names: Container[str] | None = None) -> Iterator[SphinxPage]:
    """The pages with examples that this build shows, sorted by name; only those in ``names`` if it is set."""
    maker = PageMaker(Places((Path(env.srcdir),)), tuple(_default_flags(env)))
    site, domain = site_values(env.config), pyrun_domain(env)
    for name in (page.name for page in domain.settlement.requirements.pages):
        if names is not None and name not in names:
            continue
        page = PageExamples(_already_reported)
        blocks = [
            block
            for block in find_examples(env.get_doctree(name))
            if domain.shown.shows(conditions_of(block))
        ]
        examples = [page.add(example_of(block, site, domain.shown)) for block in blocks]
        keys = tuple(map(key_of, blocks))
        yield SphinxPage(name, keys, maker.page(examples[0].page, examples))


def blocks_left_alone(env: BuildEnvironment) -> list[LeftAlone]:
    """The blocks that the option ``live`` finds and that stay as they are."""
    return left_alone(pyrun_domain(env).left_alone(), Places((Path(env.srcdir),)).shown)


def _default_flags(env: BuildEnvironment) -> Iterator[Flag]:
    """The flags that `sphinx.ext.doctest` has for all examples, if the site uses it."""
    flags = getattr(env.config, _DEFAULT_FLAGS) if _DEFAULT_FLAGS in env.config else 0
    for name, flag in doctest.OPTIONFLAGS_BY_NAME.items():
        if flags & flag:
            yield Flag(name, is_on=True)


def _already_reported(problem: Problem, message: str, location: Location) -> None:
    """Ignore what is reported when the page is written."""
    del problem, message, location
