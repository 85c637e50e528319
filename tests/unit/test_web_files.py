"""Files of the web that examples read, as the build finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pyrun_core.cache import sha256_of
from pyrun_core.examples import web_files
from pyrun_core.examples.files import ExampleFiles, describe_files
from pyrun_core.examples.web_files import WebFiles
from pyrun_core.options.page_files import PageFiles, read_page_files
from pyrun_core.problems import Location, Problem
from tests.browser.server import SiteServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyrun_core.examples.files import ExampleFile

CONF = Location("mkdocs.yml")
HERE = Location("guide.md", 2)
CSV = "name,moons\n"


class Build:
    """Builds of one site, whose pages may read from one server."""

    def __init__(self, folder: Path, *listed: str) -> None:
        self.folder = folder
        self.listed = listed
        self.problems: list[str] = []
        self.said: list[object] = []
        self.checksums: dict[str, str] = {}

    def find(self, *urls: str, pins: dict[str, str] | None = None) -> tuple[ExampleFile, ...]:
        """What one build finds; with ``pins``, there is a lock file."""
        web = WebFiles(self.folder / "cache", PageFiles(self.listed), CONF, self.report, self.said.append)
        web.follow(pins or {}, must_be_pinned=pins is not None)
        found = ExampleFiles(self.folder, self.report, None, web).find(urls, "", HERE)
        self.checksums = web.checksums
        return found

    def report(self, problem: Problem, message: str, location: Location) -> None:
        """Keep a problem."""
        self.problems.append(f"{location}: {message} [{problem.value}]")


@pytest.fixture
def served(tmp_path: Path) -> Path:
    """The folder of the server."""
    folder = tmp_path / "served"
    (folder / "other").mkdir(parents=True)
    (folder / "data.csv").write_text(CSV)
    (folder / "other" / "data.csv").write_text("other")
    (folder / "größe 1.csv").write_text("1")
    return folder


@pytest.fixture
def server(served: Path) -> Iterator[SiteServer]:
    """A server on this machine."""
    with SiteServer(served) as server:
        yield server


@pytest.fixture
def build(tmp_path: Path, server: SiteServer) -> Build:
    """A site that has chosen that server."""
    return Build(tmp_path, server.url)


def test_a_file_has_its_address_its_name_and_its_size(build: Build, server: SiteServer) -> None:
    url = f"{server.url}data.csv"
    (file,) = build.find(url)
    assert (file.path, file.address, file.size_bytes) == ("data.csv", url, len(CSV))
    assert file.source.read_text() == CSV
    assert file.target.startswith("files/")
    assert build.checksums == {url: sha256_of(file.source)}
    assert describe_files([file]) == f"{url} (11 bytes)"
    assert build.problems == []


def test_a_url_can_have_letters_of_all_languages(build: Build, server: SiteServer) -> None:
    url = f"{server.url}größe 1.csv".replace(" ", "%20")
    (file,) = build.find(url)
    assert (file.path, file.address) == ("größe 1.csv", url)


def test_of_two_files_with_one_name_the_first_has_it(build: Build, server: SiteServer) -> None:
    found = build.find(f"{server.url}data.csv", f"{server.url}other/data.csv")
    assert [(file.path, file.source.read_text()) for file in found] == [("data.csv", CSV), ("", "other")]


def test_a_later_build_needs_no_network(build: Build, served: Path) -> None:
    with SiteServer(served) as gone:
        build.listed = (gone.url,)
        (first,) = build.find(f"{gone.url}data.csv")
    assert build.find(f"{gone.url}data.csv") == (first,)
    assert "could not be compared with its copy from an earlier build" in str(build.said)
    build.said.clear()
    assert build.find(f"{gone.url}data.csv", pins=build.checksums) == (first,)
    assert build.said == build.problems == []


def test_a_pinned_file_is_not_downloaded_again(build: Build, server: SiteServer) -> None:
    build.find(f"{server.url}data.csv")
    server.asked_for.clear()
    build.find(f"{server.url}data.csv", pins=build.checksums)
    assert server.asked_for == []


def test_a_file_that_has_changed_is_left_out_with_the_cure(
    build: Build, server: SiteServer, served: Path, tmp_path: Path
) -> None:
    url = f"{server.url}data.csv"
    build.find(url)
    pins = build.checksums
    (served / "data.csv").write_text("changed")
    other = Build(tmp_path / "elsewhere", server.url)
    assert other.find(url, pins=pins) == ()
    (problem,) = other.problems
    assert problem == (
        f"guide.md:2: files: {url} has changed since pyrun-lock.json was written. Run 'pyrun lock --upgrade' "
        "to use what its server sends now, and commit the file [files]"
    )
    assert other.checksums == {}


def test_a_file_that_the_lock_file_lacks_is_used_and_reported(build: Build, server: SiteServer) -> None:
    assert build.find(f"{server.url}data.csv", pins={})
    (problem,) = build.problems
    assert problem == (
        f"guide.md:2: pyrun-lock.json does not pin {server.url}data.csv, so the site has what its server "
        "sends today. Run 'pyrun lock', and commit the file [lock]"
    )


def test_what_cannot_be_downloaded_is_reported_where_it_is_named(
    build: Build, server: SiteServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build.find(f"{server.url}none.csv") == ()
    monkeypatch.setattr(web_files, "_MOST_BYTES", 5)
    assert build.find(f"{server.url}data.csv") == ()
    fix = "Correct the URL, or put the file into the documentation [files]"
    assert [problem.partition(".csv could not be downloaded: ")[2] for problem in build.problems] == [
        f"HTTP Error 404: File not found. {fix}",
        f"it has more than 5 bytes. {fix}",
    ]
    assert build.problems[0].startswith(f"guide.md:2: files: {server.url}none.csv")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://", "is not a URL"),
        ("https://data.example:port/", "is not a URL"),
        ("https://ada:secret@data.example/x.csv", "has a user name or a password"),
        ("https://data.example/a b.csv", "has a space"),
        ("https://data.example/" + "x" * 3000, "has more than 2000 characters"),
    ],
)
def test_what_is_no_url_is_not_requested(build: Build, url: str, reason: str) -> None:
    assert build.find(url) == ()
    assert f"{reason}" in build.problems[0]


def test_the_option_takes_urls_and_the_word_public() -> None:
    assert read_page_files("public https://data.example/") == ("public", "https://data.example/")
    assert read_page_files([]) == ()
    for wrong in ("names", ["ftp://data.example/"], 1):
        with pytest.raises(ValueError, match="URL"):
            read_page_files(wrong)
