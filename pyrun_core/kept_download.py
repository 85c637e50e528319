"""Files that come without a checksum: downloaded once, and compared with the server's in each build."""

import hashlib
import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pyrun_core.cache import digest_of, new_file, sha256_of
from pyrun_core.problems import PyrunError
from pyrun_core.public_downloads import RefusedError

__all__ = ["Download", "DownloadError", "KeptDownloads", "cache_error"]

_TIMEOUT_SECONDS = 10
"""For a single answer of the network."""

_MOST_SECONDS = 600
_MOST_BYTES = 200_000_000
"""Of a file. The largest one of Pyodide has 30 MB."""

_CHUNK_BYTES = 1 << 16


class DownloadError(PyrunError):
    """A file of a server is needed, and cannot be downloaded."""


@dataclass(frozen=True)
class Download:
    """A file of a server, on this machine. ``sha256`` is hexadecimal."""

    path: Path
    sha256: str


@dataclass(frozen=True)
class _Answer:
    """What a server said about a file that is kept. ``etag`` and ``modified`` may be empty."""

    sha256: str
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True)
class KeptDownloads:
    """Downloads files into ``cache``. ``log`` takes a message if a server cannot be reached.

    ``records`` is the folder, in the cache, of what is known of URLs. ``open_url`` opens one, as `urlopen`.
    """

    cache: Path
    log: Callable[[str], object]
    records: str = "downloads"
    open_url: Callable[..., Any] = urllib.request.urlopen
    most_bytes: int = _MOST_BYTES
    _current: dict[str, Download] = field(default_factory=dict, init=False)
    _silent: dict[str, OSError] = field(default_factory=dict, init=False)

    def fetch(self, url: str) -> Download:
        """The file that the server has now; the kept one if the server cannot be reached.

        Raises:
            DownloadError: it cannot be downloaded, and none is kept.
            PyrunError: the cache cannot be written.
        """
        if url not in self._current:
            self._current[url] = self._fetch(url)
        return self._current[url]

    def place(self, url: str, sha256: str) -> Path:
        """Where the file with this checksum is kept, once there is one."""
        return self._file(url, sha256).path

    def kept(self, url: str, sha256: str) -> Download | None:
        """The file with this checksum from an earlier download of the URL, if it is undamaged."""
        download = self._file(url, sha256)
        is_whole = download.path.is_file() and sha256_of(download.path) == sha256
        return download if is_whole else None

    def _fetch(self, url: str) -> Download:
        answer = self._last_answer(url)
        kept = self.kept(url, answer.sha256) if answer else None
        if kept is None:
            answer = None  # damaged
        host = urlsplit(url).netloc
        try:
            if host in self._silent:
                raise self._silent[host]
            content, headers = self._download(url, answer)
        except urllib.error.HTTPError as error:
            error.close()
            if kept and error.code == http.HTTPStatus.NOT_MODIFIED:
                return kept
            problem: Exception = error
            kept = kept if error.code >= http.HTTPStatus.INTERNAL_SERVER_ERROR else None
        except (OSError, ValueError, http.client.HTTPException) as error:
            problem = error
        else:
            return self._keep(url, content, headers)
        if kept is None:
            raise DownloadError(f"{url} could not be downloaded: {problem}") from problem
        self.log(f"{url} could not be compared with its copy from an earlier build, which is used: {problem}")
        return kept

    def _download(self, url: str, last: _Answer | None) -> tuple[bytes, Message]:
        """The content of the file and its headers. A server that does not answer is asked only once."""
        request = urllib.request.Request(url)  # noqa: S310 - the author's
        if last and last.etag:
            request.add_header("If-None-Match", last.etag)
        if last and last.modified:
            request.add_header("If-Modified-Since", last.modified)
        try:
            response = self.open_url(request, timeout=_TIMEOUT_SECONDS)
        except urllib.error.HTTPError:
            raise
        except OSError as error:
            if not isinstance(getattr(error, "reason", error), RefusedError):
                self._silent[urlsplit(url).netloc] = error
            raise
        with response:
            return _read(response, self.most_bytes), response.headers

    def _keep(self, url: str, content: bytes, headers: Message) -> Download:
        sha256 = hashlib.sha256(content).hexdigest()
        download = self._file(url, sha256)
        answer = _Answer(sha256, headers.get("ETag", ""), headers.get("Last-Modified", ""))
        try:
            _write(download.path, content)
            _write(self._record(url), json.dumps(asdict(answer)).encode())
        except OSError as error:
            raise cache_error(self.cache, error) from error
        return download

    def _last_answer(self, url: str) -> _Answer | None:
        try:
            return _Answer(**json.loads(self._record(url).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def _record(self, url: str) -> Path:
        return self.cache / self.records / f"{digest_of(url)}.json"

    def _file(self, url: str, sha256: str) -> Download:
        name = unquote(urlsplit(url).path).replace("\\", "/").rpartition("/")[2]
        return Download(self.cache / "files" / sha256 / (name if name.strip(".") else "file"), sha256)


def cache_error(cache: Path, error: OSError) -> PyrunError:
    """The error if the cache cannot be written."""
    return PyrunError(
        f"pyrun cannot write its cache {cache}: {error}. Set PYRUN_CACHE to a folder that can be written"
    )


def _read(response: http.client.HTTPResponse, most_bytes: int) -> bytes:
    """All of an answer. Neither an endless one nor a slow one keeps the build for ever.

    Raises:
        ValueError: the answer is too long, or takes too long.
        http.client.HTTPException: a part of it is missing.
    """
    end = time.monotonic() + _MOST_SECONDS
    parts: list[bytes] = []
    count = 0
    while part := response.read1(_CHUNK_BYTES):  # what has come, and not a whole chunk
        parts.append(part)
        count += len(part)
        if count > most_bytes:
            raise ValueError(f"it has more than {most_bytes} bytes")
        if time.monotonic() > end:
            raise ValueError(f"it takes more than {_MOST_SECONDS} seconds")
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and count < int(length):
        raise http.client.IncompleteRead(b"", int(length) - count)
    return b"".join(parts)


def _write(target: Path, content: bytes) -> None:
    with new_file(target) as partial:
        partial.write_bytes(content)
