"""The parts of the interpreter's runtime that need no browser; `tests/browser` has the rest."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module", autouse=True)
def runtime_on_path(project: Path) -> Iterator[None]:
    folder = str(project / "assets" / "python")
    sys.path.insert(0, folder)
    yield
    sys.path.remove(folder)


def text_of(code: str, file_name: str = "cell1.py") -> str:
    """The traceback of code that fails, as a reader gets it."""
    from pyrun_runtime.failure import traceback_text  # noqa: PLC0415 - on the path only now

    try:
        exec(compile(code, file_name, "exec"), {})  # noqa: S102
    except Exception as error:  # noqa: BLE001
        own_frame = error.__traceback__
        return traceback_text(error.with_traceback(own_frame and own_frame.tb_next))
    raise AssertionError("the code did not fail")


def test_sessions_keep_their_names_and_isolated_ones_do_not() -> None:
    from pyrun_runtime.sessions import Sessions  # noqa: PLC0415

    sessions = Sessions()
    sessions.open("a").names["x"] = 1
    sessions.open(None).names["x"] = 2
    assert sessions.open("a").names["x"] == 1
    assert "x" not in sessions.open("b").names
    assert "x" not in sessions.open(None).names


def test_a_session_is_main_only_while_its_code_runs() -> None:
    from pyrun_runtime.sessions import Session  # noqa: PLC0415

    before = sys.modules["__main__"]
    session = Session()
    with session.as_main():
        assert vars(sys.modules["__main__"]) is session.names
    assert sys.modules["__main__"] is before


def test_a_session_knows_what_has_run_in_it() -> None:
    from pyrun_runtime.sessions import Session  # noqa: PLC0415

    session = Session()
    session.mark_run("a = 1")
    assert session.has_run("a = 1")
    assert not session.has_run("a = 2")


def test_a_syntax_error_has_no_frames_and_no_header() -> None:
    text = text_of("x = = 1")
    assert text.startswith('  File "cell1.py", line 1\n')
    assert text.endswith("SyntaxError: invalid syntax\n")


def test_chained_exceptions_keep_their_causes() -> None:
    text = text_of("try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('x') from e")
    assert "direct cause" in text
    assert text.index("ZeroDivisionError") < text.index("ValueError: x")


def test_exception_groups_are_shown_whole() -> None:
    text = text_of("raise ExceptionGroup('all', [ValueError('one'), TypeError('two')])")
    assert "ValueError: one" in text
    assert "TypeError: two" in text
