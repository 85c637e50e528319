"""`pyrun finish`: a built site becomes live, whatever has built it."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from pyrun_core.browser_files import bundled_files
from pyrun_core.cache import cache_folder
from pyrun_core.cli import main
from pyrun_core.finish.finisher import Finisher
from pyrun_core.finish.watcher import Watcher
from pyrun_core.problems import Location
from pyrun_core.site import prepare_site

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pyrun_core.finish.finisher import Finished
    from pyrun_core.problems import Problem

PAGE = "<!doctype html><html><head><title>x</title></head><body>{}</body></html>\n"
PLAIN = PAGE.format("<p>text</p>")
INSTANT = '<script id="__config">{"base":"/x/","features":["navigation.instant"]}</script>'


def block(code: str) -> str:
    return f'<pre><code class="language-pyrun">{code}</code></pre>'


@dataclass
class Project:
    """A built site in the folder ``site`` of a project."""

    folder: Path
    reports: list[str]

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def page(self, name: str, *blocks: str) -> Path:
        return self.write(f"site/{name}", PAGE.format("".join(blocks)))

    def html(self, name: str) -> str:
        return (self.site / name).read_text(encoding="utf-8")

    def settled(self) -> dict[str, Any]:
        text = (self.site / "assets/pyrun/settlement.json").read_text(encoding="utf-8")
        settled: dict[str, Any] = json.loads(text)
        return settled

    def finisher(self, *, is_served: bool = False, **values: object) -> Finisher:
        site = prepare_site(
            {"pyodide": "cdn", **values},
            base=self.folder,
            documents=self.folder / "docs",
            location=Location("pyrun.toml", 1),
            report=self.report,
            log=lambda _: None,
        )
        return Finisher(self.site, site, has_plain_blocks=True, is_served=is_served)

    def finish(self, **values: object) -> Finished:
        return self.finisher(**values).finish()

    def report(self, problem: Problem, message: str, location: Location) -> None:
        self.reports.append(f"{location}: {message} [{problem.value}]")

    def settled_example(self, number: int = 0) -> Mapping[str, Any]:
        example: Mapping[str, Any] = list(self.settled()["examples"].values())[number]
        return example


@pytest.fixture
def project_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offline: None) -> Path:  # noqa: ARG001
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def built(project_folder: Path) -> Project:
    return Project(project_folder, [])


def test_pages_with_examples_load_the_files_and_others_stay(built: Project) -> None:
    built.page("guide/index.html", block("print(1)"))
    built.write("site/index.html", PLAIN)
    finished = built.finish()
    assert finished.written == ["guide/index.html"]
    assert built.html("index.html") == PLAIN
    files = bundled_files()
    for name in (files.loader, files.style):
        assert f'"../assets/pyrun/{name}"' in built.html("guide/index.html")
        assert (built.site / "assets/pyrun" / name).is_file()
    assert built.settled()["root"] == "../../"
    assert built.reports == []


def test_finishing_again_changes_nothing(built: Project) -> None:
    built.page("index.html", block("#| packages: numpy\nimport numpy"))
    built.finish()
    before = {
        path: (path.stat().st_mtime_ns, path.read_bytes()) for path in built.site.rglob("*") if path.is_file()
    }
    assert built.finish().written == []
    assert before == {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in before}


def test_a_site_without_examples_gets_no_files(built: Project) -> None:
    page = built.write("site/index.html", PLAIN)
    assert built.finish().written == []
    assert list(built.site.iterdir()) == [page]


def test_a_site_that_has_no_examples_any_more_loses_the_files(built: Project) -> None:
    page = built.page("index.html", block("1"))
    built.finish()
    tags = built.html("index.html").split("</title>")[1].split("</head>")[0]
    built.write("site/index.html", PLAIN.replace("</head>", f"{tags}</head>"))
    assert built.finish().written == ["index.html"]
    assert built.html("index.html") == PLAIN
    assert [path for path in built.site.rglob("*") if path.is_file()] == [page]


def test_packages_are_settled_for_each_example(built: Project) -> None:
    built.page("index.html", block("#| packages: numpy\nimport numpy"), block("print(1)"))
    settled = built.finish(packages=("six",)).settlement.requirements
    assert [page.name for page in settled.pages] == ["index.html"]
    assert built.settled()["start"] == ["six"]
    assert built.settled_example() == {"start": ["six"], "run": ["numpy"]}


def test_files_are_those_of_the_documentation(built: Project) -> None:
    built.write("docs/guide/data.csv", "a,b")
    built.page("guide/index.html", block("#| files: data.csv /guide/d*.csv\n1"), block("#| files: no.csv\n1"))
    built.finish()
    (first, second) = sorted(built.settled()["examples"].values(), key=len, reverse=True)
    assert [(path, size) for path, _, size, _ in first["files"]] == [("data.csv", 3), ("/guide/data.csv", 3)]
    assert second == {}
    (report,) = built.reports
    assert report.startswith("guide/index.html:2: files: 'no.csv' matches no file in ")


def test_the_location_of_page_entries_is_in_the_front_matter(built: Project) -> None:
    cell = (
        '<pyrun-cell data-source="1" data-page="a.md" data-line="9" data-requirements="{}" '
        "data-page-packages='[\"./nowhere.whl\"]'></pyrun-cell>"
    )
    built.write("docs/a.md", "---\ntitle: A\npyrun: {packages: [./nowhere.whl]}\n---\n")
    built.page("a/index.html", cell.format("0" * 12))
    built.finish()
    (report,) = built.reports
    assert report.startswith("a/index.html: another version of pyrun wrote the examples of this page.")


def test_an_old_page_is_reported_and_keeps_its_code(built: Project) -> None:
    old = PAGE.format("<pyrun-cell data-pyodide=x data-source=1><pre>1</pre></pyrun-cell>")
    built.write("site/old.html", old)
    built.page("new.html", block("1"))
    assert built.finish().written == ["new.html"]
    assert built.html("old.html") == old
    (report,) = built.reports
    assert report == (
        "old.html: an older version of pyrun built this page, so its examples don't run. "
        "Empty the folder of the site, and build it again [page]"
    )


def test_pages_that_sphinx_has_built_are_left_alone(built: Project) -> None:
    page = PAGE.format(
        '<script src="_static/pyrun/pyrun-A.js"></script><pyrun-cell data-source=1></pyrun-cell>'
    )
    built.write("site/api/index.html", page)
    assert built.finish().settlement.requirements.pages == ()
    assert built.html("api/index.html") == page


def test_every_page_loads_the_files_where_pages_replace_each_other(built: Project) -> None:
    built.page("guide/index.html", block("1"), INSTANT)
    for name in ("index.html", "404.html"):
        built.page(name, INSTANT)
    assert sorted(built.finish().written) == ["404.html", "guide/index.html", "index.html"]
    loader = bundled_files().loader
    assert f'"assets/pyrun/{loader}"' in built.html("index.html")
    assert f'"/x/assets/pyrun/{loader}"' in built.html("404.html")


def test_text_that_is_not_utf_8_and_line_ends_stay(built: Project) -> None:
    path = built.page("index.html", block("1"))
    path.write_bytes(path.read_bytes().replace(b"</body>", b"\r\n\xe4\r\n</body>"))
    built.finish()
    assert b"\r\n\xe4\r\n</body>" in path.read_bytes()
    assert path.read_bytes().count(b"<pyrun-cell") == 1


def test_what_does_not_exist_is_an_error_with_a_cure(
    built: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["finish", "site"]) == 2
    assert (
        capsys.readouterr().err == "pyrun: site is not a folder. Build the site first, and name its folder\n"
    )
    built.site.mkdir()
    assert main(["finish", "site"]) == 2
    assert "site has no HTML file. Name the folder into which the site is built" in capsys.readouterr().err
    assert main(["finish", "site", "--config", "no.toml"]) == 2
    assert "no.toml does not exist" in capsys.readouterr().err


def test_the_command_reads_the_configuration_and_counts_warnings(
    built: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    built.write("pyrun.toml", 'pyodide = "cdn"\nlive = ["python"]\n')
    built.page("index.html", '<pre><code class="language-python">#| autorn: 1\nprint(1)</code></pre>')
    assert main(["finish", "site"]) == 0
    output = capsys.readouterr()
    assert "pyrun: pages with examples: 1, HTML files written: 1" in output.out
    assert output.err.startswith("WARNING: index.html:1: there is no option 'autorn' here: did you mean")
    built.page("index.html", '<pre><code class="language-python">#| autorn: 1\nprint(1)</code></pre>')
    assert main(["finish", "site", "--strict"]) == 1
    assert main(["finish", "site", "--strict"]) == 1
    wasm = built.settled()["pyodide"]["files"]["pyodide.asm.wasm"]
    assert wasm[0].startswith("https://cdn.jsdelivr.net/")
    built.write("other.toml", 'pyodide = "bundled"\n')
    assert main(["finish", "site", "--config", "other.toml"]) == 0
    url = built.settled()["pyodide"]["url"]
    assert built.settled()["pyodide"]["files"]["pyodide.asm.wasm"] == [f"{url}pyodide.asm.wasm", wasm[1]]


def test_the_command_writes_the_lock_file(built: Project) -> None:
    built.write("pyrun.toml", 'pyodide = "cdn"\npackages = ["six"]\n')
    built.page("index.html", block("1"))
    assert main(["finish", "site"]) == 0
    assert not (built.folder / "pyrun-lock.json").exists()
    assert main(["finish", "site", "--lock", "write"]) == 0
    assert "six" in json.loads((built.folder / "pyrun-lock.json").read_text())["packages"]


def test_a_page_is_finished_again_when_it_has_changed(built: Project) -> None:
    built.page("a.html", block("1"))
    built.page("b.html", block("2"))
    finisher = built.finisher(is_served=True)
    assert finisher.finish().written == ["a.html", "b.html"]
    assert finisher.finish().written == []
    built.page("b.html", block("3"))
    assert finisher.finish().written == ["b.html"]
    (built.site / "a.html").unlink()
    assert [page.name for page in finisher.finish().settlement.requirements.pages] == ["b.html"]


def test_a_finished_page_is_newer_than_the_second_of_the_unfinished_one(built: Project) -> None:
    path = built.page("a.html", block("1"))
    before = int(path.stat().st_mtime)
    built.finisher(is_served=True).finish()
    assert int(path.stat().st_mtime) == before + 1


def test_a_page_that_is_being_written_waits(built: Project) -> None:
    path = built.page("a.html", block("1"))
    whole = path.read_text()
    path.write_text(whole[:-20])
    finisher = built.finisher(is_served=True)
    assert finisher.finish().written == []
    path.write_text(whole)
    assert finisher.finish().written == ["a.html"]
    path.write_text(whole.replace("</body></html>", ""))
    long_ago = time.time() - 10
    os.utime(path, (long_ago, long_ago))
    assert finisher.finish().written == ["a.html"]


def test_a_changed_data_file_is_published(built: Project) -> None:
    built.write("docs/a.csv", "1")
    built.page("a.html", block("#| files: a.csv\n1"))
    finisher = built.finisher(is_served=True)
    finisher.finish()
    path = built.write("docs/a.csv", "22")
    os.utime(path, ns=(1, 1))
    finisher.finish()
    ((_, _, size, _),) = built.settled_example()["files"]
    assert size == 2


def test_watching_outlasts_what_a_generator_does_to_the_folder(built: Project) -> None:
    config = built.write("pyrun.toml", "")
    watcher = Watcher(lambda: built.finisher(is_served=True), config)
    assert watcher.look() == (
        None,
        f"{built.site} is not a folder. Build the site first, and name its folder",
    )
    assert watcher.look() == (None, "")
    built.page("a.html", block("1"))
    finished, failure = watcher.look()
    assert failure == ""
    assert finished is not None
    assert finished.written == ["a.html"]
    os.utime(config, ns=(1, 1))
    finished, _ = watcher.look()
    assert finished is not None
    assert finished.written == []


def test_a_hidden_folder_is_part_of_the_site(built: Project) -> None:
    built.page(".hidden/a.html", block("1"))
    assert built.finish().written == [".hidden/a.html"]


def test_an_unchanged_page_is_not_read_again_in_another_process(
    built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.page("a.html", block("#| packages: numpy\nimport numpy"))
    settled = built.finish().settlement.requirements
    monkeypatch.setattr("pyrun_core.finish.built_site.read_page", lambda *_: pytest.fail("it was read"))
    assert built.finish().settlement.requirements == settled


def test_what_is_known_is_forgotten_when_it_cannot_be_read(
    built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYRUN_CACHE", str(built.folder / "cache"))
    built.page("a.html", block("import numpy"))
    settled = built.finish().settlement.requirements
    (known,) = (cache_folder() / "pages").iterdir()
    known.write_bytes(b"not what it was")
    assert built.finish().settlement.requirements == settled
