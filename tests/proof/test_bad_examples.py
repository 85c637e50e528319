"""An example that never ends, or ends Python, fails alone: all others are still checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pyrun_core.proof.run.node import NodeRunner
from tests.proof.conftest import Pages, text

if TYPE_CHECKING:
    from pathlib import Path

LIMIT_SECONDS = 1.0

PATIENT = {"timeout": "60"}
"""For examples that end by themselves, on a busy machine, too."""

INTERRUPTED = {
    "loop": "while True: pass",
    "sleep": "import time; time.sleep(1000)",
    "await": "import asyncio\nawait asyncio.sleep(1000)",
    "asyncio.run": "import asyncio; asyncio.run(asyncio.sleep(1000))",
}
"""At the limit. Python goes on."""

ENDED = {
    "loop that catches all": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass\n"
    ),
    "sum": "sum(range(10**12))",
    "exit of the C library": "import ctypes; ctypes.pythonapi._exit(3)",
    "memory of JavaScript": (
        "from pyodide.code import run_js; run_js('let a = []; for (;;) a.push(new Array(1e6).fill(1))')"
    ),
}
"""Python does not go on."""

HARMLESS = {
    "exit": ("import sys; sys.exit(3)", "error"),
    "os._exit": ("import os; os._exit(3)", "error"),
    "os.abort": ("import os; os.abort()", "error"),
    "quit": ("quit()", "done"),
    "recursion": ("def f(n): return f(n + 1)\nf(0)", "error"),
    "thread": ("import threading; threading.Thread(target=print).start()", "error"),
    "tasks": (
        "import asyncio\nasync def f():\n  while True: await asyncio.sleep(0)\n_ = asyncio.create_task(f())",
        "done",
    ),
    "close": ("import sys; sys.stdout.close()", "done"),
    "print": ("import builtins; builtins.print = builtins.len = builtins.repr = None", "done"),
    "json": ("import json; json.dumps = json.loads = None", "done"),
    "builtins": ("import builtins\nfor name in list(vars(builtins)):\n    delattr(builtins, name)", "error"),
    "modules": ("import sys; sys.modules.clear()", "done"),
}
"""The same Python runs what follows."""

TRAP = "import ctypes; ctypes.pythonapi.abort()"
FLOOD = "for _ in range(100): print('x' * 1_000_000)"
MEMORY = "kept = []\nwhile True: kept.append(bytearray(50_000_000))"


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    """Each example between two others of its session."""
    pages = Pages(NodeRunner(lanes=2, limit=LIMIT_SECONDS), site)

    pages.add("interrupted", "x = 1", *INTERRUPTED.values(), "x")
    for name, code in ENDED.items():
        pages.add(name, "x = 1", code, "x")
    pages.add("ended twice", "x = 1", TRAP, "x += 1", TRAP, "x", *INTERRUPTED.values())
    pages.add(
        "harmless",
        "x = 1",
        *({"source": code, **PATIENT} for code, _ in HARMLESS.values()),
        "print(x, len([x]), repr(x))",
    )
    pages.add("statement", {"source": "x = 1\nx\nwhile True: pass\n3", "interactive": ""})
    pages.add("own limit", {"source": "import time; time.sleep(1.5); 'slow'", **PATIENT})
    pages.add("flood", {"source": FLOOD, "output-limit": "1000", **PATIENT}, "'after'")
    pages.add("memory", {"source": MEMORY, **PATIENT}, "'after'")
    pages.run()
    return pages


def test_endless_code_is_interrupted_at_its_limit(pages: Pages) -> None:
    first, *endless, last = pages.of("interrupted")
    assert first.ending == "done"
    assert [outcome.ending for outcome in endless] == ["timeout"] * len(INTERRUPTED)
    assert text(last) == "1\n"


def test_the_statement_that_ran_at_the_limit_is_known(pages: Pages) -> None:
    (outcome,) = pages.of("statement")
    assert (outcome.ending, outcome.line, text(outcome)) == ("timeout", 3, "1\n")


@pytest.mark.parametrize("name", ENDED)
def test_what_ends_python_fails_alone(pages: Pages, name: str) -> None:
    first, deadly, last = pages.of(name)
    assert (first.ending, deadly.ending, text(last)) == ("done", "killed", "1\n")
    assert deadly.detail


def test_several_examples_of_a_page_can_end_python(pages: Pages) -> None:
    endings = ["done", "killed", "done", "killed", "done", *["timeout"] * len(INTERRUPTED)]
    assert pages.endings("ended twice") == endings
    assert text(pages.of("ended twice")[4]) == "2\n"


def test_what_code_changes_ends_with_it(pages: Pages) -> None:
    _, *harmless, last = pages.of("harmless")
    assert {name: outcome.ending for name, outcome in zip(HARMLESS, harmless, strict=True)} == {
        name: ending for name, (_, ending) in HARMLESS.items()
    }
    assert text(last) == "1 1 1\n"


def test_an_example_may_have_its_own_limit(pages: Pages) -> None:
    assert text(pages.of("own limit")[0]) == "'slow'\n"


def test_only_the_beginning_of_endless_output_is_kept(pages: Pages) -> None:
    short, after = pages.of("flood")
    assert (short.ending, len(text(short)), short.dropped) == ("done", 1000, 100_000_100 - 1000)
    assert text(after) == "'after'\n"


def test_memory_is_limited(pages: Pages) -> None:
    full, after = pages.of("memory")
    assert (full.ending, full.exception) == ("error", "MemoryError")
    assert text(after) == "'after'\n"


def test_only_pages_that_run_share_the_memory(site: Path) -> None:
    pages = Pages(NodeRunner(lanes=1000), site)
    pages.add("large", "len(bytearray(200_000_000))")
    pages.run()
    assert text(pages.of("large")[0]) == "200000000\n"
