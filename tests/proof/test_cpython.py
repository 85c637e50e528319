"""Examples in the Python of the tests."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from pyrun_core.problems import PyrunError
from pyrun_core.proof.outcomes import PageJob, Part
from pyrun_core.proof.run.cpython import CPythonRunner
from tests.proof.conftest import Pages, built_cell, text

if TYPE_CHECKING:
    from pathlib import Path

FAILING = json.dumps([[1, "Traceback (most recent call last):\n...\nZeroDivisionError: division by zero"]])


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    """Two processes run all of these."""
    pages = Pages(CPythonRunner(lanes=2, limit=0.5), site)
    pages.add("names", "x = 1", "x + 1", {"source": "x", "session": "isolated"}, "print(x)\nx;")
    pages.add("setup", "late", {"source": "late = 7", "setup": "", "hidden": ""})
    pages.add("broken setup", {"source": "1 / 0", "setup": ""}, "x = 1")
    pages.add("needs", {"source": "later", "needs": "kitchen"}, {"source": "later = 5", "name": "kitchen"})
    pages.add("input", {"source": "input('a? ')", "stdin": "one"}, "input()")
    pages.add(
        "interactive",
        {"source": "1 / 0\nx = 2\nx\nfor n in range(2): n", "interactive": "", "expected": FAILING},
    )
    leaving = json.dumps([[1, "Traceback (most recent call last):\nSystemExit: 3"]])
    pages.add("streams", "import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c') or 'd'")
    pages.add("exit", {"source": "raise SystemExit(3)\n1", "interactive": "", "expected": leaving})
    pages.add("failing", "x = = 1", "def f():\n    raise ValueError(1)\n\nf()", "import sys; sys.exit('bye')")
    pages.add(
        "await", "import asyncio\nawait asyncio.sleep(0, 'awaited')", "asyncio.run(asyncio.sleep(0, 2))"
    )
    pages.add("endless", "x = 1", "while True: pass", "import time; time.sleep(100)", "x")
    pages.add("deadly", "x = 1", "import os; os._exit(3)", "x")
    pages.add("flood", {"source": "print('x' * 100)\nprint('y')", "output-limit": "10"})
    pages.add("descriptors", "import os\nos.system('echo {}')\nos.write(1, b'{}')")
    pages.add("builtins", "import builtins\nbuiltins.len = builtins.print = None", "print(len('abc'))")
    names = "threading.Timer traceback.format_exception signal.signal linecache.cache json.dumps io.StringIO"
    pages.add(
        "machinery",
        *(f"import {name.partition('.')[0]}; {name} = None" for name in names.split()),
        "import sys\nfor module in [*sys.modules.values()]:\n"
        "  if 'pyrun' in module.__name__:\n    for name in vars(module): setattr(module, name, None)",
        "import sys; sys.stdout.close(); sys.stderr.detach(); sys.excepthook = sys.stdin = None",
        "print('still')\n1 / 0",
        "while True: pass",
    )
    pages.add("processes", "import subprocess\nchild = subprocess.Popen(['sleep', '300']).pid\nprint(child)")
    if hasattr(os, "fork"):
        pages.add("fork", "import os, time\nif os.fork() == 0: time.sleep(300)", "'after'")
    pages.add("long value", {"source": "'x' * 100", "output-limit": "10"})
    pages.add("files", "open('left', 'w').close()", "import os\nos.listdir()")
    pages.add(
        "file name", "import sys\n__name__, sys.modules['__main__'].__dict__ is globals(), '' in sys.path"
    )
    pages.add("files of the site", built_cell(site))
    pages.run()
    return pages


def test_examples_share_names_and_show_their_last_value(pages: Pages) -> None:
    _, value, isolated, last = pages.of("names")
    assert value.parts == (Part(0, "value", "2\n"),)
    assert (isolated.ending, isolated.exception, isolated.line) == ("error", "NameError", 1)
    assert text(last) == "1\n"


def test_streams_and_values_stay_in_order(pages: Pages) -> None:
    (outcome,) = pages.of("streams")
    assert [part.text for part in outcome.parts] == ["a\n", "b\n", "c\n", "'d'\n"]


def test_order_follows_set_up_code_and_needs(pages: Pages) -> None:
    assert text(pages.of("setup")[0]) == "7\n"
    assert text(pages.of("needs")[0]) == "5\n"
    assert pages.endings("broken setup") == ["error", "lost"]


def test_input_is_preset(pages: Pages) -> None:
    preset, unset = pages.of("input")
    assert text(preset) == "a? 'one'\n"
    assert unset.exception == "EOFError"


def test_statements_show_values_in_their_lines(pages: Pages) -> None:
    (outcome,) = pages.of("interactive")
    assert outcome.ending == "done"
    assert [(part.line, part.stream) for part in outcome.parts] == [(1, "stderr"), (3, "value"), (4, "value")]
    assert outcome.parts[0].text.endswith("ZeroDivisionError: division by zero\n")
    (outcome,) = pages.of("exit")
    assert [(part.line, part.stream) for part in outcome.parts] == [(1, "stderr"), (2, "value")]


def test_a_traceback_begins_in_the_example(pages: Pages) -> None:
    syntax, raised, left = pages.of("failing")
    assert (syntax.exception, syntax.line) == ("SyntaxError", 1)
    assert (raised.exception, raised.line) == ("ValueError", 2)
    head = 'Traceback (most recent call last):\n  File "cell2.py", line 4, in <module>\n    f()\n'
    assert text(raised).startswith(head)
    assert (left.ending, text(left)) == ("error", "bye\n")


def test_await_and_asyncio_run_work(pages: Pages) -> None:
    assert [text(outcome) for outcome in pages.of("await")] == ["'awaited'\n", "2\n"]


def test_what_never_ends_or_ends_python_fails_alone(pages: Pages) -> None:
    assert pages.endings("endless") == ["done", "timeout", "timeout", "done"]
    assert pages.endings("deadly") == ["done", "killed", "done"]
    assert "status 3" in pages.of("deadly")[1].detail


def test_output_is_limited(pages: Pages) -> None:
    (outcome,) = pages.of("flood")
    assert (text(outcome), outcome.dropped) == ("x" * 10, 93)
    (outcome,) = pages.of("long value")
    assert (text(outcome), outcome.dropped) == ("'xxxxxxxxx", 93)


def test_what_descriptors_get_is_no_record(pages: Pages) -> None:
    assert pages.endings("descriptors") == ["done"]


def test_builtins_are_restored(pages: Pages) -> None:
    assert text(pages.of("builtins")[1]) == "3\n"


def test_the_machinery_is_restored(pages: Pages) -> None:
    assert pages.endings("machinery") == [*["done"] * 8, "error", "timeout"]
    assert text(pages.of("machinery")[8]).startswith("still\nTraceback (most recent call last):\n")


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="this system has no groups of processes")
def test_no_process_stays_and_nothing_waits_for_one(pages: Pages) -> None:
    child = text(pages.of("processes")[0]).strip()
    state = subprocess.run(["ps", "-o", "stat=", "-p", child], capture_output=True, text=True, check=False)
    assert state.stdout.strip()[:1] in {"", "Z"}, "it has ended, even if nobody has asked for its status"
    assert text(pages.of("fork")[1]) == "'after'\n"


def test_what_ends_the_check_ends_its_processes(site: Path) -> None:
    pages = [PageJob(str(each), ({"data-source": "while True: pass"},)) for each in range(3)]
    pages.insert(0, PageJob("first", ({"data-source": "1"},)))
    outcomes = CPythonRunner(lanes=2, limit=200).run(site, pages, lambda _: None)
    assert next(iter(outcomes)).page == "first"
    outcomes.close()  # type: ignore[attr-defined]  # as an exception does, such as that of Ctrl-C


def test_a_page_has_its_own_folder(pages: Pages) -> None:
    assert text(pages.of("files")[1]) == "['left']\n"
    assert text(pages.of("files of the site")[0]) == "'1,2'\n"
    assert text(pages.of("file name")[0]) == "('__main__', True, True)\n"


def test_an_interpreter_that_does_not_run_is_named(tmp_path: Path) -> None:
    runner = CPythonRunner(python="false")
    with pytest.raises(PyrunError, match="false cannot run examples: the process ended with the status 1"):
        list(runner.run(tmp_path, [PageJob("p", ({"data-source": "1"},))], lambda _: None))
