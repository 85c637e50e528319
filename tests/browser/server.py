"""A web server for built sites: a plain host, which sends additional headers only if a test asks for them."""

from __future__ import annotations

import os
import sys
from fnmatch import fnmatch
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from socket import socket
    from typing import BinaryIO

__all__ = ["BLANK_PAGE", "SiteServer"]

BLANK_PAGE = "blank-page-of-tests.html"
"""The name of an empty page that exists in every folder and is sent without the site's headers."""


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 - so declared in the base class
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".whl": "application/octet-stream",
    }

    def __init__(self, *args: Any, site: SiteServer, **options: Any) -> None:  # noqa: ANN401
        self._site = site
        super().__init__(*args, **options)

    def end_headers(self) -> None:
        """Add the site's headers, then end the headers."""
        for name, value in self._site.headers_of(self.path).items():
            self.send_header(name, value)
        super().end_headers()

    def do_GET(self) -> None:
        """Serve a file. Browsers request an icon on their own, and sites need not have one."""
        self._site.asked_for.append(self.path)
        self._site.cookies[self.path] = self.headers.get("Cookie", "")
        if self.path == "/favicon.ico":
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()
        elif self.path.endswith(BLANK_PAGE):
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            super().do_GET()

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:
        """Send the file, or only half of it if a test breaks the transfer."""
        if not self._site.breaks(self.path):
            super().copyfile(source, outputfile)
            return
        outputfile.write(source.read(os.fstat(source.fileno()).st_size // 2))
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Log nothing: the tests watch the browser's side."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def get_request(self) -> tuple[socket, Any]:
        """Accept a connection without a timeout, so that slow browsers work whatever the default is."""
        connection, address = super().get_request()
        connection.settimeout(None)
        return connection, address

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Report all errors except broken connections: a browser that leaves a page closes them."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class SiteServer:
    """Serves a folder on a free port while the context is open, optionally with additional headers.

    Files whose path matches ``exempt`` are sent without them.
    """

    def __init__(self, folder: Path, headers: Mapping[str, str] | None = None, exempt: str = "") -> None:
        self.folder = folder
        self.asked_for: list[str] = []
        """The requested paths, in order."""
        self.cookies: dict[str, str] = {}
        """The cookies that came with the latest request for each path."""
        self._to_break: list[str] = []
        self._headers = headers or {}
        self._exempt = exempt
        self._handler = partial(_Handler, directory=str(folder), site=self)

    def headers_of(self, path: str) -> Mapping[str, str]:
        """The additional headers of a file."""
        return {} if fnmatch(path, self._exempt) or path.endswith(BLANK_PAGE) else self._headers

    def break_once(self, name: str) -> None:
        """Break the next transfer of a file whose path contains ``name``: close the connection midway."""
        self._to_break.append(name)

    def breaks(self, path: str) -> bool:
        """Whether to break this transfer. Each break happens once."""
        name = next((name for name in self._to_break if name in path), None)
        if name is None:
            return False
        self._to_break.remove(name)
        return True

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), self._handler)
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The URL of the folder, with a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}/"
