"""What a first visit takes, in counts that are the same on every machine. Times are in the benchmarks."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import MakeSite, OpenPage

HELLO = Scenario(
    "hello",
    {
        "hello": block("print('hello')"),
        "counts": block(
            """
            import sys
            import pyodide_js

            print(len(sys.modules), len(pyodide_js._module.HEAP8) // 65536)
            """
        ),
    },
)

MOST = {"requests": 19, "kilobytes": 5_800, "modules": 260, "heap pages": 480}
"""Kilobytes as a server sends them, with gzip; pages of WebAssembly's memory, 64 KiB each."""

PACKED = {".zip", ".whl", ".png"}
"""Files that gzip does not make smaller."""


def sent_bytes(file: Path) -> int:
    """The bytes of a file on the line."""
    content = file.read_bytes()
    return len(content if file.suffix in PACKED else gzip.compress(content))


@pytest.mark.first_visit("a snapshot has what this counts")
def test_a_first_visit_takes_no_more_than_it_did(open_page: OpenPage, make_site: MakeSite) -> None:
    """A larger number is a decision: change the limit, and say why."""
    site = make_site("first-visit", Plan("sphinx", [HELLO], {"snapshots": False}))
    live = open_page(HELLO, site)
    live.cell("hello").run_to("done")
    urls = [unquote(url.partition("?")[0]) for url in live.watch.requests]
    requested = [url for url in urls if url.startswith(site.assets_url)]
    modules, pages = map(int, live.cell("counts").run_to("done").split())
    found = {
        "requests": len(requested),
        "kilobytes": sum(sent_bytes(site.folder / url.removeprefix(site.url)) for url in requested) // 1000,
        "modules": modules,
        "heap pages": pages,
    }
    assert {name: count for name, count in found.items() if count > MOST[name]} == {}, found
