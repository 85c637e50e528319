"""The pages of a site, and its blocks by kind, plain and live, read from the built HTML."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup, Tag

from pyrun_core.live.kinds import kinds_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tools.real_documentation.builds import Built

__all__ = ["KINDS", "Count", "Problem", "count", "problems"]

KINDS = ("doctest", "python", "ipython")
OTHER = "other"

NO_PAGES = {"404.html", "genindex.html", "py-modindex.html", "search.html"}
"""Files that the host makes itself."""

LANGUAGE = re.compile(r"^(?:highlight|language)-(.+)$")
WARNING = re.compile(r"^(?P<where>.+?)(?:: WARNING)?: (?P<what>.+?)(?: \[pyrun\.(?P<subtype>\w+)\])?$")
COLOUR = re.compile(r"\x1b\[[\d;]*m")


@dataclass
class Count:
    """The numbers of one site. Kinds are those of the option ``live``, or "other"."""

    pages: int = 0
    blocks: Counter[str] = field(default_factory=Counter)
    live: Counter[str] = field(default_factory=Counter)
    cells: int = 0
    left: list[str] = field(default_factory=list)
    """The blocks with a kind that are not live: page, kind and first line."""


@dataclass(frozen=True)
class Problem:
    """A warning of pyrun."""

    where: str
    what: str
    subtype: str


def count(built: Built) -> Count:
    """Count what the pages of a site have."""
    found = Count()
    for path in sorted(built.folder.rglob("*.html")):
        name = path.relative_to(built.folder)
        if name.parts[0] in {"_modules", "_static", "assets"} or name.as_posix() in NO_PAGES:
            continue
        found.pages += 1
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        found.cells += len(page.select("pyrun-cell"))
        for kind, block in blocks(page):
            found.blocks[kind] += 1
            if block.find_parent("pyrun-cell"):
                found.live[kind] += 1
            elif kind != OTHER:
                first = block.get_text().strip().partition("\n")[0]
                found.left.append(f"{name.as_posix()}: {kind}: {first}")
    return found


def blocks(page: BeautifulSoup) -> Iterator[tuple[str, Tag]]:
    """The blocks of code of a page, with their kinds. Numbers of lines are no block."""
    for block in page.select("pre"):
        if not block.find_parent("td", class_="linenos"):
            kinds = kinds_of(language(block), block.get_text())
            if kinds and kinds[0] in KINDS:
                yield kinds[0], block
            else:  # Material writes no language into its pages, so that only pyrun knows it
                yield ("python" if block.find_parent("pyrun-cell") else OTHER), block


def language(block: Tag) -> str | None:
    """The language, from the class that the host gives to an element around the block, or inside it."""
    for element in (*block.select("code"), block, *list(block.parents)[:4]):
        for name in element.get_attribute_list("class"):
            if name and (match := LANGUAGE.match(name)):
                return match[1]
    return None


def problems(built: Built, source: Path) -> list[Problem]:
    """The warnings of pyrun, each once, with paths relative to the source."""
    found = {}
    for line in COLOUR.sub("", built.log).splitlines():
        if "[pyrun." in line or line.startswith("WARNING -  pyrun"):
            match = WARNING.match(line.replace(f"{source}/", "").replace("WARNING -  pyrun: ", "", 1))
            if match:
                found[line] = Problem(match["where"], match["what"], match["subtype"] or "live")
    return list(found.values())
