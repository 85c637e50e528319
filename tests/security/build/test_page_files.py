"""A page cannot have the build read from networks that its author cannot reach."""

from __future__ import annotations

import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from pyrun_core import public_downloads
from tests.unit.test_web_files import Build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PRIVATE = [
    "127.0.0.1",
    "10.0.0.1",
    "169.254.169.254",
    "192.168.1.1",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - it is refused
    "224.0.0.1",
    "[::1]",
    "[fe80::1]",
    "[fd00::1]",
    "[::ffff:127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "2130706433",
    "localhost",
    "%6cocalhost",
    "%31%32%37.0.0.1",
]


class Secrets:
    """A server in a private network, which counts its visitors. ``/leave/URL`` redirects to that URL."""

    def __init__(self) -> None:
        self.visits: list[str] = []
        visits = self.visits

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                visits.append(self.path)
                if self.path.startswith("/leave/"):
                    self.send_response(302)
                    self.send_header("Location", self.path.removeprefix("/leave/"))
                else:
                    self.send_response(200)
                self.send_header("Content-Length", "6")
                self.end_headers()
                self.wfile.write(b"secret")

            def log_message(self, *_: object) -> None:
                """Log nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}/"


@pytest.fixture
def secrets() -> Iterator[Secrets]:
    """That server."""
    made = Secrets()
    Thread(target=made.server.serve_forever, daemon=True).start()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.mark.parametrize("place", PRIVATE)
def test_a_page_names_no_private_address(tmp_path: Path, secrets: Secrets, place: str) -> None:
    build = Build(tmp_path, "public")
    url = f"http://{place}:{secrets.port}/x"
    assert build.find(url) == ()
    assert secrets.visits == []
    (problem,) = build.problems
    assert f"files: {url} is not public: " in problem
    assert problem.endswith(
        "To allow it on all pages, write this line into the options of pyrun in mkdocs.yml: "
        f'page-files: ["public", "{url}"] [files]'
    )


def test_a_name_counts_as_the_address_it_has_at_that_moment(
    tmp_path: Path, secrets: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    lookups: list[str] = []
    original = socket.getaddrinfo

    def resolve(host: str, port: int, *given: object, **named: object) -> object:
        lookups.append(host)
        public = (
            "93.184.215.14" if len(lookups) == 1 else "127.0.0.1"
        )  # a server of names that changes its mind
        return original(public if host == "rebinding.example" else host, port, *given, **named)  # type: ignore[arg-type]

    connected: list[object] = []

    def connect(address: tuple[str, int], _timeout: float) -> object:
        connected.append(address[0])
        raise OSError("no network here")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(public_downloads.socket, "create_connection", connect)
    build = Build(tmp_path, "public")
    assert build.find(f"http://rebinding.example:{secrets.port}/x") == ()
    assert connected == ["93.184.215.14"]
    assert secrets.visits == []


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/x",
        "http://localhost:{port}/x",
        "http://%6cocalhost:{port}/x",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_leads_to_no_private_address(tmp_path: Path, secrets: Secrets, target: str) -> None:
    chosen = f"{secrets.url}leave/"
    build = Build(tmp_path, "public", chosen)
    assert build.find(chosen + target.format(port=secrets.port)) == ()
    assert [visit for visit in secrets.visits if not visit.startswith("/leave/")] == []
    assert len(build.problems) == 1


def test_a_refused_url_says_nothing_about_its_server(tmp_path: Path, secrets: Secrets) -> None:
    build = Build(tmp_path, "public", secrets.url)
    assert len(build.find(f"{secrets.url}leave/ftp://data.example/x", f"{secrets.url}x")) == 1


@pytest.mark.parametrize("up", ["..", "%2e%2e", ".%2E", "%2e%2e%2fopen%2f.."])
def test_a_listed_folder_is_not_left_upwards(tmp_path: Path, secrets: Secrets, up: str) -> None:
    build = Build(tmp_path, "public", f"{secrets.url}open/")
    assert len(build.find(f"{secrets.url}open/x")) == 1
    assert build.find(f"{secrets.url}open/{up}/secret") == ()
    assert secrets.visits == ["/open/x"]


def test_what_one_site_may_read_another_site_does_not_get_from_the_cache(
    tmp_path: Path, secrets: Secrets
) -> None:
    url = f"{secrets.url}x"
    assert Build(tmp_path, secrets.url).find(url)
    assert Build(tmp_path, "public").find(url) == ()


def test_a_site_can_let_its_pages_name_no_urls(tmp_path: Path, secrets: Secrets) -> None:
    build = Build(tmp_path)
    assert build.find(f"{secrets.url}x") == ()
    assert "is not among the URLs that pages of this site may name" in build.problems[0]
    assert secrets.visits == []
