"""The test server waits for slow browsers, as the servers of real sites do."""

from __future__ import annotations

import socket
import time
from contextlib import closing
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.server import SiteServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEFAULT_TIMEOUT_S = 0.01
PAUSE_S = 0.2
BIG_FILE_BYTES = 50_000_000
"""More than the buffers of a connection hold, so the server has to wait for the browser."""


@pytest.fixture
def _short_default_timeout() -> Iterator[None]:
    """A default timeout, as other code in this process might set it."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(DEFAULT_TIMEOUT_S)
    yield
    socket.setdefaulttimeout(before)


@pytest.mark.usefixtures("_short_default_timeout")
def test_a_browser_that_pauses_gets_the_whole_file_whatever_the_default_timeout(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(bytes(BIG_FILE_BYTES))
    with (
        SiteServer(tmp_path) as server,
        closing(HTTPConnection(urlsplit(server.url).netloc, timeout=60)) as browser,
    ):
        browser.request("GET", "/big")
        response = browser.getresponse()
        time.sleep(PAUSE_S)
        assert len(response.read()) == BIG_FILE_BYTES
