"""The source of a site with many pages: with live examples, or the same with code blocks.

The pages differ, so that nothing is rendered once for many of them, and they look like those of a manual:
text, headings, and five examples of three to ten lines.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from textwrap import indent
from typing import TYPE_CHECKING

from benchmarks.sites import full_pyodide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["PAGES", "markdown_page", "rst_page", "write_mkdocs", "write_sphinx", "write_zensical"]

PAGES = 1_000
_PAGES_OF_A_PART = 50

_SITE_PACKAGES = ("auto",)
"""What the site declares for all pages."""

_PAGE_PACKAGES = ((), (), ("matplotlib",), ("scipy", "matplotlib"))
"""What pages declare in addition, in turn."""

_PARAGRAPHS = (
    """\
The measurements of station {number} come from a network that has been in operation since 1994. Each record
has a time, a value and a flag, and gaps are common after storms. This chapter shows how to read them, how to
remove what is wrong with them, and how to summarise the rest for a report.""",
    """\
Most of the work is in the first step. A value without its unit is of little use, so the reader converts every
column before anything else looks at it, and raises an error for a unit that it doesn't know. Chapter {number}
of the handbook lists the units that occur.""",
    """\
Run the example and change the numbers. If you make the window wider, the curve becomes smoother and the
extremes become smaller; with a window of {number} days, the seasons disappear.""",
)

_CLOSING = """\
The result belongs to station {number} and has *no* units: the columns of a table have them, its cells do not.
If two stations share a name, the older one gets a suffix, as in ``station-{number}-a``, and everything that
refers to it has to be updated as well."""

_EXAMPLES = (
    """\
import numpy as np

days = np.arange({number}, {number} + 365)
values = 12 + 9 * np.sin(2 * np.pi * days / 365)
print(values.mean().round(2), values.max().round(2))
""",
    """\
import pandas as pd

records = pd.DataFrame(
    {{
        "station": ["A", "B", "C"],
        "value": [{number}, 17.5, 11.25],
    }}
)
records.groupby("station")["value"].mean()
""",
    """\
from collections import Counter
from datetime import date, timedelta

first = date(1994, 3, 1) + timedelta(days={number})
months = Counter((first + timedelta(days=day)).strftime("%B") for day in range(365))
for month, days in months.most_common(3):
    print(f"{{month}}: {{days}} days")
""",
    """\
def celsius(fahrenheit: float) -> float:
    \"\"\"The temperature in degrees Celsius.\"\"\"
    return (fahrenheit - 32) * 5 / 9


for degrees in (0, 32, {number}):
    print(degrees, "°F is", round(celsius(degrees), 1), "°C")
""",
    """\
import math

radius = {number} / 10
print("area", math.pi * radius**2)
""",
)

_HEADINGS = ("Read the records", "Remove gaps", "Summarise a year")


@dataclass(frozen=True)
class _Markup:
    """How a markup language writes the parts of a page."""

    title: Callable[[str], str]
    heading: Callable[[str], str]
    example: Callable[[str], str]
    packages: Callable[[tuple[str, ...]], str]
    """The beginning of a page that declares packages."""


def write_sphinx(folder: Path, pages: int = PAGES, *, live: bool) -> None:
    """Write a Sphinx project. The theme has no sidebar, which would list all pages on each page."""
    folder.mkdir(parents=True)
    options = (
        'extensions = ["sphinx_pyrun"]\n'
        f"pyrun_pyodide = {str(full_pyodide())!r}\npyrun_packages = {list(_SITE_PACKAGES)}\n"
    )
    conf = f'project = "Handbook"\nhtml_theme = "basic"\n{options if live else ""}'
    (folder / "conf.py").write_text(conf, encoding="utf-8")
    for number in range(pages):
        (folder / f"page{number}.rst").write_text(rst_page(number, live=live), encoding="utf-8")
    toctree = indent("\n".join(f"page{number}" for number in range(pages)), "   ")
    (folder / "index.rst").write_text(f"Handbook\n========\n\n.. toctree::\n\n{toctree}\n", encoding="utf-8")


def write_mkdocs(folder: Path, pages: int = PAGES, *, live: bool) -> None:
    """Write an MkDocs project with the theme Material, set up for many pages."""
    options = {"pyodide": str(full_pyodide()), "packages": _SITE_PACKAGES}
    config = {
        "site_name": "Handbook",
        "theme": {"name": "material", "features": ["navigation.prune"]},
        "plugins": ["search", {"pyrun": options}] if live else ["search"],
        "markdown_extensions": ["pymdownx.highlight", "pymdownx.superfences"],
    }
    _write_markdown(folder / "docs", pages, live=live)
    (folder / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML


def write_zensical(folder: Path, pages: int = PAGES, *, live: bool) -> None:
    """Write a Zensical project with the same pages."""
    fence = '{ name = "pyrun", class = "pyrun", format = "zensical_pyrun.fence" }'
    options = (
        f"pyrun.pyodide = {json.dumps(str(full_pyodide()))}\npyrun.packages = {json.dumps(_SITE_PACKAGES)}\n"
        f"pymdownx.superfences.custom_fences = [{fence}]\n"
    )
    config = (
        '[project]\nsite_name = "Handbook"\ntheme.features = ["navigation.prune"]\n'
        "[project.markdown_extensions]\npymdownx.highlight = {}\n"
        f"{options if live else 'pymdownx.superfences = {}'}"
    )
    _write_markdown(folder / "docs", pages, live=live)
    (folder / "zensical.toml").write_text(config, encoding="utf-8")


def _write_markdown(folder: Path, pages: int, *, live: bool) -> None:
    for number in range(pages):
        part = folder / f"part{number // _PAGES_OF_A_PART}"
        part.mkdir(parents=True, exist_ok=True)
        (part / f"page{number}.md").write_text(markdown_page(number, live=live), encoding="utf-8")
    (folder / "index.md").write_text("# Handbook\n\nMeasurements of all stations.\n", encoding="utf-8")


def rst_page(number: int, *, live: bool) -> str:
    """A page for Sphinx."""
    directive = "pyrun::" if live else "code-block:: python"
    return _page(
        _Markup(
            title=lambda text: f"{text}\n{'=' * len(text)}",
            heading=lambda text: f"{text}\n{'-' * len(text)}",
            example=lambda code: f".. {directive}\n\n{indent(code, '   ')}",
            packages=lambda names: f".. pyrun-page::\n   :packages: {' '.join(names)}\n",
        ),
        number,
        live=live,
    )


def markdown_page(number: int, *, live: bool) -> str:
    """A page for MkDocs or Zensical."""
    language = "pyrun" if live else "python"
    return _page(
        _Markup(
            title=lambda text: f"# {text}",
            heading=lambda text: f"## {text}",
            example=lambda code: f"```{language}\n{code}```",
            packages=lambda names: f"---\npyrun:\n  packages: [{', '.join(names)}]\n---\n",
        ),
        number,
        live=live,
    )


def _page(markup: _Markup, number: int, *, live: bool) -> str:
    return "\n\n".join(_parts(markup, number, live=live)) + "\n"


def _parts(markup: _Markup, number: int, *, live: bool) -> Iterator[str]:
    packages = _PAGE_PACKAGES[number % len(_PAGE_PACKAGES)]
    if live and packages:
        yield markup.packages(packages)
    yield markup.title(f"Station {number}")
    examples = (markup.example(code.format(number=number)) for code in _EXAMPLES)
    for heading, text in zip(_HEADINGS, _PARAGRAPHS, strict=True):
        yield markup.heading(heading)
        yield text.format(number=number)
        yield next(examples)
        yield _CLOSING.format(number=number)
    yield from examples
