"""The documentation of real projects, made live by configuration alone, and a reader's session with each.

`tools.real_documentation` builds them from their source archives, and writes a page of the documentation.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import expect

from tests.browser.live_page import Cell
from tools.real_documentation.builds import build
from tools.real_documentation.projects import project_named
from tools.real_documentation.proving import checked
from tools.real_documentation.proving import counted as proof_counted
from tools.real_documentation.results import RESULTS, counted
from tools.real_documentation.sources import ENVIRONMENT, unpacked

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator

    from tests.browser.neighbours import Visits
    from tests.browser.server import SiteServer
    from tests.conftest import MakeEnvironment
    from tools.real_documentation.builds import Built


class Session(NamedTuple):
    """What a reader does on a page: runs an example, and another version of it."""

    page: str
    call: str
    """A statement of the example, which has a documented output."""
    line: int
    documented: str
    changed: str
    """The code that the reader writes."""
    output: str
    """What the last line of it shows."""


class Sites(NamedTuple):
    """A project's site as it is, and live."""

    plain: Built
    live: Built
    source: Path
    python: Path
    session: Session


SESSIONS = {
    "natsort": Session(
        page="api.html",
        call="natsorted(a)",
        line=2,
        documented="['num2', 'num3', 'num5']",
        changed="natsorted(['a10', 'a9'])",
        output="['a9', 'a10']",
    ),
    "humanize": Session(
        page="number/index.html",
        call="apnumber(5)",
        line=2,
        documented="'five'",
        changed="apnumber(7)",
        output="'seven'",
    ),
}


@pytest.fixture(scope="module", params=SESSIONS)
def sites(
    request: pytest.FixtureRequest,
    make_environment: MakeEnvironment,
    served: SiteServer,
    browser_files: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Sites:
    """Both sites of a project."""
    assert browser_files.is_dir()
    project = project_named(request.param)
    python = make_environment(ENVIRONMENT)
    source = unpacked(project, tmp_path_factory.mktemp(project.name))
    folder = served.folder / "real"
    plain = build(project, source, python, folder / f"{project.name}-plain", live=False)
    fast = {"repack": False, "snapshots": False}
    live = build(project, source, python, folder / f"{project.name}-live", live=True, **fast)
    return Sites(plain, live, source, python, SESSIONS[request.param])


def test_what_goes_live_is_what_the_documentation_says(sites: Sites) -> None:
    everything = json.loads(RESULTS.read_text(encoding="utf-8"))
    documented = everything["projects"][sites.live.project.name]
    found = counted(sites.plain, sites.live, sites.source)
    assert found == {key: documented[key] for key in found}
    assert documented["version"] == sites.live.project.version


def test_what_is_proven_is_what_the_documentation_says(sites: Sites, tmp_path: Path) -> None:
    project, everything = sites.live.project, json.loads(RESULTS.read_text(encoding="utf-8"))
    documented = everything["projects"][project.name]["proof"]
    report = checked(project, sites.source, sites.python, tmp_path, repack=False)
    found = proof_counted(report)
    assert found == {key: documented[key] for key in found}


def example(sites: Sites, visit: Visits) -> Cell:
    """The example of the session, in a page that has just been opened."""
    page = visit(sites.live.folder / sites.session.page)
    cells = page.locator("pyrun-cell")
    # By its position, because the reader changes its text.
    texts = cells.all_text_contents()
    return Cell(cells.nth(next(at for at, text in enumerate(texts) if sites.session.call in text)))


def output(cell: Cell, line: int) -> Locator:
    """The output below a line."""
    return cell.locator.get_by_role("group", name=f"Output of line {line}", exact=True)


def test_a_page_shows_its_prompts_and_outputs_before_a_reader_comes(sites: Sites, visit: Visits) -> None:
    session = sites.session
    expect(example(sites, visit).locator).to_contain_text(f">>> {session.call}\n{session.documented}")


def test_a_reader_runs_a_docstring_edits_it_and_resets_it(sites: Sites, visit: Visits) -> None:
    session = sites.session
    cell = example(sites, visit)
    cell.run_to("done")
    expect(output(cell, session.line)).to_contain_text(session.documented)
    cell.write(session.changed)
    cell.run_to("done")
    expect(output(cell, 1)).to_contain_text(session.output)
    cell.choose("Reset")
    expect(cell.editor).to_contain_text(session.call)
    cell.run_to("done")
    expect(output(cell, session.line)).to_contain_text(session.documented)
