"""Checked examples and their outcomes, without a browser: the Python of the tests stands for the worker's."""

from __future__ import annotations

import ast
import contextlib
import io
import sys
import traceback
from typing import Any

from pyrun_core.live.transcript import read_transcript
from pyrun_core.problems import Location
from pyrun_core.proof.checked import CheckedExample, DocumentedOutput, Flag, StatementFlags
from pyrun_core.proof.compare.exceptions import documented_exception
from pyrun_core.proof.outcomes import CellOutcome, Part

__all__ = ["flag", "program", "run", "session"]

FILE = "page.md"


def flag(line: int, *names: str) -> StatementFlags:
    """Flags of doctest for the statement that ends in a line, such as ``+SKIP``."""
    return StatementFlags(line, tuple(Flag(name[1:], name[0] == "+") for name in names), line)


def session(text: str, *, first: int = 1, file: str = FILE, **about: Any) -> CheckedExample:  # noqa: ANN401
    """An example with prompts, whose block begins in a line of a file."""
    code = read_transcript(text)
    outputs = tuple(DocumentedOutput(line, output, Location(file, None)) for line, output in code.expected)
    lines = tuple(Location(file, first + line - 1) for line in code.lines)
    return CheckedExample(
        page=file,
        source=code.source,
        location=Location(file, first),
        lines=lines,
        outputs=outputs,
        has_prompts=True,
        **about,
    )


def program(
    source: str,
    output: str = "",
    *,
    first: int = 1,
    file: str = FILE,
    **about: Any,  # noqa: ANN401
) -> CheckedExample:
    """An example without prompts, with the text of a ``testoutput`` block if there is one."""
    count = source.count("\n") + 1
    place = Location(file, first + count + 3)
    return CheckedExample(
        page=file,
        source=source,
        location=Location(file, first),
        lines=tuple(Location(file, first + index) for index in range(count)),
        outputs=(DocumentedOutput(count, output, place, is_apart=True),) if output else (),
        **about,
    )


def run(example: CheckedExample, names: dict[str, Any] | None = None) -> CellOutcome:
    """What the worker would report of a run."""
    names = {"__name__": "__main__"} if names is None else names
    raises = {each.line: documented_exception(each.text) for each in example.outputs}
    parts: list[Part] = []
    for node in ast.parse(example.source).body:
        line = node.end_lineno if example.has_prompts else 0
        error = _run_statement(node, names, parts, line or 0, echoes=example.has_prompts)
        if error is None:
            continue
        text = "".join(traceback.format_exception(error))
        expected = raises.get(line or 0)
        if expected and expected.name == type(error).__name__:
            parts.append(Part(line or 0, "stderr", text))
            continue
        parts.append(Part(line or 0, "traceback", text))
        return CellOutcome("error", tuple(parts), type(error).__name__, node.lineno)
    return CellOutcome("done", tuple(parts))


def _run_statement(
    node: ast.stmt, names: dict[str, Any], parts: list[Part], line: int, *, echoes: bool
) -> BaseException | None:
    printed, errors = io.StringIO(), io.StringIO()

    def keep() -> None:
        for stream, written in (("stdout", printed), ("stderr", errors)):
            if text := written.getvalue():
                parts.append(Part(line, stream, text))
            written.seek(0)
            written.truncate()

    def show(value: object) -> None:
        if value is not None:
            keep()
            parts.append(Part(line, "value", f"{value!r}\n"))

    kind = "single" if echoes else "exec"
    tree = ast.Interactive([node]) if echoes else ast.Module([node], [])
    hook, sys.displayhook = sys.displayhook, show
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(errors):
            exec(compile(tree, "example", kind), names)  # noqa: S102
    except BaseException as error:  # noqa: BLE001
        return error
    finally:
        sys.displayhook = hook
        keep()
    return None
