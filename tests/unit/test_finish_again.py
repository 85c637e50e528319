"""What `pyrun finish` does with a site that has been finished before, or is changed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pyrun_core.cli import main
from pyrun_core.finish.watcher import Watcher
from tests.unit.test_finish import INSTANT, PAGE, block

if TYPE_CHECKING:
    from tests.unit.test_finish import Project

pytest_plugins = ["tests.unit.test_finish"]


def test_the_loader_of_a_shared_runtime_is_found_and_replaced(
    built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.page("index.html", block("1"))
    for cache, runtime in (("one", "../shared"), ("two", "../shared"), ("three", "../other"), ("four", "")):
        monkeypatch.setenv("PYRUN_CACHE", str(built.folder / cache))
        built.finish(runtime=runtime)
        assert built.html("index.html").count("<script") == 1
        assert built.html("index.html").count("<link") == 1
    assert (built.folder / "shared").is_dir()


def test_a_runtime_inside_of_pyruns_folder_stays(built: Project) -> None:
    built.page("index.html", block("1"))
    built.finish(runtime="assets/pyrun/shared", pyodide="bundled")
    assert list((built.site / "assets/pyrun/shared").glob("pyodide-*/pyodide.mjs"))


def test_a_settlement_that_is_no_text_is_written_again(built: Project) -> None:
    built.page("index.html", block("1"))
    built.finish()
    (built.site / "assets/pyrun/settlement.json").write_bytes(b"\xff\xfe")
    built.finish()
    assert built.settled()["format"] == 3


def test_pages_that_are_switched_off_stay_off(built: Project) -> None:
    built.page("index.html", block("1"))
    built.finish()
    switch = built.write("site/assets/pyrun/off.json", '{"pages": ["*"]}')
    built.page("index.html", "<p>no example for a while</p>")
    built.finish()
    built.page("index.html", block("1"))
    built.finish()
    assert switch.read_text() == '{"pages": ["*"]}'


def test_nothing_is_removed_from_a_folder_without_pages(built: Project) -> None:
    picture = built.write("site/assets/pyrun/mine.png", "a picture")
    assert main(["finish", "site"]) == 2
    assert picture.is_file()


def test_a_site_below_the_site_is_left_alone(built: Project) -> None:
    built.page("index.html", block("1"))
    version = built.page("v1/index.html", block("1"))
    built.write("site/v1/assets/pyrun/settlement.json", "{}")
    before = version.read_text()
    assert built.finish().written == ["index.html"]
    assert version.read_text() == before


def test_pages_of_others_are_left_alone_where_pages_replace_each_other(built: Project) -> None:
    built.page("index.html", INSTANT, block("1"))
    old = built.page("old.html", '<pyrun-cell data-source="1" data-lock="x"></pyrun-cell>')
    sphinx = built.page("sphinx.html", '<script src="_static/pyrun/pyrun-ABC.js"></script>')
    before = old.read_text(), sphinx.read_text()
    for _ in range(2):
        built.reports.clear()
        built.finish()
        assert len(built.reports) == 1
        assert "an older version of pyrun built this page" in built.reports[0]
    assert (old.read_text(), sphinx.read_text()) == before


def test_mistakes_are_reported_each_time(built: Project) -> None:
    built.write("pyrun.toml", 'pyodide = "cdn"\n')
    built.page("index.html", block("#| autorn: 1\nprint(1)"))
    assert [main(["finish", "site", "--strict"]) for _ in range(3)] == [1, 1, 1]


@pytest.mark.parametrize("option", ["--strict", "--runtime=shared"])
def test_watching_goes_with_no_option_for_the_end(
    built: Project, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    built.page("index.html", block("1"))
    assert main(["finish", "site", "--watch", option]) == 2
    assert "--watch never ends" in capsys.readouterr().err


def test_a_page_becomes_live_after_a_failure(built: Project) -> None:
    built.page("index.html", block("#| packages: numpy\n1"))
    lock = built.write("pyrun-lock.json", "no lock file")
    watcher = Watcher(lambda: built.finisher(is_served=True))
    finished, failure = watcher.look()
    assert finished is None
    assert "pyrun-lock.json" in failure
    lock.unlink()
    finished, failure = watcher.look()
    assert failure == ""
    assert finished is not None
    assert finished.written == ["index.html"]


def test_a_file_that_comes_later_is_found(built: Project) -> None:
    built.page("index.html", block("#| files: /a.txt /more/*\n1"))
    watcher = Watcher(lambda: built.finisher(is_served=True))
    watcher.look()
    assert len(built.reports) == 2
    assert built.settled_example() == {}
    built.write("docs/a.txt", "a")
    built.write("docs/more/b.txt", "b")
    watcher.look()
    assert [file[0] for file in built.settled_example()["files"]] == ["/a.txt", "/more/b.txt"]


@pytest.mark.parametrize(
    ("page", "base", "expected"),
    [
        ("a/index.html", "/docs/", "assets/pyrun/"),
        ("a/index.html", "https://example.org/docs/", "assets/pyrun/"),
        ("a/index.html", "../", "assets/pyrun/"),
        ("a/b/index.html", "../", "../assets/pyrun/"),
        ("index.html", "./", "assets/pyrun/"),
    ],
)
def test_the_base_of_a_page_is_heeded(built: Project, page: str, base: str, expected: str) -> None:
    html = PAGE.format(block("1")).replace("<title>", f'<base href="{base}"><title>')
    built.write(f"site/{page}", html)
    built.finish()
    assert f'<script src="{expected}pyrun-' in built.html(page)


def test_the_end_of_the_head_stays_after_a_minified_link(built: Project) -> None:
    built.page("index.html", block("1"))
    built.finish()
    link = built.html("index.html").partition("<link")[2].partition(">")[0]
    minified = built.html("index.html").replace("</head>", f"<link{link}></head>")
    built.write("site/index.html", minified)
    built.finish()
    assert "</head>" in built.html("index.html")


def test_code_that_ends_in_a_backslash_is_code(built: Project) -> None:
    built.page("index.html", block("import a\n\\\n"))
    built.finish()
    assert not [text for text in built.reports if "another version" in text]
