"""Browsers whose WebAssembly cannot suspend: what works there, and what a reader is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.routes import WithoutJspi
from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.browser.live_page import LivePage
    from tests.browser.sites import Site

PLAIN = Scenario(
    "without-jspi",
    {
        "hello": block("print('hello')\n6 * 7"),
        "input": block("name = input('Name? ')"),
        "stdin": block("import sys\nsys.stdin.readline()"),
        "preset": block("print(input('A? '), input('B? '))", stdin="one\\ntwo"),
        "await": block("import asyncio\nawait asyncio.sleep(0.01, 'slept')"),
        "sleep": block("import time\ntime.sleep(0.01)\n'slept'"),
        "long await": block("import asyncio\nprint('on')\nawait asyncio.sleep(3600)"),
        "loop": block("print('on', flush=True)\nwhile True: pass"),
        "stream": block("print('on')\nwhile True: pass"),
        "keep": block("kept = 1"),
        "uses": block("kept"),
    },
)
SCENARIOS = (PLAIN,)


@pytest.fixture
def plain(open_page: OpenPage, site: Site) -> LivePage:
    """A page in a browser without JavaScript Promise Integration."""
    return open_page(PLAIN, site, before=WithoutJspi())


def test_code_runs_and_awaits(plain: LivePage) -> None:
    assert plain.cell("hello").run_to("done").splitlines() == ["hello", "42"]
    assert plain.cell("await").run_to("done").strip() == "'slept'"
    assert plain.cell("sleep").run_to("done").strip() == "'slept'"


def test_input_says_what_is_missing_and_preset_answers_work(plain: LivePage) -> None:
    for key in ("input", "stdin"):
        text = plain.cell(key).run_to("error")
        assert "RuntimeError: this browser cannot wait for input() here" in text
        assert f'File "{plain.file_name(key)}", line ' in text
        assert "pyrun_runtime" not in text
    assert plain.cell("preset").run_to("done").splitlines() == ["A? one", "B? two", "one two"]


def test_stop_costs_the_interpreter_and_says_so(plain: LivePage) -> None:
    plain.cell("keep").run_to("done")
    cell = plain.cell("loop")
    cell.run()
    expect(cell.output).to_contain_text("on")
    cell.stop()
    cell.wait_for("stopped")
    expect(cell.output).to_contain_text("Python did not react to Stop and was restarted")
    assert "NameError" in plain.cell("uses").run_to("error")


def test_output_is_seen_while_the_code_runs(plain: LivePage) -> None:
    cell = plain.cell("stream")
    cell.run()
    expect(cell.output).to_contain_text("on")
    assert cell.state == "running"


def test_code_that_awaits_is_stopped_and_names_are_kept(plain: LivePage) -> None:
    plain.cell("keep").run_to("done")
    cell = plain.cell("long await")
    cell.run()
    expect(cell.output).to_contain_text("on")
    cell.stop()
    cell.wait_for("stopped")
    assert "restarted" not in cell.text
    assert plain.cell("uses").run_to("done").strip() == "1"
