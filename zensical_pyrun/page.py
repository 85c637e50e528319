"""The page that Zensical renders: its file, its front matter, and the tags that load pyrun's files."""

import os
import sys
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from markdown import Markdown

from markdown_pyrun.context import Page, annotates
from pyrun_core.examples.code_file import CodeFiles
from pyrun_core.examples.render import PageAsset, page_assets
from pyrun_core.finish.head_tags import FOLDER, ROOT
from pyrun_core.options.declare import Scope, read_options
from pyrun_core.options.front_matter import front_matter_location, read_front_matter
from pyrun_core.problems import Location, Problem
from pyrun_core.settlement.folder import PyrunFolder
from zensical_pyrun.door import UnknownZensicalError, page_context
from zensical_pyrun.example_log import note_example
from zensical_pyrun.problem_log import report, report_in_page

__all__ = ["current_page"]


def current_page(md: Markdown, options: Mapping[str, object]) -> Page | None:
    """The page that Zensical renders with this Markdown, ``None`` if it is not Zensical that does so.

    The page loads pyrun's files after its first example. Instant navigation runs scripts that it finds in
    the content of a page, and not those in its head. URLs are relative to the page's file; Zensical rewrites
    them.
    """
    if "zensical" not in sys.modules:
        return None
    try:
        context = page_context(md)
    except UnknownZensicalError as error:
        report(Problem.PAGE, str(error), Location("Zensical"))
        return None
    if context is None:
        return None
    file, config = context.file, context.config
    documents = Path(config["root_dir"], config["docs_dir"])
    lines = _lines(documents / file)
    site = read_options(options, Scope.SITE, Location(""), _reported_for_the_site)
    theme = config.get("theme", {})
    settings = {name: site[name] for name in ("runtime", "integrity") if name in site}
    return Page(
        site={"language": str(theme.get("language") or ""), **site},
        report=report_in_page,
        file=file,
        lines=lines,
        values=read_front_matter(context.front_matter, front_matter_location(file, lines), report_in_page),
        assets=page_assets(*(asset.below("../" * file.count("/") + FOLDER) for asset in _assets(**settings))),
        code_files=CodeFiles(documents, partial(_check_watched, config, Location(file))),
        annotates=annotates(theme.get("features")),
        note=note_example,
    )


def _check_watched(config: Mapping[str, Any], location: Location, path: Path) -> None:
    """Report a file with code whose changes Zensical does not notice: it would keep the page in its cache."""
    watched = {Path(each).resolve() for each, _ in config.get("watched_files", ())}
    if path.is_file() and path.resolve() not in watched:
        folder = Path(os.path.relpath(path.parent, config["root_dir"])).as_posix()
        message = (
            f"file: Zensical does not build the page again when '{path.name}' changes. Add its folder to "
            f'the configuration of the project: watch = ["{folder}"]'
        )
        report_in_page(Problem.FILES, message, location)


def _lines(path: Path) -> list[str]:
    """The lines of a page. A page that a plugin has generated has no file."""
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeError):
        return []


@cache
def _assets(*, runtime: str = "", integrity: bool = False) -> tuple[PageAsset, PageAsset]:
    """The script and the style sheet, with these options of the site."""
    return PyrunFolder(Path(FOLDER), ROOT, runtime, integrity).page_assets


def _reported_for_the_site(problem: Problem, message: str, location: Location) -> None:
    """Ignore a wrong option of the site, which `zensical_pyrun.site` reports once for all pages."""
    del problem, message, location
