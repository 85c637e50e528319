"""The extension in a MkDocs configuration, and the page that it works on."""

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure import pages
from mkdocs.structure.files import Files

from markdown_pyrun.context import Page, annotates
from mkdocs_pyrun.options import find_section
from pyrun_core.examples.code_file import CodeFiles
from pyrun_core.live.left_alone import Note
from pyrun_core.options.declare import Scope, read_options
from pyrun_core.options.front_matter import front_matter_location, read_front_matter
from pyrun_core.problems import Location, Problem, PyrunError, Report
from pyrun_core.site import Site, prepare_site

__all__ = ["pass_page", "register"]

_EXTENSION = "markdown_pyrun.extension"
_NAMES = (_EXTENSION, "markdown_pyrun.extension:PyrunExtension", "pyrun")
"""The names under which an author may have listed the extension."""

_PAGE = "page"
"""The extension's option for its page, which no author sets."""


def register(config: MkDocsConfig, values: Mapping[str, Any]) -> Site:
    """Register the extension once. The plugin's values take precedence over those given to the extension.

    Some plugins build the site again, for each language for instance, and with the same configuration.

    Raises:
        PluginError: the site cannot be built as configured.
    """
    report = _reporter()
    config_file = Path(config.config_file_path or "mkdocs.yml")
    location = find_section(config.config_file_path)
    extension_values = _unregister(config, report)
    try:
        site = prepare_site(
            {**extension_values, **values},
            base=config_file.parent,
            documents=Path(config.docs_dir),
            built=Path(config.site_dir),
            location=location,
            report=report,
            log=get_plugin_logger("pyrun").info,
        )
    except PyrunError as error:
        raise PluginError(f"{location}: {error}") from error
    config.markdown_extensions.append(_EXTENSION)
    config.mdx_configs[_EXTENSION] = {_PAGE: Page(site.values, report)}
    return site


def _unregister(config: MkDocsConfig, report: Report) -> dict[str, Any]:
    """Remove the extension where it is listed. Returns the values given to it."""
    values: dict[str, Any] = {}
    for name in _NAMES:
        if name in config.markdown_extensions:
            config.markdown_extensions.remove(name)
            options = config.mdx_configs.pop(name, {})
            page = options.get(_PAGE)
            if isinstance(page, Page):  # registered by an earlier build with this configuration
                values.update(page.site)
            else:
                location = find_section(config.config_file_path, name)
                values.update(read_options(options, Scope.SITE, location, report))
    return values


def pass_page(
    config: MkDocsConfig,
    site: Site,
    page: pages.Page,
    files: Files,
    note: Note,
) -> None:
    """Have the Markdown instances that are made from now on work on this page of a site with ``files``.

    ``note`` is told each example.
    """
    file = page.file.src_uri
    lines = _lines(page)
    values = read_front_matter(page.meta, front_matter_location(file, lines), site.report)
    if "language" not in site.values:  # not in those of the site, which later builds use
        values = {"language": _theme_language(config), **values}
    generated = partial(_generated_text, files, config.docs_dir)
    context = Page(
        site.values,
        site.report,
        file,
        lines,
        values,
        code_files=CodeFiles(Path(config.docs_dir), generated=generated),
        annotates=annotates(config.theme.get("features")),
        note=note,
    )
    config.mdx_configs[_EXTENSION] = {_PAGE: context}


def _theme_language(config: MkDocsConfig) -> str:
    """The language of the theme, now: plugins build the site in several languages."""
    return str(config.theme.get("language") or config.theme.get("locale") or "")


def _generated_text(files: Files, documents: str, path: str) -> str | None:
    """The text of a file that a plugin has added to the documentation, or has put in the place of another."""
    file = files.get_file_from_path(path)
    if file is None or file.abs_src_path == os.path.normpath(os.path.join(documents, path)):  # noqa: PTH118
        return None
    try:
        return file.content_string
    except (OSError, UnicodeError, AssertionError):
        return None


def _lines(page: pages.Page) -> list[str]:
    """The lines of the page's file, which other plugins may have changed since."""
    try:
        return page.file.content_string.split("\n")
    except (OSError, UnicodeError, AssertionError):
        return []


def _reporter() -> Report:
    """A report that logs each problem once through MkDocs, where warnings fail a strict build."""
    log = get_plugin_logger("pyrun")
    seen: set[tuple[Problem, str, Location]] = set()

    def report(problem: Problem, message: str, location: Location) -> None:
        # An excerpt of a page, as in a blog, is rendered again on every page that shows it.
        if (problem, message, location) not in seen:
            seen.add((problem, message, location))
            log.warning("%s: %s [pyrun.%s]", location, message, problem.value)

    return report
