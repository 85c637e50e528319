"""A server of data, on an origin other than that of the site."""

from __future__ import annotations

import gzip
import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CSV", "DataServer"]

CSV = "name,moons\nEarth,1\nMars,2\n"
BIG_BYTES = 3_000_000


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        """Answer by the first folder of the path, which may begin with ``closed/``."""
        self.server.seen.append(f"{self.command} {self.path}")
        path = urlsplit(self.path).path.removeprefix("/closed")
        match path.split("/")[1]:
            case "csv":
                self._answer(CSV.encode(), {"Content-Type": "text/csv"})
            case "gzip":
                body = gzip.compress(CSV.encode() * 100)
                self._answer(body, {"Content-Type": "text/csv", "Content-Encoding": "gzip"})
            case "redirect":
                self._answer(b"moved", {"Location": "/csv/moved.csv"}, HTTPStatus.FOUND)
            case "missing":
                self._answer(b'{"error": "no such planet"}', {}, HTTPStatus.NOT_FOUND)
            case "echo":
                length = int(self.headers.get("Content-Length", 0))
                sent = self.rfile.read(length).decode()
                echo = {"method": self.command, "body": sent, "headers": dict(self.headers)}
                self._answer(
                    json.dumps(echo).encode(), {"Content-Type": "application/json", "X-Shown": "yes"}
                )
            case "big":
                self._answer(bytes(BIG_BYTES), {})
            case "never":
                self.server.asked.set()
                self.server.closing.wait()
            case "endless":
                self._begin({"Transfer-Encoding": "chunked"}, HTTPStatus.OK)
                self.wfile.write(b"5\r\nfirst\r\n")
                self.server.asked.set()
                self.server.closing.wait()
            case _:
                self._answer(b"", {}, HTTPStatus.NOT_FOUND)

    do_POST = do_PUT = do_HEAD = do_GET  # noqa: N815 - so named in the base class

    def do_OPTIONS(self) -> None:
        """Let browsers send what they ask for."""
        self.server.seen.append(f"OPTIONS {self.path}")
        self._answer(
            b"",
            {"Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "content-type, x-own"},
        )

    def _answer(self, body: bytes, headers: Mapping[str, str], status: HTTPStatus = HTTPStatus.OK) -> None:
        self._begin({**headers, "Content-Length": str(len(body))}, status)
        if self.command != "HEAD":
            self.wfile.write(body)

    def _begin(self, headers: Mapping[str, str], status: HTTPStatus) -> None:
        self.send_response(status)
        if not self.path.startswith("/closed"):
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Expose-Headers", "X-Shown")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Log nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen: list[str] = []
        self.asked = Event()
        self.closing = Event()

    def handle_error(self, *_: object) -> None:
        """Ignore connections that a browser has closed."""


class DataServer:
    """Serves data while the context is open. What is below ``closed/`` no page of another origin may read."""

    def __enter__(self) -> Self:
        self._server = _Server()
        Thread(target=self._server.serve_forever, daemon=True).start()
        self.seen = self._server.seen
        """Method and path of each request."""
        self.asked = self._server.asked
        """Set when something without an end was requested."""
        return self

    def __exit__(self, *_: object) -> None:
        self._server.closing.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Its URL, with a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}/"
