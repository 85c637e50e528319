"""Blocks that go live only if they are proven, in Sphinx builds with a fake runner, which runs nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

import pytest
from sphinx.errors import ExtensionError

from pyrun_core.problems import PyrunError
from pyrun_core.proof import runtimes
from tests.fake_runner import FAILS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fake_runner import FakeRunner

    from .conftest import MakeSite, Site

PROVEN = "Title\n=====\n\n>>> 1 + 1\n2\n"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache without the outcomes of other tests."""
    monkeypatch.setenv("PYRUN_CACHE", str(tmp_path / "cache"))


@pytest.mark.usefixtures("proven_by_default")
class TestByDefault:
    """Blocks that the option ``live`` has made live, on sites that say nothing of a check."""

    @pytest.fixture
    def site(self, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> Site:
        files = {
            "index.rst": "Title\n=====\n\n>>> 1 / 0\n\nText\n\n>>> 1 + 1\n2\n",
            "other.rst": f":orphan:\n\nTitle\n=====\n\n.. pyrun::\n\n   {FAILS}\n",
        }
        site = make_site({**files}, pyrun_live=["doctest"], pyrun_repack=False)
        monkeypatch.chdir(site.folder)
        return site

    def test_a_block_that_fails_stays_as_it_is_and_nothing_is_a_warning(
        self, site: Site, fake_runner: FakeRunner
    ) -> None:
        app = site.build()
        said = app.status.getvalue()
        assert [str(cell["data-source"]) for cell in site.cells()] == ["1 + 1"]
        assert len(site.cells("other.html")) == 1, "the author has made it live"
        assert fake_runner.runs == [["index.rst"], ["index.rst"]], (
            "only where the option has made a block live"
        )
        assert "index.rst:4: the block stays as it is. It raises ZeroDivisionError" in said
        assert (
            "1 block stays as it is, because it fails for readers: exception 1. 'pyrun check' shows" in said
        )
        assert "1 live example: 1 proven" in said

    def test_an_unchanged_page_runs_nothing(self, site: Site, fake_runner: FakeRunner) -> None:
        site.build()
        fake_runner.runs.clear()
        app = site.build()
        assert fake_runner.runs == []
        assert "running the examples" not in app.status.getvalue()
        assert len(site.cells()) == 1

    def test_an_edited_block_is_checked_again(self, site: Site, fake_runner: FakeRunner) -> None:
        site.build()
        fake_runner.runs.clear()
        site.write({"index.rst": "Title\n=====\n\n>>> 1\n1\n\nText\n\n>>> 1 + 1\n2\n"})
        site.build()
        assert fake_runner.runs == [["index.rst"]]
        assert [str(cell["data-source"]) for cell in site.cells()] == ["1", "1 + 1"]

    def test_all_is_live_if_the_author_wants_that(self, site: Site, fake_runner: FakeRunner) -> None:
        site.build()
        fake_runner.runs.clear()
        site.conf["pyrun_live_only"] = ["all"]
        site.build()
        assert [str(cell["data-source"]) for cell in site.cells()] == ["1 / 0", "1 + 1"]
        assert fake_runner.runs == []

    @pytest.mark.parametrize("error", [PyrunError("Node.js is not installed"), MemoryError()])
    def test_without_a_check_all_is_live_and_a_line_says_so(
        self, site: Site, monkeypatch: pytest.MonkeyPatch, error: Exception
    ) -> None:
        monkeypatch.setattr(runtimes, "make_runner", raising(error))
        app = site.build()
        assert len(site.cells()) == 2
        line = "blocks that the option 'live' has made live are live without a check: "
        assert line + (str(error) or "MemoryError") in app.status.getvalue()

    def test_a_check_that_the_author_wants_and_that_cannot_be_made_fails_the_build(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(runtimes, "make_runner", raising(PyrunError("Node.js is not installed")))
        site.conf["pyrun_live_only"] = ["proven"]
        with pytest.raises(ExtensionError, match=r"Node\.js is not installed"):
            site.build()

    def test_with_the_option_check_what_fails_is_a_warning_and_not_live(
        self, site: Site, fake_runner: FakeRunner
    ) -> None:
        site.conf["pyrun_check"] = "node"
        places = [warning.partition(" ")[0] for warning in site.warnings()]
        assert places == ["other.rst:8:", "index.rst:4:"]
        assert len(site.cells()) == 1
        assert fake_runner.runs

    def test_blocks_of_a_package_that_browsers_cannot_have_do_not_go_live_without_a_check_either(
        self, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lost = ">>> import nosuchlib\n>>> x = nosuchlib.one\n\nText\n\n>>> x\n1\n"
        other = ".. pyrun::\n   :session: other\n\n   import nosuchlib\n\n"
        site = make_site(
            {"index.rst": f"Title\n=====\n\n{lost}\n{other}", "other.rst": f":orphan:\n\n{PROVEN}"},
            pyrun_live=["doctest"],
            pyrun_packages=["nosuchlib"],
            pyrun_repack=False,
        )
        monkeypatch.setattr(runtimes, "make_runner", raising(PyrunError("Node.js is not installed")))
        app, (warning,) = site.run()
        assert warning.endswith("has a package nosuchlib. Correct the name [pyrun.packages]")
        said = app.status.getvalue()
        sentence = "It needs the module 'nosuchlib', and the site has no nosuchlib for browsers."
        assert f"index.rst:4: the block stays as it is. {sentence}" in said
        assert "2 blocks stay as they are, because they fail for readers: module 2." in said
        assert [str(cell["data-source"]) for cell in site.cells()] == ["import nosuchlib"], "the author's"
        assert len(site.cells("other.html")) == 1

    def test_a_site_without_such_blocks_runs_nothing(
        self, make_site: MakeSite, fake_runner: FakeRunner
    ) -> None:
        make_site({"index.rst": f"Title\n=====\n\n.. pyrun::\n\n   {FAILS}\n"}, pyrun_repack=False).build()
        assert fake_runner.runs == []

    def test_a_check_of_the_site_reports_what_fails(self, site: Site, fake_runner: FakeRunner) -> None:
        app, _ = site.run("pyrun-check")
        assert app.statuscode == 1
        report = (site.outdir / "report.txt").read_text(encoding="utf-8")
        assert "3 live examples: 1 proven, 2 failing" in report
        assert fake_runner.runs


LEFT = """\
Title
=====

.. pyrun: off

>>> 1
1

Text

>>> def f():
    pass

.. code-block:: python

   not_of_this_kind = True

Text

.. code-block:: pycon
   :class: legacy

   >>> 2
   2

Text

>>> 3
3
"""


def test_a_report_says_how_many_blocks_were_found_and_why_some_are_not_live(
    make_site: MakeSite, fake_runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(
        {"index.rst": LEFT}, pyrun_live=["doctest"], pyrun_live_except=[".legacy"], pyrun_repack=False
    )
    monkeypatch.chdir(site.folder)
    (warning,) = site.warnings("pyrun-check")
    assert warning.endswith("[pyrun.live]")
    report = json.loads((site.outdir / "report.json").read_text(encoding="utf-8"))
    assert (report["totals"]["found"], report["totals"]["live"]) == (4, 1)
    assert [(each["file"], each["line"]) for each in report["not_live"]] == [
        ("index.rst", 6),
        ("index.rst", 11),
        ("index.rst", 20),
    ]
    text = (site.outdir / "report.txt").read_text(encoding="utf-8")
    assert "1 live example of 4 found: 1 proven" in text
    assert "index.rst:6: not live: A comment beside the block switches it off." in text
    assert "1 of 4 proven" in (site.outdir / "badge.svg").read_text(encoding="utf-8")
    page = (site.outdir / "index.html").read_text(encoding="utf-8")
    assert "The block has a mistake" in page
    assert "'live-only', 'live-except' or the settings" in page
    assert fake_runner.runs == [["index.rst"]]


def raising(error: Exception) -> Callable[..., NoReturn]:
    """A function that fails with an error."""

    def fail(*_: object) -> NoReturn:
        raise error

    return fail
