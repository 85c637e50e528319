"""Outputs that a Sphinx build stores, with a fake runner, which runs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fake_runner import FAILS
from tests.stored_examples import FIGURE, PNG, TABLE, TEXT, show_all

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fake_runner import FakeRunner

    from .conftest import MakeSite, Site

PAGE = f"""\
Title
=====

.. pyrun::
   :output: build
   :caption: Text

   {TEXT}

.. pyrun::
   :output: build

   {TABLE}

.. pyrun::
   :output: build

   {FIGURE}

.. pyrun::

   {FAILS}

.. toctree::

   other
"""
PAGES = ("index.html", "other.html")
OTHER = f"Other\n=====\n\n.. pyrun::\n\n   {TEXT}\n"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache without the outcomes of other tests."""
    monkeypatch.setenv("PYRUN_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def site(make_site: MakeSite, fake_runner: FakeRunner, monkeypatch: pytest.MonkeyPatch) -> Site:
    show_all(fake_runner)
    site = make_site({"index.rst": PAGE, "other.rst": OTHER}, pyrun_repack=False)
    monkeypatch.chdir(site.folder)
    return site


def test_outputs_are_in_the_cells_of_the_pages_that_want_them(site: Site, fake_runner: FakeRunner) -> None:
    site.build()
    text, table, figure, without = site.cells()
    assert text.select_one(".pyrun-output pre").get_text() == "zebra <1>\n<object object at 0x...>"
    assert table.select_one(".pyrun-output td").get_text() == "giraffe"
    picture = figure.select_one(".pyrun-output img")
    assert (picture["alt"], picture["width"], picture["height"]) == ("A zebra", "300", "150")
    assert (site.outdir / picture["src"]).read_bytes() == PNG
    assert without.select_one(".pyrun-output") is None, "it fails, which matters to nobody here"
    assert site.cell("other.html").select_one(".pyrun-output") is None
    assert fake_runner.runs == [["index.rst"]]


def test_only_pages_with_outputs_load_their_style_sheet(site: Site) -> None:
    site.build()
    sheets = [
        [link["href"] for link in site.page(name).find_all("link", rel="stylesheet")]
        for name in ("index.html", "other.html")
    ]
    ours = [[href for href in hrefs if "pyrun/outputs-" in href] for hrefs in sheets]
    assert [len(hrefs) for hrefs in ours] == [1, 0]
    assert (site.outdir / ours[0][0].partition("?")[0]).is_file()


def test_the_search_finds_outputs(site: Site) -> None:
    site.build()
    index = (site.outdir / "searchindex.js").read_text(encoding="utf-8")
    assert '"giraff":' in index or '"giraffe":' in index
    assert "zebra" in index


def test_two_builds_are_the_same(site: Site, fake_runner: FakeRunner, make_site: MakeSite) -> None:
    site.build()
    first = site.files()
    show_all(fake_runner)  # with other addresses
    other = make_site({"index.rst": PAGE, "other.rst": OTHER}, "again", pyrun_repack=False)
    other.build()
    assert len(fake_runner.runs) == 2
    second = other.files()
    assert first.keys() == second.keys()
    changed = [name for name, content in first.items() if second[name] != content]
    assert [name for name in changed if not name.startswith(".")] == []


def test_a_page_is_written_again_if_its_outputs_change_and_only_then(
    site: Site, fake_runner: FakeRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    before = {path: path.stat().st_mtime_ns for path in map(site.outdir.joinpath, PAGES)}
    site.build()
    assert all(path.stat().st_mtime_ns == before[path] for path in before)
    monkeypatch.setenv("PYRUN_CACHE", str(tmp_path / "another-cache"))
    show_all(fake_runner, "okapi")
    site.build()
    assert [path.name for path in before if path.stat().st_mtime_ns != before[path]] == ["index.html"]
    assert "okapi" in site.cells()[0].get_text()


def test_what_fails_or_is_skipped_shows_nothing_and_the_build_says_why(
    site: Site, fake_runner: FakeRunner
) -> None:
    skipped = f".. pyrun::\n   :skip-check: no camera\n\n   {TEXT}\n"
    failing = f".. pyrun::\n\n   {FAILS}\n"
    page = f"Title\n=====\n\n{skipped}\n{failing}"
    site.write({"index.rst": f".. pyrun-page::\n   :output: build\n\n{page}"})
    app, warnings = site.run()
    (warning,) = (each for each in warnings if "toctree" not in each)
    assert warning.startswith("index.rst:14: WARNING: ")
    assert warning.endswith("[pyrun.check]")
    assert site.page().select(".pyrun-output") == []
    status = app.status.getvalue()
    assert "no output is stored, because the example is skipped. no camera" in status
    assert "no output is stored, because the example is failing." in status
    assert fake_runner.runs == [["index.rst"]]


def test_other_builders_show_blocks_and_images(site: Site) -> None:
    site.build("text")
    text = (site.outdir / "index.txt").read_text(encoding="utf-8")
    assert f"   {TEXT}\n\n   zebra <1>\n   <object object at 0x...>\n" in text
    assert "[image: A zebra]" in text
    site.build("latex")
    (figure,) = site.outdir.glob("*.png")
    assert figure.read_bytes() == PNG
    (latex,) = site.outdir.glob("*.tex")
    assert f"{{{figure.stem}}}.png" in latex.read_text(encoding="utf-8")


def test_an_electronic_book_has_outputs_that_are_well_formed(site: Site) -> None:
    site.conf |= {"epub_copyright": "nobody", "version": "1"}
    site.build("epub")
    page = site.page("index.xhtml")
    assert page.find("td").get_text() == "giraffe"
    assert page.find("img", alt="A zebra")["src"].startswith("_images/")
    assert page.find("pyrun-cell") is None


@pytest.mark.parametrize("builder", ["gettext", "xml"])
def test_builders_whose_result_nobody_reads_run_nothing(
    site: Site, fake_runner: FakeRunner, builder: str
) -> None:
    site.build(builder)
    assert fake_runner.runs == []


def test_figures_that_are_no_longer_shown_are_forgotten(site: Site) -> None:
    app = site.build()
    (figure,) = app.doctreedir.joinpath("pyrun-figures").iterdir()
    site.write({"index.rst": PAGE.replace(FIGURE, "figure_of_another_kind()")})
    site.build()
    assert not figure.exists()
    assert len(site.page().select(".pyrun-output")) == 2


def test_a_site_that_stores_outputs_no_more_shows_none(site: Site, fake_runner: FakeRunner) -> None:
    site.build()
    site.conf["suppress_warnings"] = ["toc.not_readable"]
    site.write({"index.rst": PAGE.replace("   :output: build\n", "")})
    site.build()
    assert site.page().select(".pyrun-output") == []
    assert list((site.outdir / "_static" / "pyrun").glob("outputs-*")) == []
    assert len(fake_runner.runs) == 1
