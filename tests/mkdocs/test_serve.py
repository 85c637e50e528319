"""`mkdocs serve` shows an example again after its page has changed."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Site

DEADLINE_S = 60
BETWEEN_TRIES_S = 0.1


@contextmanager
def served(site: Site, program: str) -> Iterator[str]:
    """The address of a running server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", program, "serve", "--dev-addr", address, "--config-file"]
    log = site.folder / "log.txt"
    # Without the notices that Material and ProperDocs print about each other.
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*command, str(site.write_config())], stdout=output, stderr=output, env=environment
        )
        try:
            yield f"http://{address}/"
        except TimeoutError:
            pytest.fail(log.read_text(encoding="utf-8"))
        finally:
            server.terminate()
            server.wait()


def page_with(url: str, text: str) -> str:
    """The page, as soon as it contains the text."""
    deadline = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline:
        try:
            with urlopen(url) as response:  # noqa: S310 - our own server
                page = response.read().decode()
        except (URLError, ConnectionError):
            page = ""
        if text in page:
            return page
        time.sleep(BETWEEN_TRIES_S)
    raise TimeoutError(text)


@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
def test_a_changed_example_is_shown_again(site: Site, program: str) -> None:
    if not find_spec(program):
        pytest.skip(f"an environment without {program}")
    site.page("```pyrun\nprint('first')\n```\n")
    site.page("# Plain", "plain.md")
    with served(site, program) as url:
        page = page_with(url, 'data-source="print(&#x27;first&#x27;)"')
        for file in re.findall(r'(?:src|href)="([^"]*/pyrun/[^"]*)"', page):
            with urlopen(urljoin(url, file)) as response:  # noqa: S310 - our own server
                assert response.status == 200
        site.page("```pyrun\nprint('second')\n```\n")
        page_with(url, 'data-source="print(&#x27;second&#x27;)"')
        site.page("```pyrun\nprint('third')\n```\n", "plain.md")
        assert "pyrun-" in page_with(urljoin(url, "plain/"), 'data-source="print(&#x27;third&#x27;)"')
