"""What each page needs, kept with the environment for builds that do not read the page again."""

from collections.abc import Iterable

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from pyrun_core.packages.request.page_requirements import PageNeeds

__all__ = ["needs_of_pages", "note_needs", "pages_with_examples", "setup_needs"]


def setup_needs(app: Sphinx) -> None:
    """Have Sphinx forget and merge what is kept, as it does with its own."""
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)


def note_needs(env: BuildEnvironment, docname: str, needs: PageNeeds) -> None:
    """Remember what a page needs, if it has examples."""
    if needs.examples:
        needs_of_pages(env)[docname] = needs


def needs_of_pages(env: BuildEnvironment) -> dict[str, PageNeeds]:
    """What all pages that have examples need, by the name of the page."""
    if not hasattr(env, "pyrun_needs"):
        env.pyrun_needs = {}  # type: ignore[attr-defined]
    needs: dict[str, PageNeeds] = env.pyrun_needs  # type: ignore[attr-defined]
    return needs


def pages_with_examples(env: BuildEnvironment) -> list[str]:
    """The names of all pages that have examples."""
    return sorted(needs_of_pages(env))


def _forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    del app
    needs_of_pages(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    del app
    theirs = needs_of_pages(other)
    needs_of_pages(env).update({name: theirs[name] for name in docnames if name in theirs})
