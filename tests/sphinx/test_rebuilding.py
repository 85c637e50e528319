"""Every way of building a site gives the same result, byte for byte."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from .conftest import copied_root

if TYPE_CHECKING:
    from .conftest import MakeSite, Site

EXAMPLE = ".. pyrun::\n\n   print({})\n\n"
MANY = 12


def many_pages() -> dict[str, str | bytes]:
    names = [f"page{number:02}" for number in range(MANY)]
    index = "Title\n=====\n\n.. toctree::\n\n" + "".join(f"   {name}\n" for name in names)
    pages = {
        f"{name}.rst": f":pyrun-packages: numpy\n\n{name}\n======\n\n{EXAMPLE.format(name)}" for name in names
    }
    return {"index.rst": index, **pages}


def pages_of(site: Site) -> dict[str, bytes]:
    """The files for readers. Sphinx's pickles and its build info are left out."""
    return {name: content for name, content in site.files().items() if not name.startswith(".")}


def touch(site: Site, name: str, seconds: int = 10) -> None:
    """Make a file newer than everything built from it, without waiting."""
    path = site.folder / name
    later = path.stat().st_mtime + seconds
    os.utime(path, (later, later))


def test_two_builds_are_equal(make_site: MakeSite) -> None:
    first = copied_root(make_site, "tutorial", "first")
    second = copied_root(make_site, "tutorial", "second")
    first.build()
    second.build()
    assert first.files() == second.files()


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_parallel_build_equals_a_serial_one(make_site: MakeSite, builder: str) -> None:
    serial = make_site(many_pages(), "serial")
    parallel = make_site(many_pages(), "parallel")
    serial.build(builder)
    parallel.build(builder, parallel=4)
    assert pages_of(serial) == pages_of(parallel)
    assert sum(b"<pyrun-cell" in content for content in pages_of(parallel).values()) == MANY


def test_a_parallel_build_reports_the_same_as_a_serial_one(make_site: MakeSite) -> None:
    files = {**many_pages(), "page03.rst": ":pyrun-packages: no/such.whl\n\nT\n=\n\n" + EXAMPLE.format(1)}
    serial = make_site(files, "serial").warnings()
    parallel = make_site(files, "parallel").warnings(parallel=4)
    assert len(serial) == 1
    assert [text.replace("/parallel ", "/serial ") for text in parallel] == serial


def test_after_a_change_of_one_page_the_site_equals_a_full_build(make_site: MakeSite) -> None:
    grown = make_site(many_pages(), "grown")
    grown.build()
    changed: dict[str, str | bytes] = {"page05.rst": "page05\n======\n\n" + EXAMPLE.format("'changed'")}
    grown.write(changed)
    touch(grown, "page05.rst")
    app = grown.build()
    new = make_site({**many_pages(), **changed}, "new")
    new.build()
    assert pages_of(grown) == pages_of(new)
    assert "1 changed" in app.status.getvalue()


def test_a_change_in_an_included_file_reaches_the_page(make_site: MakeSite) -> None:
    files = {"index.rst": f".. include:: part.txt\n\n{EXAMPLE.format(1)}"}
    site = make_site({**files, "part.txt": ".. pyrun-page::\n   :session: one\n"})
    site.build()
    site.write({"part.txt": ".. pyrun-page::\n   :session: two\n"})
    touch(site, "part.txt")
    site.build()
    assert site.cell()["data-session"] == "two"


@pytest.mark.parametrize(
    ("name", "value", "start", "library"),
    [
        ("pyrun_packages", ["numpy"], ["numpy"], "https://cdn.jsdelivr.net/npm/pyodide@"),
        ("pyrun_pyodide", "bundled", [], "pyodide-314.0.7-"),
    ],
)
def test_what_is_settled_for_the_site_changes_without_any_page_being_written_again(
    make_site: MakeSite, name: str, value: object, start: list[str], library: str
) -> None:
    site = make_site({"index.rst": EXAMPLE.format(1), "other.rst": ":orphan:\n\n" + EXAMPLE.format(2)})
    site.build()
    before = {page: (site.outdir / page).stat().st_mtime_ns for page in ("index.html", "other.html")}
    site.conf[name] = value
    app = site.build()
    assert "0 added, 0 changed, 0 removed" in app.status.getvalue()
    assert site.settled.content["start"] == start
    assert site.settled.content["pyodide"]["files"]["python_stdlib.zip"][0].startswith(library)
    assert {page: (site.outdir / page).stat().st_mtime_ns for page in before} == before


def test_a_changed_value_that_elements_carry_updates_every_page_without_reading_it_again(
    make_site: MakeSite,
) -> None:
    site = make_site({"index.rst": EXAMPLE.format(1), "other.rst": ":orphan:\n\n" + EXAMPLE.format(2)})
    site.build()
    site.conf["pyrun_figures"] = "svg"
    app = site.build()
    assert "0 added, 0 changed, 0 removed" in app.status.getvalue()
    assert [site.cell(page)["data-figures"] for page in ("index.html", "other.html")] == ["svg", "svg"]


def test_packages_of_one_page_do_not_touch_another_page(make_site: MakeSite) -> None:
    orphan = ":orphan:\n\n" + EXAMPLE.format(2)
    # Older Sphinx always writes the root page.
    site = make_site({"index.rst": EXAMPLE.format(1), "changed.rst": orphan, "same.rst": orphan})
    site.build()
    before = (site.outdir / "same.html").stat().st_mtime_ns
    site.write({"changed.rst": ":orphan:\n:pyrun-packages: numpy\n\nT\n=\n\n" + EXAMPLE.format(2)})
    touch(site, "changed.rst")
    site.build()
    assert site.start("changed.html") == ["numpy"]
    assert (site.outdir / "same.html").stat().st_mtime_ns == before


def test_nothing_is_written_again_if_nothing_changed(make_site: MakeSite) -> None:
    site = make_site({"index.rst": EXAMPLE.format(1)}, pyrun_pyodide="bundled")
    site.build()
    before = {path: path.stat().st_mtime_ns for path in site.outdir.rglob("*.*") if "pyrun" in path.parts}
    app = site.build()
    after = {path: path.stat().st_mtime_ns for path in site.outdir.rglob("*.*") if "pyrun" in path.parts}
    assert before == after
    assert "no targets are out of date" in app.status.getvalue()
