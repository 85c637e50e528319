"""The parts of the interpreter's runtime that don't need a browser; `tests/browser` tests the others."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyrun_runtime.diagnostics.failure import Traceback


@pytest.fixture(scope="module", autouse=True)
def runtime_on_path(project: Path) -> Iterator[None]:
    folder = str(project / "assets" / "python")
    sys.path.insert(0, folder)
    yield
    sys.path.remove(folder)


def report_of(code: str, file_name: str = "cell1.py") -> "Traceback":
    """The page's report about code that fails."""
    from pyrun_runtime.diagnostics.failure import describe  # noqa: PLC0415 - on the path only now

    try:
        exec(compile(code, file_name, "exec"), {})  # noqa: S102
    except Exception as error:  # noqa: BLE001
        own_frame = error.__traceback__
        return describe(error.with_traceback(own_frame and own_frame.tb_next), {"cell1.py", "cell2.py"})
    raise AssertionError("the code did not fail")


def text_of(code: str) -> str:
    """The traceback of code that fails, as a reader sees it."""
    return report_of(code)["text"]


def test_sessions_keep_their_names_and_isolated_ones_do_not() -> None:
    from pyrun_runtime.run.sessions import Sessions  # noqa: PLC0415

    sessions = Sessions()
    sessions.open("a").names["x"] = 1
    sessions.open(None).names["x"] = 2
    assert sessions.open("a").names["x"] == 1
    assert "x" not in sessions.open("b").names
    assert "x" not in sessions.open(None).names


def test_a_session_is_main_only_while_its_code_runs() -> None:
    from pyrun_runtime.run.sessions import Session  # noqa: PLC0415

    before = sys.modules["__main__"]
    session = Session()
    with session.as_main():
        assert vars(sys.modules["__main__"]) is session.names
    assert sys.modules["__main__"] is before


def test_a_session_knows_what_has_run_in_it() -> None:
    from pyrun_runtime.run.sessions import Session  # noqa: PLC0415

    session = Session()
    session.mark_run("a = 1")
    assert session.has_run("a = 1")
    assert not session.has_run("a = 2")


def test_a_syntax_error_has_no_frames_and_no_header() -> None:
    text = text_of("x = = 1")
    assert text.startswith('  File "cell1.py", line 1\n')
    assert text.endswith("SyntaxError: invalid syntax\n")


def test_a_chain_of_exceptions_of_a_library_is_its_first_and_its_last() -> None:
    library = Path(sys.prefix) / "lib" / "python" / "library.py"  # as its code is compiled; there is no file
    chain = """
def first(): raise OSError('first')
def second():
    try: first()
    except OSError as error: raise LookupError('second') from error
def third():
    try: second()
    except LookupError: raise RuntimeError('third')
def fourth():
    try: third()
    except RuntimeError: raise ValueError('fourth')
"""
    names: dict[str, object] = {}
    exec(compile(chain, str(library), "exec"), names)  # noqa: S102
    sys.modules["chain_library"] = module = ModuleType("chain_library")
    vars(module).update(names)
    try:
        report = report_of("from chain_library import fourth\nfourth()")
    finally:
        del sys.modules["chain_library"]
    assert [line for line in report["text"].splitlines() if "Error: " in line] == [
        "OSError: first",
        "ValueError: fourth",
    ]
    assert report["whole"]
    assert "LookupError: second" in report["whole"]


def test_chained_exceptions_keep_their_causes() -> None:
    text = text_of("try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('x') from e")
    assert "direct cause" in text
    assert text.index("ZeroDivisionError") < text.index("ValueError: x")


def test_exception_groups_are_shown_completely() -> None:
    text = text_of("raise ExceptionGroup('all', [ValueError('one'), TypeError('two')])")
    assert "ValueError: one" in text
    assert "TypeError: two" in text


def test_frames_of_libraries_are_only_in_the_full_report() -> None:
    report = report_of("import json\njson.loads('{')")
    assert "json/decoder.py" not in report["text"]
    assert report["whole"] is not None
    assert "json/decoder.py" in report["whole"]
    assert report_of("1 / 0")["whole"] is None


def test_a_failure_only_in_a_library_keeps_its_frames() -> None:
    report = report_of("import json\njson.loads('{')", json.__file__)
    assert "json/decoder.py" in report["text"]
    assert report["whole"] is None


def test_lines_that_name_code_of_the_page_are_its_source_lines() -> None:
    report = report_of("def f():\n    raise ExceptionGroup('all', [ValueError(1)])\n\nf()")
    assert report["sourceLines"] == [
        {"row": 1, "file": "cell1.py", "line": 4},
        {"row": 2, "file": "cell1.py", "line": 2},
    ]
    for source_line in report["sourceLines"]:
        row = report["text"].split("\n")[source_line["row"]]
        assert f'File "{source_line["file"]}", line {source_line["line"]}' in row
    assert report_of("x = = 1")["sourceLines"] == [{"row": 0, "file": "cell1.py", "line": 1}]


def test_a_long_report_loses_complete_lines_in_the_middle() -> None:
    text = text_of("raise ValueError(''.join(f'{number}\\n' for number in range(100_000)) + 'end')")
    lines = text.splitlines()
    cut = next(index for index, line in enumerate(lines) if line.endswith(" characters are left out here]"))
    assert lines[cut - 1].isdigit()
    assert lines[cut + 1].isdigit()
    assert lines[-2:] == ["99999", "end"]
    kept = sum(len(line) + 1 for line in lines) - len(lines[cut]) - 1
    left_out = int(lines[cut].split()[0].removeprefix("[").replace(",", ""))
    numbers = sum(len(str(number)) + 1 for number in range(100_000))
    assert numbers < kept + left_out < numbers + 200


def test_an_exception_that_breaks_its_own_report_is_named() -> None:
    report = report_of("class E(Exception):\n    __notes__ = 1\n    __cause__ = 5\nraise E")
    assert "E" in report["text"]
