"""Builds of real MkDocs sites, each in a separate folder."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import markdown
import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from mkdocs.commands.build import build
from mkdocs.config import load_config

from pyrun_core.browser_files import bundled_files
from tests.settlements import SettledSite

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@pytest.fixture(autouse=True, scope="session")
def browser_files() -> None:
    """The files that every built site copies."""
    if not (bundled_files().folder / "manifest.json").is_file():
        pytest.fail("The browser files have not been built. Run: npm ci && npm run build", pytrace=False)


@pytest.fixture(autouse=True)
def _offline(offline: None) -> None:
    """Builds don't use a package index."""


class Log(logging.Handler):
    """The warnings of a build. A test takes the warnings that it expects; any other fails it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    def take(self) -> list[str]:
        taken, self.messages = self.messages, []
        return taken


@pytest.fixture
def log() -> Iterator[Log]:
    """The collected warnings; none may be left at the end of a test."""
    log = Log()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(log)
    yield log
    logger.removeHandler(log)
    assert log.messages == []


@dataclass
class Site:
    """A site: write pages, build, and examine the result."""

    folder: Path
    log: Log
    config: dict[str, Any] = field(default_factory=lambda: {"site_name": "Test", "plugins": ["pyrun"]})

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    def page(self, text: str, name: str = "index.md") -> None:
        self.write(f"docs/{name}", text)

    def configure(self, **settings: object) -> None:
        self.config.update(settings)

    def write_config(self) -> Path:
        return self.write("mkdocs.yml", yaml.safe_dump(self.config, sort_keys=False))

    def build(self, *, dirty: bool = False, **settings: object) -> Site:
        build(load_config(str(self.write_config()), **settings), dirty=dirty)
        return self

    def build_preview(self) -> Site:
        """Build as ``mkdocs serve`` does, with drafts."""
        build(load_config(str(self.write_config())), serve_url="http://127.0.0.1:8000/")
        return self

    def html(self, name: str = "index.html") -> str:
        return (self.folder / "site" / name).read_text(encoding="utf-8")

    def soup(self, name: str = "index.html") -> BeautifulSoup:
        return BeautifulSoup(self.html(name), "html.parser")

    def cells(self, name: str = "index.html") -> list[Tag]:
        return self.soup(name).find_all("pyrun-cell")

    @property
    def settled(self) -> SettledSite:
        return SettledSite(self.folder / "site" / "assets" / "pyrun")

    def start(self, name: str = "index.html") -> list[str]:
        """For each cell of a page, the packages that are loaded while Python starts."""
        return [self.settled.start(cell) for cell in self.cells(name)]

    def sources(self, name: str = "index.html") -> list[str]:
        return [str(cell["data-source"]) for cell in self.cells(name)]

    def served(self) -> list[str]:
        folder = self.folder / "site"
        return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def site(tmp_path: Path, log: Log) -> Site:
    """An empty site."""
    return Site(tmp_path, log)


class Convert(Protocol):
    """Markdown to HTML."""

    def __call__(self, text: str, *others: str, **configs: Mapping[str, object]) -> BeautifulSoup: ...


@pytest.fixture
def convert(log: Log) -> Convert:  # noqa: ARG001 - fails the test if something is warned of
    """Convert Markdown with the extension and nothing of MkDocs, as Zensical does."""

    def run(text: str, *others: str, **configs: Mapping[str, object]) -> BeautifulSoup:
        html = markdown.markdown(
            text,
            extensions=[*others, "markdown_pyrun.extension"],
            extension_configs={name.replace("__", "."): dict(config) for name, config in configs.items()},
        )
        return BeautifulSoup(html, "html.parser")

    return run
