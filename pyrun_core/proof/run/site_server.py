"""Serves a built site to a browser on this machine, with the page in which its examples are checked."""

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from pyrun_core.browser_files import bundled_files
from pyrun_core.examples.render import script_page
from pyrun_core.proof.run.node import site_root

__all__ = ["serving_check"]

_PAGE = "pyrun-check.html"


@contextmanager
def serving_check(site: Path) -> Iterator[tuple[str, str]]:
    """Serve the site of which this is pyrun's folder, on a port of this machine that is free.

    Yields:
        The address of the page, and that of the server, with a slash at its end.
    """
    root = site_root(site)
    folder = site.resolve().relative_to(root).as_posix()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, folder, directory=str(root))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        origin = f"http://127.0.0.1:{server.server_port}/"
        try:
            yield f"{origin}{quote(folder)}/{_PAGE}", origin
        finally:
            server.shutdown()


class _Handler(SimpleHTTPRequestHandler):
    """Answers with files of the site, or with those of this pyrun in their place."""

    extensions_map = {  # noqa: RUF012 - as in the base class
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",  # Windows may say something else
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def __init__(self, folder: str, *values: Any, **named: Any) -> None:  # noqa: ANN401 - as in the base class
        self._folder = folder
        super().__init__(*values, **named)

    def translate_path(self, path: str) -> str:
        """The file of a URL. Pyrun's own files can be on another server: the option ``runtime``."""
        found = super().translate_path(path)
        folder, name = posixpath.split(unquote(urlsplit(path).path).lstrip("/"))
        own = bundled_files().folder / name
        return str(own) if folder == self._folder and name and own.is_file() else found

    def do_GET(self) -> None:
        """Answer with the page, or with a file."""
        if urlsplit(self.path).path.rpartition("/")[2] != _PAGE:
            return super().do_GET()
        content = script_page(bundled_files().proof_page.name).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        return None

    def end_headers(self) -> None:
        """Isolate the page, so that every Chromium can stop Python."""
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
