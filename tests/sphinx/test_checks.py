"""The check of a site's examples in Sphinx builds, with a fake runner, which runs nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sphinx_pyrun.command import SphinxHost, kept_folder
from tests.fake_runner import FAILS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fake_runner import FakeRunner

    from .conftest import MakeSite, Site

FAILING = f"""\
Title
=====

.. pyrun::

   x = 1
   {FAILS}

.. pyrun::
   :raises: ZeroDivisionError

   {FAILS}

.. pyrun::
   :skip-check: it needs a camera

   {FAILS}

.. only:: latex

   .. pyrun::

      {FAILS}
"""
PROVEN = "Title\n=====\n\n>>> 1 + 1\n2\n"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache without the outcomes of other tests."""
    monkeypatch.setenv("PYRUN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def site(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> Site:
    site = make_site({"index.rst": FAILING, "other.rst": f":orphan:\n\n{PROVEN}"}, pyrun_live=["doctest"])
    site.conf["pyrun_repack"] = False
    monkeypatch.chdir(site.folder)
    return site


def test_an_ordinary_build_runs_nothing(site: Site, fake_runner: FakeRunner) -> None:
    site.build()
    assert fake_runner.runs == []


def test_a_build_with_the_option_warns_of_what_fails(site: Site, fake_runner: FakeRunner) -> None:
    site.conf["pyrun_check"] = "node"
    (warning,) = site.warnings()
    assert warning.startswith("index.rst:7: WARNING: ")
    assert "ZeroDivisionError" in warning
    assert warning.endswith("[pyrun.check]")
    assert fake_runner.runs == [["index.rst", "other.rst"]]
    assert (site.outdir / "index.html").is_file()


def test_the_warning_can_be_suppressed(site: Site, fake_runner: FakeRunner) -> None:
    site.conf |= {"pyrun_check": "node", "suppress_warnings": ["pyrun.check"]}
    assert site.warnings() == []
    assert fake_runner.runs


def test_the_builder_for_checks_writes_reports_and_no_page(site: Site, fake_runner: FakeRunner) -> None:
    app, warnings = site.run("pyrun-check")
    assert app.statuscode == 1
    assert [warning.partition(" ")[0] for warning in warnings] == ["index.rst:7:"]
    assert sorted(site.files()) == ["badge.svg", "index.html", "junit.xml", "report.json", "report.txt"]
    report = json.loads((site.outdir / "report.json").read_text(encoding="utf-8"))
    assert [(each["page"], each["verdict"]) for each in report["examples"]] == [
        ("index.rst", "failing"),
        ("index.rst", "proven"),
        ("index.rst", "skipped"),
        ("other.rst", "proven"),
    ]
    assert fake_runner.runs


def test_the_builder_for_checks_is_content_where_all_is_proven(
    make_site: MakeSite, fake_runner: FakeRunner
) -> None:
    site = make_site({"index.rst": PROVEN}, pyrun_live=["doctest"], pyrun_repack=False)
    site.build("pyrun-check")
    assert fake_runner.runs == [["index.rst"]]


def test_only_what_has_changed_runs_again(site: Site, fake_runner: FakeRunner) -> None:
    site.conf["pyrun_check"] = "node"
    site.warnings()
    site.write({"other.rst": f":orphan:\n\nMore text above does not matter.\n\n{PROVEN}"})
    (warning,) = site.warnings()
    assert "ZeroDivisionError" in warning, "what fails is reported again, though it does not run again"
    assert fake_runner.runs == [["index.rst", "other.rst"]]
    site.write({"other.rst": f":orphan:\n\n{PROVEN}\n>>> 3\n3\n"})
    site.warnings()
    assert fake_runner.runs[1:] == [["other.rst"]]


def test_a_changed_expectation_runs_nothing(
    make_site: MakeSite, fake_runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site({"index.rst": PROVEN}, pyrun_live=["doctest"], pyrun_repack=False, pyrun_check="node")
    monkeypatch.chdir(site.folder)
    site.build()
    site.write({"index.rst": PROVEN.replace("2", "3")})
    (warning,) = site.warnings()
    assert warning.startswith("index.rst:4: WARNING: ")
    assert fake_runner.runs == [["index.rst"]]


OPTIONAL = """\
Title
=====

>>> x = 1
>>> x
2

Text, and an example that needs the one above.

>>> 1 / 0

.. pyrun: on

>>> 3
4

>>> 5
5
"""


def test_what_is_not_proven_stays_an_ordinary_block(
    make_site: MakeSite, fake_runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(
        {"index.rst": OPTIONAL, "other.rst": f":orphan:\n\n{PROVEN}"},
        pyrun_live=["doctest"],
        pyrun_live_only=["proven"],
        pyrun_join=False,
        pyrun_repack=False,
    )
    monkeypatch.chdir(site.folder)
    app, warnings = site.run()
    assert warnings == []
    assert [str(cell["data-source"]) for cell in site.cells()] == ["x = 1\nx", "3", "5"]
    reason = "index.rst:10: the block stays as it is, because it is not proven. It raises ZeroDivisionError"
    assert reason in app.status.getvalue()
    assert fake_runner.runs == [["index.rst", "other.rst"], ["index.rst"]]
    assert site.page().find_all("pre")[1].text.strip() == ">>> 1 / 0"


def test_pages_are_written_again_when_other_examples_are_proven(
    make_site: MakeSite, fake_runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site({"index.rst": "Title\n=====\n\n>>> 1 / 0\n"}, pyrun_live=["doctest"], pyrun_repack=False)
    monkeypatch.chdir(site.folder)
    site.conf["pyrun_live_only"] = ["proven"]
    assert site.warnings() == []
    assert site.cells() == []
    site.conf["pyrun_live_only"] = []
    site.build()
    assert len(site.cells()) == 1
    assert fake_runner.runs


NOTES_READS = """
def note(app, name, source):
    with open(app.srcdir / "reads.txt", "a") as reads:
        reads.write(f"{name} ")

def setup(app):
    app.connect("source-read", note)
"""


@pytest.mark.usefixtures("offline")
def test_a_check_by_command_reads_only_what_has_changed(tmp_path: Path) -> None:
    config = tmp_path / "conf.py"
    settings = "extensions = ['sphinx_pyrun']\npyrun_pyodide = 'cdn'\npyrun_repack = False\n"
    config.write_text(f"{settings}pyrun_live = ['doctest']\n{NOTES_READS}")
    (tmp_path / "index.rst").write_text(PROVEN)
    counts = [len(SphinxHost().read_examples(config).pages) for _ in range(2)]
    assert counts == [1, 1]
    assert (tmp_path / "reads.txt").read_text().split() == ["index"]


def test_two_checks_at_the_same_time_do_not_share_what_they_keep(tmp_path: Path) -> None:
    kept = tmp_path / "checks" / "kept"
    with kept_folder(kept) as first:
        first.mkdir()
        (first / "environment").write_text("first")
    with kept_folder(kept) as one, kept_folder(kept) as other:
        assert (one / "environment").read_text() == "first"
        assert not other.exists()
        other.mkdir()
        (other / "environment").write_text("second")
    assert (kept / "environment").read_text() == "second", "that of the first to end"
    assert [path.name for path in kept.parent.iterdir()] == ["kept"]
