"""Examples run in Node as in the page: sessions, set-up code, options, and what they show."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest

from pyrun_core.proof.outcomes import Part
from pyrun_core.proof.run.node import NodeRunner
from tests.proof.conftest import Pages, built_cell, text

if TYPE_CHECKING:
    from pathlib import Path

PIXEL = "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
PICTURE = f"""
from IPython.display import Image, display
display(Image(data=bytes.fromhex("{PIXEL}"), format="png"))
"""
FAILING = json.dumps([[1, "Traceback (most recent call last):\n...\nZeroDivisionError: division by zero"]])


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    """One process runs all of these."""
    pages = Pages(NodeRunner(lanes=2), site)
    pages.add("names", "x = 1", "x + 1", {"source": "x", "session": "other"}, "x")
    pages.add("isolated", {"source": "y = 1", "session": "isolated"}, {"source": "y", "session": "isolated"})
    pages.add(
        "setup",
        "late",
        {"source": "late = 7\nimport sys\nsys.set_int_max_str_digits(777)", "setup": "", "hidden": ""},
        "import sys\nsys.get_int_max_str_digits()",
    )
    pages.add(
        "broken setup",
        {"source": "1 / 0", "setup": "", "hidden": "", "name": "first", "line": "12"},
        "x = 1",
        {"source": "'fine'", "session": "other"},
    )
    pages.add("preamble", {"source": "p", "preamble": "p = 3"}, {"source": "p + 1", "preamble": "p = 3"})
    pages.add(
        "needs",
        {"source": "later", "needs": "kitchen"},
        {"source": "later = 5", "name": "kitchen"},
        {"source": "1 / 0", "name": "broken"},
        {"source": "'?'", "needs": "broken"},
        {"source": "'??'", "name": "skipped"},
        {"source": "'???'", "needs": "skipped"},
        skipped=[4],
    )
    pages.add("input", {"source": "input('a? '), input('b? ')", "stdin": "one\ntwo"}, "input('c? ')")
    pages.add(
        "interactive",
        {
            "source": "1 / 0\nx = 2\nx\nfor n in range(2): n\nprint('é'); x",
            "interactive": "",
            "expected": FAILING,
        },
    )
    pages.add("displays", PICTURE)
    pages.add("packages", "import probe\nprobe.counted.append(1)\nprobe.counted", "open('left', 'w').close()")
    pages.add("apart", "import probe, os\nprobe.counted, os.listdir()")
    pages.add("missing", "import numpy")
    pages.add("quoted", {"source": "'&amp'", "quoted": "'%26amp'"})
    pages.add(
        "await",
        "import asyncio\nawait asyncio.sleep(0.01, 'awaited')",
        "asyncio.run(asyncio.sleep(0, 'run'))",
    )
    pages.add("turtle", "import turtle\nturtle.forward(10)")
    pages.add("files", built_cell(site), "open('data.csv').read()")
    pages.add("other files", "import os\nos.path.exists('data.csv')")
    pages.add("deaf", "import js\njs.onmessage = None", "js.postMessage = None", "1")
    pages.add("nothing")
    pages.run()
    return pages


def test_examples_of_a_session_share_names(pages: Pages) -> None:
    first, second, other, last = pages.of("names")
    assert (first.ending, first.parts) == ("done", ())
    assert second.parts == (Part(0, "value", "2\n"),)
    assert (other.ending, other.exception, other.line) == ("error", "NameError", 1)
    assert text(last) == "1\n"


def test_isolated_examples_share_nothing(pages: Pages) -> None:
    assert pages.endings("isolated") == ["done", "error"]


def test_set_up_code_runs_first_and_its_settings_hold(pages: Pages) -> None:
    assert [text(outcome) for outcome in pages.of("setup")] == ["7\n", "", "777\n"]


def test_what_depends_on_set_up_code_that_fails_is_lost(pages: Pages) -> None:
    setup, lost, other = pages.of("broken setup")
    assert (setup.ending, setup.exception, setup.line) == ("error", "ZeroDivisionError", 1)
    assert (lost.ending, other.ending) == ("lost", "done")
    assert lost.detail == "It depends on the example “first”, in line 12, which failed or was skipped."


def test_a_preamble_runs_before_the_first_example(pages: Pages) -> None:
    assert [text(outcome) for outcome in pages.of("preamble")] == ["3\n", "4\n"]


def test_needed_examples_run_first(pages: Pages) -> None:
    needing, _, broken, needs_broken, skipped, needs_skipped = pages.outcomes["needs"]
    assert needing is not None
    assert text(needing) == "5\n"
    assert broken is not None
    assert broken.ending == "error"
    assert needs_broken is not None
    assert needs_broken.ending == "lost"
    assert skipped is None
    assert needs_skipped is not None
    assert "was skipped" in needs_skipped.detail


def test_input_comes_from_the_author_and_then_ends(pages: Pages) -> None:
    preset, unset = pages.of("input")
    assert text(preset, "value") == "('one', 'two')\n"
    assert unset.exception == "EOFError"


def test_what_statements_show_belongs_to_their_lines(pages: Pages) -> None:
    (outcome,) = pages.of("interactive")
    assert outcome.ending == "done"
    shown = [(part.line, part.stream, part.text) for part in outcome.parts]
    assert shown[0][:2] == (1, "stderr")
    assert shown[0][2].endswith("ZeroDivisionError: division by zero\n")
    assert shown[1:] == [
        (3, "value", "2\n"),
        (4, "value", "0\n1\n"),
        (5, "stdout", "é\n"),
        (5, "value", "2\n"),
    ]


def test_pictures_are_base64(pages: Pages) -> None:
    (outcome,) = pages.of("displays")
    (part,) = outcome.parts
    assert part.stream == "display"
    assert part.data is not None
    assert base64.b64decode(part.data["image/png"]).startswith(b"\x89PNG")


def test_pages_see_neither_modules_nor_files_of_each_other(pages: Pages) -> None:
    assert text(pages.of("packages")[0]) == "[1]\n"
    assert text(pages.of("apart")[0]) == "([], [])\n"


def test_a_package_that_is_not_declared_is_named(pages: Pages) -> None:
    (outcome,) = pages.of("missing")
    assert outcome.exception == "ModuleNotFoundError"


def test_code_is_read_as_the_page_reads_it(pages: Pages) -> None:
    assert text(pages.of("quoted")[0]) == "'&amp'\n"


def test_python_can_wait(pages: Pages) -> None:
    assert [text(outcome) for outcome in pages.of("await")] == ["'awaited'\n", "'run'\n"]


def test_modules_that_come_with_pyrun_are_there(pages: Pages) -> None:
    (outcome,) = pages.of("turtle")
    assert outcome.ending == "done", text(outcome)
    assert [part.stream for part in outcome.parts] == ["display"]


def test_files_of_the_site_are_there_for_the_examples_that_declare_them(pages: Pages) -> None:
    assert [text(outcome) for outcome in pages.of("files")] == ["'1,2'\n", "'1,2'\n"]
    assert text(pages.of("other files")[0]) == "False\n"


def test_an_example_cannot_keep_others_from_running(pages: Pages) -> None:
    assert pages.endings("deaf") == ["done", "error", "done"]


def test_a_page_may_have_no_examples(pages: Pages) -> None:
    assert pages.outcomes["nothing"] == ()


def test_the_versions_are_known(pages: Pages) -> None:
    assert isinstance(pages.runner, NodeRunner)
    assert pages.runner.started is not None
    assert pages.runner.started.pyodide
