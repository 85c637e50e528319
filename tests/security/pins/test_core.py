"""The core of a Pyodide on another server is what the build has seen, or there is no build."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from pyrun_core.browser_files import bundled_files
from pyrun_core.kept_download import KeptDownloads
from pyrun_core.options.choices import Vendor
from pyrun_core.problems import PyrunError
from pyrun_core.pyodide.core_files import copy_core
from pyrun_core.pyodide.distribution import Distribution, choose_distribution, with_pins
from pyrun_core.pyodide.stdlib_bytecode import with_compiled_library
from tests.folder_server import FolderServer, serving
from tests.packages.wheels import INFO, make_distribution

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.packages.conftest import Project

WASM = "pyodide.asm.wasm"


class Builds:
    """Builds with the Pyodide of one server, which may change between them."""

    def __init__(self, folder: Path) -> None:
        self.served = make_distribution(folder / "served")
        self.cache = folder / "cache"
        self.said: list[object] = []

    def build(self, server: FolderServer, open_url: Callable[..., object] = urlopen) -> Distribution:
        """What one build pins."""
        downloads = KeptDownloads(self.cache, self.said.append, open_url=open_url)
        return with_pins(choose_distribution(server.url, Path(), bundled_files(), downloads))


@pytest.fixture
def builds(tmp_path: Path) -> Builds:
    return Builds(tmp_path)


def test_a_server_that_changes_a_file_gets_another_pin_and_another_folder(builds: Builds) -> None:
    with serving(builds.served) as server:
        one, same = builds.build(server), builds.build(server)
        server.change(WASM, b"other machine code")
        other = builds.build(server)
    assert same == one
    assert other.files[WASM].sha256 == hashlib.sha256(b"other machine code").hexdigest()
    assert other.files[WASM] != one.files[WASM]
    assert other.url != one.url  # browsers never mix the files of both
    assert builds.said == []


def test_an_unchanged_server_sends_nothing_again(builds: Builds) -> None:
    with serving(builds.served) as server:
        builds.build(server)
        server.answers.clear()
        builds.build(server)
    assert len(server.answers) == 5
    assert {status for status, _ in server.answers} == {304}


def test_without_the_server_the_pins_of_an_earlier_build_hold(builds: Builds) -> None:
    with serving(builds.served) as server:
        before = builds.build(server)
    assert builds.build(server) == before
    assert all("its copy from an earlier build, which is used" in str(message) for message in builds.said)
    assert builds.said


def test_without_the_server_nothing_is_pinned_for_the_first_time(builds: Builds) -> None:
    with serving(builds.served) as server:
        pass
    with pytest.raises(PyrunError, match=r"pyodide\.mjs could not be downloaded") as caught:
        builds.build(server)
    assert "download that Pyodide and set 'pyodide' to its folder" in str(caught.value)


def test_a_kept_copy_that_was_changed_is_not_pinned(builds: Builds) -> None:
    with serving(builds.served) as server:
        before = builds.build(server)
        for copy in builds.cache.rglob(WASM):
            copy.write_bytes(b"malware")
        assert builds.build(server).files == before.files
        for copy in builds.cache.rglob(WASM):
            assert copy.read_bytes() != b"malware"
            copy.write_bytes(b"malware")
    with pytest.raises(PyrunError, match=f"{WASM} could not be downloaded"):
        builds.build(server)


def test_a_server_that_has_lost_a_file_ends_the_build(builds: Builds) -> None:
    with serving(builds.served) as server:
        builds.build(server)
        (builds.served / WASM).unlink()
        with pytest.raises(PyrunError, match=f"{WASM} could not be downloaded: HTTP Error 404"):
            builds.build(server)


def test_the_scripts_of_a_server_never_run_in_the_build(project: Project, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    served = project.folder / "pyodide"
    script = 'const v="314.0.7";import fs from "node:fs";fs.writeFileSync({},"a script has run");'
    (served / "pyodide.mjs").write_text(script.format(json.dumps(str(marker))))
    with serving(served) as server:
        downloads = KeptDownloads(project.request.cache, project.said.append)
        chosen = choose_distribution(server.url, project.folder, bundled_files(), downloads)
        chosen = with_pins(with_compiled_library(chosen, project.said.append, project.request.cache))
        resolved = project.resolve("numlike", distribution=chosen, vendor=Vendor.ALWAYS, repack=True)
    assert resolved.packages["numlike"].file
    assert not marker.exists()
    assert project.problems == project.said == []


@pytest.mark.parametrize(
    "file_name",
    ["{secret}", "https://example.org/small-1.0-py3-none-any.whl", "a/small-1.0-py3-none-any.whl"],
)
def test_the_lock_file_of_a_server_names_only_files_of_that_server(builds: Builds, file_name: str) -> None:
    secret = builds.cache.parent / "id_rsa"
    secret.write_text("secret")
    entry = {"name": "small", "version": "1.0", "file_name": file_name.format(secret=secret.as_uri())}
    lock = {"info": INFO, "packages": {"small": entry}}
    (builds.served / "pyodide-lock.json").write_text(json.dumps(lock))
    with serving(builds.served) as server, pytest.raises(PyrunError, match="is not below that URL"):
        builds.build(server)
    # In a folder, only packages whose files are there can be loaded.
    assert choose_distribution(str(builds.served), Path(), bundled_files()).lock.packages == {}


class _Endless(BaseHTTPRequestHandler):
    """Sends one byte after the other, without an end, or less than it has promised."""

    def do_GET(self) -> None:
        self.send_response(200)
        if "short" in self.path:
            self.send_header("Content-Length", "99")
        self.end_headers()
        with suppress(OSError):
            while self.wfile.write(b"x") and "short" not in self.path:
                pass

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize(
    ("limit", "path", "reason"),
    [
        ("bytes", "/", "more than 0 bytes"),
        ("seconds", "/", "more than 0 seconds"),
        ("", "/short/", "Incomplete"),
    ],
)
def test_an_answer_without_an_end_ends_the_build(
    builds: Builds, monkeypatch: pytest.MonkeyPatch, limit: str, path: str, reason: str
) -> None:
    if limit == "seconds":
        monkeypatch.setattr("pyrun_core.kept_download._MOST_SECONDS", 0)
    most_bytes = 0 if limit == "bytes" else 1 << 40
    with ThreadingHTTPServer(("127.0.0.1", 0), _Endless) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}{path}"
        with pytest.raises(PyrunError, match=f"could not be downloaded: .*{reason}"):
            copy_core(url, KeptDownloads(builds.cache, builds.said.append, most_bytes=most_bytes))
        server.shutdown()


def test_a_server_without_an_answer_is_asked_once(builds: Builds) -> None:
    with serving(builds.served) as server:
        builds.build(server)
    asked: list[object] = []

    def open_url(request: object, timeout: float) -> None:
        asked.append((request, timeout))
        raise TimeoutError("timed out")

    builds.build(server, open_url)
    assert len(asked) == 1
    assert len(builds.said) == 5


def test_a_cache_that_cannot_be_written_is_named(builds: Builds) -> None:
    (builds.cache).write_text("a file")
    with (
        serving(builds.served) as server,
        pytest.raises(PyrunError, match=r"cannot write its cache .*PYRUN_CACHE"),
    ):
        builds.build(server)
