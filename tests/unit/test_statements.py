"""Examples that run statement by statement, as in the interactive interpreter."""

from __future__ import annotations

import asyncio
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Shown = list[object]


@pytest.fixture
def run(runtime_module: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Shown]:
    """Runs code in a namespace; returns the lines where its statements end, and after each what it shows."""
    statements = runtime_module("run.statements")

    def run(
        code: str,
        names: dict[str, Any] | None = None,
        *,
        shows_values: bool = True,
        raises: Sequence[int] = (),
    ) -> Shown:
        shown: Shown = []
        monkeypatch.setattr(sys, "displayhook", lambda value: shown.append([value]))
        compiled = statements.Statements(
            code, "cell1.py", {} if names is None else names, shows_values=shows_values
        )
        running = compiled.run(
            lambda statement: shown.append(statement.line),
            lambda statement, error: statement.line in raises and not shown.append(type(error)),
        )
        # In another thread, because Playwright leaves an event loop running in the thread of the tests.
        with ThreadPoolExecutor() as threads:
            threads.submit(asyncio.run, running).result()
        return shown

    return run


def test_each_statement_shows_its_values_after_its_line(run: Callable[..., Shown]) -> None:
    code = "x = 2\nx * 21\n\n# a comment\n'a' * x  # another\n(x,\n x)\n"
    assert run(code) == [1, 2, [42], 5, ["aa"], 7, [(2, 2)]]


def test_values_inside_of_compound_statements_are_shown_too(run: Callable[..., Shown]) -> None:
    code = "for n in range(2):\n    n\nif True: 5\ndef f():\n    7\nf()"
    assert run(code) == [2, [0], [1], 3, [5], 5, 6, [None]]


def test_several_statements_of_a_line_are_several_statements(run: Callable[..., Shown]) -> None:
    assert run("a = 1; a; a + 1") == [1, 1, [1], 1, [2]]


@pytest.mark.parametrize("code", ["5;", "5 ;  # comment", "'é';", "(5);", "[\n 5];"])
def test_a_semicolon_behind_an_expression_hides_its_value(run: Callable[..., Shown], code: str) -> None:
    assert [shown for shown in run(code) if isinstance(shown, list)] == []


def test_a_semicolon_in_a_text_hides_nothing(run: Callable[..., Shown]) -> None:
    assert run("';'") == [1, [";"]]


def test_without_values_only_the_lines_are_reported(run: Callable[..., Shown]) -> None:
    assert run("1\nfor n in range(2): n", shows_values=False) == [1, 2]


def test_await_works_outside_of_functions(run: Callable[..., Shown]) -> None:
    code = "import asyncio\nawait asyncio.sleep(0, 5)\nif True:\n    await asyncio.sleep(0, 7)\n"
    assert run(code) == [1, 2, [5], 4, [7]]


def test_features_of_the_future_hold_from_their_import_on(run: Callable[..., Shown]) -> None:
    define = "def f(x: nowhere): pass\nf.__annotations__"
    names: dict[str, Any] = {}
    expected = [{"x": "nowhere"}]
    assert run(f"a = 1\nfrom __future__ import annotations\n{define}", names)[-1] == expected
    assert run(define, names)[-1] == expected
    with pytest.raises(NameError):
        run(define)


@pytest.mark.parametrize("wrong", ["x = = 1", "return 5", "def f(a, a): pass", "if 1:\n5"])
def test_nothing_runs_if_any_statement_is_wrong(run: Callable[..., Shown], wrong: str) -> None:
    names: dict[str, Any] = {"ran": []}
    with pytest.raises(SyntaxError):
        run(f"ran.append(1)\n{wrong}", names)
    assert names["ran"] == []


def test_a_traceback_names_and_shows_the_line(run: Callable[..., Shown]) -> None:
    with pytest.raises(ZeroDivisionError) as failed:
        run("import functools\n\n@functools.cache\ndef f():\n    return 1 / 0\n\nf()")
    frames = [frame for frame in traceback.extract_tb(failed.tb) if frame.filename == "cell1.py"]
    assert [(frame.lineno, frame.line) for frame in frames] == [(7, "f()"), (5, "return 1 / 0")]


def test_the_run_goes_on_after_an_exception_that_is_meant(run: Callable[..., Shown]) -> None:
    assert run("1 / 0\n2", raises=[1]) == [1, ZeroDivisionError, 2, [2]]
    assert run("import asyncio\nawait asyncio.sleep(0) + 1\n3", raises=[2]) == [1, 2, TypeError, 3, [3]]
    with pytest.raises(ZeroDivisionError):
        run("1\n1 / 0", raises=[1])


def test_line_ends_of_other_systems_count_as_one_line(run: Callable[..., Shown]) -> None:
    assert run("1;\r\n2\r\n'é';\r\n") == [1, 2, [2], 3]
