"""Real Sphinx builds of small sites."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from bs4 import BeautifulSoup, Tag

from pyrun_core.browser_files import bundled_files
from pyrun_core.problems import PyrunError
from tests.settlements import SettledSite

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.testing.util import SphinxTestApp

ROOTS = Path(__file__).parent / "roots"
_COLOURS = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture(scope="session")
def rootdir() -> Path:
    """The folder in which `sphinx.testing` finds the sites that tests name."""
    return ROOTS


@pytest.fixture(scope="session", autouse=True)
def _browser_files() -> None:
    try:
        assert bundled_files().names
    except PyrunError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(autouse=True)
def _offline(offline: None) -> None:
    """Builds don't use a package index."""


@dataclass
class Site:
    """A folder of sources, and Sphinx's output for it."""

    folder: Path
    make_app: Callable[..., SphinxTestApp]
    conf: dict[str, object]
    outdir: Path = Path()

    def write(self, files: dict[str, str | bytes]) -> None:
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def run(self, builder: str = "html", **kwargs: object) -> tuple[SphinxTestApp, list[str]]:
        """Build, and return the warnings: one per item, with paths relative to the folder."""
        app = self.make_app(
            builder,
            srcdir=self.folder,
            confoverrides={
                "show_warning_types": True,
                "source_suffix": {".rst": "restructuredtext"},  # MyST adds to that of later builds
                **self.conf,
            },
            **kwargs,
        )
        app.build()
        app.cleanup()  # the next build in this process must not find this one's nodes
        self.outdir = Path(app.outdir)
        text = _COLOURS.sub("", app.warning.getvalue()).replace(f"{self.folder}/", "")
        return app, [line for line in text.splitlines() if line]

    def build(self, builder: str = "html", **kwargs: object) -> SphinxTestApp:
        """Build as ``sphinx-build -W`` does: there must be no warnings."""
        app, warnings = self.run(builder, warningiserror=True, **kwargs)
        assert warnings == []
        assert app.statuscode == 0
        return app

    def warnings(self, builder: str = "html", **kwargs: object) -> list[str]:
        return self.run(builder, **kwargs)[1]

    def page(self, name: str = "index.html") -> BeautifulSoup:
        return BeautifulSoup((self.outdir / name).read_bytes(), "html.parser")

    def cells(self, name: str = "index.html") -> list[Tag]:
        return self.page(name).find_all("pyrun-cell")

    def cell(self, name: str = "index.html") -> Tag:
        (cell,) = self.cells(name)
        return cell

    @property
    def settled(self) -> SettledSite:
        return SettledSite(self.outdir / "_static" / "pyrun")

    def languages(self) -> list[str]:
        """The languages whose texts the site serves."""
        files = (self.outdir / "_static" / "pyrun").glob("language_*")
        return sorted(file.name.removeprefix("language_").partition("-")[0] for file in files)

    def start(self, name: str = "index.html") -> list[str]:
        """For each cell of a page, the packages that are loaded while Python starts."""
        return [self.settled.start(cell) for cell in self.cells(name)]

    def packages(self, name: str = "index.html") -> list[str]:
        """For each cell of a page, the packages that are loaded when it runs."""
        return [self.settled.run(cell) for cell in self.cells(name)]

    def files(self) -> dict[str, bytes]:
        """All built files, except those that contain dates or that Sphinx keeps for itself."""
        return {
            path.relative_to(self.outdir).as_posix(): path.read_bytes()
            for path in sorted(self.outdir.rglob("*"))
            if path.is_file()
        }


class MakeSite(Protocol):
    def __call__(self, files: dict[str, str | bytes], folder: str = ..., **conf: object) -> Site: ...


@pytest.fixture
def make_site(make_app: Callable[..., SphinxTestApp], tmp_path: Path) -> MakeSite:
    """A site of the given files; MyST reads the files that end in .md.

    Pyodide comes from the CDN unless a test sets another one: copying 13 MB for each of so many
    builds would fill the disk.
    """

    def make(files: dict[str, str | bytes], folder: str = "site", **conf: object) -> Site:
        extensions = ["sphinx_pyrun"]
        if any(name.endswith(".md") for name in files):
            extensions.append("myst_parser")
        site = Site(tmp_path / folder, make_app, {"extensions": extensions, "pyrun_pyodide": "cdn", **conf})
        site.write({"conf.py": "", **files})
        return site

    return make


@pytest.fixture
def tutorial(make_site: MakeSite) -> Site:
    """A new copy of the site that uses every feature."""
    return copied_root(make_site, "tutorial")


def copied_root(make_site: MakeSite, name: str, folder: str = "site") -> Site:
    root = ROOTS / f"test-{name}"
    paths = [path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    site = make_site({**files}, folder)
    site.conf.clear()  # its conf.py has all settings
    return site
