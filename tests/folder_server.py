"""A server that builds download from, and pages that are on another one."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LATER_SECONDS = 10


class FolderServer:
    """Serves a folder at ``url``, which ends in a slash, while it runs.

    ``answers`` are the status codes and the paths of all answers.
    """

    def __init__(self, folder: Path) -> None:
        """Choose a port, but do not answer yet."""
        self.folder = folder
        self.answers: list[tuple[int, str]] = []
        self._server = ThreadingHTTPServer(
            ("127.0.0.1", 0), partial(_Handler, self.answers, directory=str(folder))
        )
        self._server.daemon_threads = False  # so that `stop` waits for the end of all answers
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    def change(self, name: str, content: bytes) -> None:
        """Replace a file by a newer one. Its time is much later, because servers compare seconds."""
        file = self.folder / name
        later = file.stat().st_mtime + _LATER_SECONDS
        file.write_bytes(content)
        os.utime(file, (later, later))

    def start(self) -> None:
        """Answer from now on."""
        Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Refuse connections from now on."""
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def serving(folder: Path) -> Iterator[FolderServer]:
    """A server of that folder."""
    server = FolderServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, answers: list[tuple[int, str]], *arguments: object, directory: str) -> None:
        self._answers = answers
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]  # those of the server

    def end_headers(self) -> None:
        """Let pages of other servers read the files."""
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:  # noqa: ARG002
        """Record the answer."""
        self._answers.append((int(code), self.path))
