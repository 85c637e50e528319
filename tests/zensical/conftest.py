"""Builds of real Zensical sites, each in a separate folder."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup, Tag

if TYPE_CHECKING:
    from pathlib import Path

# tests/environments runs these tests where Zensical is installed, and no other generator.
collect_ignore_glob = [] if find_spec("zensical") and not find_spec("mkdocs") else ["test_*.py"]

FENCE = '{ name = "pyrun", class = "pyrun", format = "zensical_pyrun.fence" }'
CONFIG = f"""\
[project]
site_name = "Test"

[project.markdown_extensions]
pymdownx.highlight = {{}}
pymdownx.superfences.custom_fences = [{FENCE}]
pyrun.repack = false
"""
"""What an author writes, and a test without packages does not wait for bytecode."""

COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Build:
    """A build that has ended. ``warnings`` are those of pyrun."""

    status: int
    output: str

    @property
    def warnings(self) -> list[str]:
        return re.findall(r"(?m)^Warning: (.* \[pyrun\.\w+\])$", self.output)


@dataclass
class Site:
    """A site: write pages, build, and examine the result."""

    folder: Path

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    def page(self, text: str, name: str = "index.md") -> None:
        self.write(f"docs/{name}", text)

    def configure(self, *lines: str) -> None:
        """Write zensical.toml, with more lines for the Markdown extensions."""
        self.write("zensical.toml", CONFIG + "".join(f"{line}\n" for line in lines))

    def build(self, *arguments: str) -> Build:
        return self.run("-m", "zensical", "build", *arguments)

    def run(self, *arguments: str) -> Build:
        run = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return Build(run.returncode, COLOURS.sub("", run.stdout))

    def build_strictly(self) -> Site:
        """Build, and expect no problem."""
        build = self.build("--strict")
        assert build.status == 0, build.output
        return self

    def html(self, name: str = "index.html") -> str:
        return (self.folder / "site" / name).read_text(encoding="utf-8")

    def soup(self, name: str = "index.html") -> BeautifulSoup:
        return BeautifulSoup(self.html(name), "html.parser")

    def cells(self, name: str = "index.html") -> list[Tag]:
        return self.soup(name).find_all("pyrun-cell")

    def settlement(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.html("assets/pyrun/settlement.json"))
        return content


@pytest.fixture
def site(tmp_path: Path, offline: None) -> Site:  # noqa: ARG001 - builds don't use a package index
    """A site with the configuration of an author, and no pages."""
    site = Site(tmp_path)
    site.configure()
    return site
