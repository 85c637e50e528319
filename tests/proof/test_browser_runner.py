"""Examples in Chromium show what they show in Node."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from pyrun_core.problems import PyrunError
from pyrun_core.proof.run.browser import BrowserRunner
from tests.proof.conftest import Pages, text

if TYPE_CHECKING:
    from pathlib import Path

CHROMIUM = os.environ.get("PYRUN_CHROMIUM", "/usr/bin/chromium")


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    """One browser runs all of these."""
    pages = Pages(BrowserRunner(lanes=2, limit=1, chromium=CHROMIUM), site)
    pages.add(
        "page", "x = 1", {"source": "x\nprint('é')\nx + 1", "interactive": ""}, "import probe\nprobe.nothing"
    )
    pages.add(
        "endless",
        "x = 1",
        "while True: pass",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass\n",
        "x",
        {"source": "import js\nawait js.fetch('https://example.com/')", "timeout": "30"},
    )
    pages.run()
    return pages


def test_examples_show_the_same_as_in_node(pages: Pages) -> None:
    _, shown, failing = pages.of("page")
    assert [(part.line, part.stream, part.text) for part in shown.parts] == [
        (1, "value", "1\n"),
        (2, "stdout", "é\n"),
        (3, "value", "2\n"),
    ]
    assert (failing.ending, failing.exception, failing.line) == ("error", "AttributeError", 2)


def test_endless_examples_fail_alone(pages: Pages) -> None:
    assert pages.endings("endless") == ["done", "timeout", "killed", "done", "error"]
    assert text(pages.of("endless")[3]) == "1\n"


def test_the_network_is_out_of_reach(pages: Pages) -> None:
    assert "Failed to fetch" in text(pages.of("endless")[4])


def test_the_versions_are_known(pages: Pages) -> None:
    assert isinstance(pages.runner, BrowserRunner)
    assert pages.runner.started is not None
    assert pages.runner.started.pyodide


def test_without_playwright_the_author_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(PyrunError, match=r"pip install playwright && playwright"):
        list(BrowserRunner().run(site, [], lambda _: None))


def test_without_chromium_the_author_is_told(site: Path) -> None:
    with pytest.raises(PyrunError, match=r"cannot be run in a browser: .*nowhere"):
        list(BrowserRunner(chromium="/nowhere/chromium").run(site, [], lambda _: None))
