"""A web server like that of a published site: compression, caching and, on request, a slow connection."""

from __future__ import annotations

import gzip
import time
from functools import cache, partial
from hashlib import sha256
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Self

__all__ = ["Host", "Line"]

MAX_AGE_SECONDS = 600
"""The value that GitHub Pages sends."""

COMPRESSED = {".html", ".js", ".mjs", ".css", ".json", ".wasm", ".svg", ".txt", ".map"}
"""The types that GitHub Pages compresses. Archives are already compressed."""

PIECE_BYTES = 16_384


class Line:
    """An internet connection that all requests share. Zero means no limit and no latency."""

    def __init__(self, bits_per_second: float = 0, latency_ms: float = 0) -> None:
        self._bytes_per_second = bits_per_second / 8
        self._latency_ms = latency_ms
        self._lock = Lock()
        self._free_at = 0.0

    def answer_late(self) -> None:
        """Wait for one round trip."""
        if self._latency_ms:
            time.sleep(self._latency_ms / 1000)

    def carry(self, size_bytes: int) -> None:
        """Wait until the connection has transferred this many bytes."""
        if not self._bytes_per_second:
            return
        with self._lock:
            self._free_at = max(self._free_at, time.monotonic()) + size_bytes / self._bytes_per_second
            free_at = self._free_at
        time.sleep(max(0.0, free_at - time.monotonic()))


@cache
def _content(path: Path, *, compressed: bool) -> tuple[bytes, str]:
    """The bytes to send for a file, and its entity tag. Cached, because served sites do not change."""
    content = path.read_bytes()
    if compressed:
        content = gzip.compress(content, 6)
    return content, f'"{sha256(content).hexdigest()[:16]}"'


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    extensions_map = {  # noqa: RUF012 - the base class declares it this way
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".whl": "application/octet-stream",
    }

    def __init__(self, *args: object, line: Line, **options: object) -> None:
        self._line = line
        super().__init__(*args, **options)  # type: ignore[arg-type]

    def setup(self) -> None:
        """Accept a connection, which takes one round trip."""
        self._line.answer_late()
        super().setup()

    def do_GET(self) -> None:
        """Send a file, or the status that the browser's copy is up to date."""
        self._line.answer_late()
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self._say(HTTPStatus.NOT_FOUND, {"Content-Length": "0"})
            return
        accepted = "gzip" in self.headers.get("Accept-Encoding", "")
        compressed = accepted and path.suffix in COMPRESSED
        content, tag = _content(path, compressed=compressed)
        headers = {
            "ETag": tag,
            "Cache-Control": f"max-age={MAX_AGE_SECONDS}",
            "Access-Control-Allow-Origin": "*",
            "Vary": "Accept-Encoding",
        }
        if self.headers.get("If-None-Match") == tag:
            self._say(HTTPStatus.NOT_MODIFIED, headers)
            return
        if compressed:
            headers["Content-Encoding"] = "gzip"
        headers |= {"Content-Type": self.guess_type(path), "Content-Length": str(len(content))}
        self._say(HTTPStatus.OK, headers)
        for start in range(0, len(content), PIECE_BYTES):
            piece = content[start : start + PIECE_BYTES]
            self._line.carry(len(piece))
            self.wfile.write(piece)

    def _say(self, status: HTTPStatus, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Log nothing. The benchmark measures in the browser."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Log nothing. A browser that leaves a page breaks its connections."""


class Host:
    """Serves a folder on a free port, as a separate origin, inside a ``with`` block."""

    def __init__(self, folder: Path, line: Line | None = None) -> None:
        handler = partial(_Handler, directory=str(folder), line=line or Line())
        self._server = _Server(("127.0.0.1", 0), handler)

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The URL of the folder, with a trailing slash."""
        return f"http://127.0.0.1:{self._server.server_port}/"
