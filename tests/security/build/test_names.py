"""Names from an index, in archives and in pages stay in the folder that they are for."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from pyrun_core.examples.files import ExampleFiles
from pyrun_core.packages.archive import open_archive
from pyrun_core.packages.repack.repacked_wheel import read_wheel
from pyrun_core.packages.wheel import Wheel
from pyrun_core.problems import Location, PyrunError
from pyrun_core.programs import find_program
from tests.packages.wheels import make_wheel
from tests.unit.test_finish import PAGE, block
from tests.unit.test_finish import Project as BuiltProject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.mkdocs.conftest import Log
    from tests.mkdocs.conftest import Site as MkDocsSite
    from tests.packages.conftest import Project


class HostileIndex(SimpleHTTPRequestHandler):
    """Serves a wheel at any path that ends with its name, and a page that links to it with another path."""

    def __init__(self, *arguments: object, wheel: Path, link: str) -> None:
        self.wheel, self.link = wheel, link
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        is_wheel = unquote(self.path).endswith(self.wheel.name)
        content = (
            self.wheel.read_bytes() if is_wheel else f"<!doctype html><a href='{self.link}'>x</a>".encode()
        )
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream" if is_wheel else "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(params=["..%2F..%2F..%2Foutside%2F", "%2Ftmp%2F", "..%5C..%5C", "C%3A%5C"])
def hostile_index(
    request: pytest.FixtureRequest, project: Project, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """An index with a wheel whose name leads out of the folder."""
    wheel = make_wheel(project.folder / "served", "stranger")
    handler = partial(HostileIndex, wheel=wheel, link=f"/files/{request.param}{wheel.name}")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("PIP_FIND_LINKS", f"http://127.0.0.1:{server.server_port}/")
        yield
        server.shutdown()


@pytest.mark.usefixtures("hostile_index")
def test_a_wheel_of_an_index_stays_in_the_cache(project: Project) -> None:
    before = files_outside(project)
    resolved = project.resolve("stranger", "numlike")
    assert files_outside(project) == before
    assert "stranger" not in resolved.packages
    assert len(project.problems) == 1
    assert all(".." not in file.target and "\\" not in file.target for file in resolved.files)


def files_outside(project: Project) -> set[Path]:
    """The files of the project that are not in the cache."""
    return {path for path in project.folder.rglob("*") if not path.is_relative_to(project.request.cache)}


ARCHIVES = {
    "a path upwards": ("../outside.py", 0),
    "a path upwards inside": ("stranger/../../outside.py", 0),
    "an absolute path": ("/outside.py", 0),
    "a drive": ("C:/outside.py", 0),
    "a backslash": ("..\\outside.py", 0),
    "a NUL": ("stranger.py\0.txt", 0),
    "a link": ("link", 0o120777 << 16),
}


@pytest.mark.parametrize("attack", ARCHIVES)
def test_a_hostile_archive_is_not_a_wheel(project: Project, attack: str) -> None:
    name, mode = ARCHIVES[attack]
    wheel = make_wheel(project.index, "stranger")
    with zipfile.ZipFile(wheel, "a") as archive:
        entry = zipfile.ZipInfo()
        entry.filename, entry.external_attr = name, mode
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(PyrunError, match="is not a wheel: it"):
        Wheel.open(wheel)
    with pytest.raises(zipfile.BadZipFile):
        read_wheel(wheel)
    assert "stranger" not in project.resolve("stranger", "numlike").packages
    assert "is not a wheel: it" in project.problems[0]


def test_an_archive_that_would_fill_the_memory_is_not_read(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = make_wheel(project.index, "stranger")
    with zipfile.ZipFile(wheel, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(1 << 20))
    monkeypatch.setattr("pyrun_core.packages.archive._MOST_BYTES", 1 << 19)
    with pytest.raises(zipfile.BadZipFile, match="bytes, and 524288 at most"):
        open_archive(wheel)
    with pytest.raises(PyrunError, match="is not a wheel"):
        Wheel.open(wheel)


def test_a_page_publishes_no_file_from_elsewhere(mkdocs_site: MkDocsSite, log: Log) -> None:
    mkdocs_site.write("secret.txt", "secret")
    mkdocs_site.write("secrets/secret.txt", "secret")
    mkdocs_site.write("docs/.git/config", "secret")
    mkdocs_site.write("docs/guide/here.txt", "here")
    docs = mkdocs_site.folder / "docs"
    (docs / "link.txt").symlink_to("../secret.txt")
    (docs / "folder").symlink_to("../secrets")
    (docs / "git.txt").symlink_to(".git/config")
    (docs / "git").symlink_to(".git")
    patterns = [
        *("/../secret.txt", "../../secret.txt", "*/../../../secret.txt", "../**/../../secret.txt"),
        *("/link.txt", "/folder/secret.txt", "/folder/*.txt", "/.git/config", "../.git/*", r"\x1b[2Jx"),
        *("/git.txt", "/git/*", r"\\\\evil\\share\\x", "//evil/share/x", r"/\\evil\\x", r"C:\\x"),
    ]
    for number, pattern in enumerate(patterns):
        mkdocs_site.page(
            f'---\npyrun: {{files: ["{pattern}"]}}\n---\n\n```pyrun\n1\n```\n', f"guide/{number}.md"
        )
    mkdocs_site.configure(plugins=[{"pyrun": {"pyodide": "cdn"}}])
    mkdocs_site.build()
    published = mkdocs_site.folder / "site" / "assets" / "pyrun" / "files"
    assert not published.exists()
    messages = log.take()
    assert len(messages) == len(patterns)
    reasons = ("is outside of", "is hidden", "hidden file", "\\x1b", "matches no", "another machine or drive")
    for message in messages:
        assert re.match(r"pyrun: guide/\d+\.md:\d: ", message)
        assert any(reason in message for reason in reasons), message


def test_a_pattern_is_not_looked_for_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problems: list[str] = []
    files = ExampleFiles(tmp_path / "docs", lambda _, message, __: problems.append(message))
    monkeypatch.setattr("glob.glob", lambda *_, **__: pytest.fail("it has looked for files"))
    for pattern in ("../**", "/../../../../**", "a/../../**", "**/../../x", "..\\..\\**", ".ssh/*"):
        assert files.find([pattern], ".", Location("a.md", 1)) == ()
    assert files.matches() == []
    assert len(problems) == 6


def test_a_link_in_the_built_site_does_not_lead_pyrun_out_of_it(tmp_path: Path) -> None:
    built = BuiltProject(tmp_path, [])
    kept = built.write("elsewhere/kept.txt", "kept")
    page = built.write("elsewhere/page.html", PAGE.format(block("1")))
    before = page.read_text()
    built.page("index.html", block("1"))
    (built.site / "page.html").symlink_to("../elsewhere/page.html")
    assert built.finish().written == ["index.html"]
    assert page.read_text() == before
    shutil.rmtree(built.site / "assets" / "pyrun")
    (built.site / "assets" / "pyrun").symlink_to("../../elsewhere")
    with pytest.raises(PyrunError, match="leads out of its place"):
        built.finish()
    (built.site / "assets" / "pyrun").unlink()
    (built.site / "assets" / "pyrun").symlink_to("..")  # in the site, of which it would remove all
    built.page("index.html", "no example")
    with pytest.raises(PyrunError, match="leads out of its place"):
        built.finish()
    assert (built.site / "index.html").is_file()
    assert kept.is_file()


def test_a_link_in_the_folder_of_pyrun_is_replaced_and_not_followed(tmp_path: Path) -> None:
    built = BuiltProject(tmp_path, [])
    kept = built.write("elsewhere/kept.txt", "kept")
    built.page("index.html", block("1"))
    built.finish()
    pyrun = built.site / "assets" / "pyrun"
    copied = [path for path in pyrun.rglob("*") if path.is_file()]
    for path in copied:
        path.unlink()
        path.symlink_to(kept)
    (pyrun / "old").symlink_to(kept.parent)
    built.finish()
    assert kept.read_text() == "kept"
    assert not (pyrun / "old").is_symlink()
    assert [path.name for path in copied if path.is_symlink()] == ["off.json"]
    core = next(pyrun.glob("pyodide-*"))
    shutil.rmtree(core)
    core.symlink_to(kept.parent)
    with pytest.raises(PyrunError, match="leads out of"):
        built.finish()
    assert list(kept.parent.iterdir()) == [kept]


def test_programs_of_the_current_folder_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("here", "programs"):
        (tmp_path / folder).mkdir()
        for name in ("node", "git"):
            program = tmp_path / folder / name
            program.write_text("#!/bin/sh\n")
            program.chmod(0o755)
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", "../here", str(tmp_path / "programs")]))
    for name in ("node", "git"):
        assert find_program(name) == str(tmp_path / "programs" / name)
    monkeypatch.setenv("PATH", os.pathsep.join(["", "."]))
    assert find_program("git") is None
