"""A built site, and what its examples show when they run outside of a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from pyrun_core.finish.finisher import Finisher
from pyrun_core.problems import Location
from pyrun_core.proof.outcomes import CellOutcome, PageJob
from pyrun_core.site import prepare_site
from tests.packages.wheels import make_wheel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pyrun_core.proof.outcomes import Runner

CODE = "#| files: data.csv\nopen('data.csv').read()"
PAGE = f'<html><head></head><body><pre><code class="language-pyrun">{CODE}</code></pre></body></html>'


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pyrun's folder in a site with the bundled Pyodide, and a package with which all pages start."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "data.csv").write_text("1,2", encoding="utf-8")
    make_wheel(folder / "wheels", "probe", modules={"probe.py": "counted = []\n"})
    reports: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYRUN_CACHE", str(folder / "cache"))
        patch.setenv("PIP_NO_INDEX", "1")
        prepared = prepare_site(
            {"packages": ["wheels/probe-1.0-py3-none-any.whl"]},
            base=folder,
            documents=folder,
            location=Location("pyrun.toml", 1),
            report=lambda _, message, __: reports.append(message),
            log=lambda _: None,
        )
        Finisher(folder / "site", prepared, has_plain_blocks=True, is_served=False).finish()
    assert reports == []
    return folder / "site" / "assets" / "pyrun"


@dataclass
class Pages:
    """Pages of examples, which run together, and their outcomes."""

    runner: Runner
    site: Path
    jobs: list[PageJob] = field(default_factory=list)
    outcomes: dict[str, tuple[CellOutcome | None, ...]] = field(default_factory=dict)

    def add(self, page: str, *cells: str | Mapping[str, str], skipped: Sequence[int] = ()) -> None:
        """Add a page. An example is its code, or its attributes without the prefix, such as ``session``."""
        written = [{"source": cell} if isinstance(cell, str) else cell for cell in cells]
        attributes = tuple(
            {"data-page": page, **{name if name == "hidden" else f"data-{name}": cell[name] for name in cell}}
            for cell in written
        )
        self.jobs.append(PageJob(page, attributes, frozenset(skipped)))

    def run(self) -> None:
        """Run all of them."""
        for outcome in self.runner.run(self.site, self.jobs, lambda _: None):
            self.outcomes[outcome.page] = outcome.cells

    def of(self, page: str) -> list[CellOutcome]:
        """The outcomes of a page of which no example was skipped."""
        return [outcome for outcome in self.outcomes[page] if outcome is not None]

    def endings(self, page: str) -> list[str]:
        """How the examples of a page have ended."""
        return [outcome.ending for outcome in self.of(page)]


def built_cell(site: Path) -> dict[str, str]:
    """The attributes of the example in the page of the site, which reads a file."""
    soup = BeautifulSoup((site.parents[1] / "index.html").read_text(encoding="utf-8"), "html.parser")
    (cell,) = soup.select("pyrun-cell")
    return {name.removeprefix("data-"): str(value) for name, value in cell.attrs.items()}


def text(outcome: CellOutcome, *streams: str) -> str:
    """What an example has shown, in these streams or in all."""
    return "".join(part.text for part in outcome.parts if not streams or part.stream in streams)
