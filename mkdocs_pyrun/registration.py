"""The extension in a MkDocs configuration, and the page that it works on."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure import pages

from markdown_pyrun.context import Page, Site, make_site
from markdown_pyrun.front_matter import read_front_matter
from mkdocs_pyrun.options import find_section
from pyrun_core.options.declare import Scope, read_options
from pyrun_core.problems import Location, Problem, PyrunError, Report

__all__ = ["pass_page", "register"]

_EXTENSION = "markdown_pyrun.extension"
_NAMES = (_EXTENSION, "markdown_pyrun.extension:PyrunExtension", "pyrun")
"""The names under which an author may have listed the extension."""


def register(config: MkDocsConfig, values: Mapping[str, Any]) -> Site:
    """Register the extension once, with the plugin's values before those the author gave to it.

    Raises:
        PluginError: the site cannot be built as configured.
    """
    report = _reporter()
    config_file = Path(config.config_file_path or "mkdocs.yml")
    location = find_section(config.config_file_path)
    own = _unregister(config, report)
    try:
        site = make_site({**own, **values}, config_file.parent, report, location, Path(config.docs_dir))
    except PyrunError as error:
        raise PluginError(f"{location}: {error}") from error
    config.markdown_extensions.append(_EXTENSION)
    config.mdx_configs[_EXTENSION] = {"page": Page(site, location.file)}
    return site


def _unregister(config: MkDocsConfig, report: Report) -> dict[str, Any]:
    """Take out the extension where the author has listed it; the values given to it."""
    values: dict[str, Any] = {}
    for name in _NAMES:
        if name in config.markdown_extensions:
            config.markdown_extensions.remove(name)
            options = config.mdx_configs.pop(name, {})
            location = find_section(config.config_file_path, name)
            values.update(read_options(options, Scope.SITE, location, report))
    return values


def pass_page(config: MkDocsConfig, site: Site, page: pages.Page) -> None:
    """Have the Markdown instances that are made from now on work on this page."""
    file = page.file.src_uri
    lines = _lines(page)
    values = read_front_matter(page.meta, file, lines, site)
    folder = (Path(config.docs_dir) / file).parent
    config.mdx_configs[_EXTENSION] = {"page": Page(site, file, lines, values, folder)}


def _lines(page: pages.Page) -> list[str]:
    """The lines of the page's file, which other plugins may have changed since."""
    try:
        return page.file.content_string.split("\n")
    except (OSError, UnicodeError, AssertionError):
        return []


def _reporter() -> Report:
    """A report into MkDocs' log, where a warning fails a strict build, of each problem once."""
    log = get_plugin_logger("pyrun")
    seen: set[tuple[Problem, str, Location]] = set()

    def report(problem: Problem, message: str, location: Location) -> None:
        # Excerpts of a page, as of a blog, are rendered anew on every page that shows them.
        if (problem, message, location) not in seen:
            seen.add((problem, message, location))
            log.warning("%s: %s [pyrun.%s]", location, message, problem.value)

    return report
