"""The code and the documented outputs of a session: a block with prompts of Python or IPython.

doctest's own parser drops comments, refuses flags that a test runner adds, and reports a mistake without its
cure.
"""

import codeop
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from pyrun_core.examples.provenance import StatementFlags
from pyrun_core.examples.syntax import is_of_newer_python
from pyrun_core.live.code import BlockError, LiveCode, describe, documented_output, why_not
from pyrun_core.live.doctest_flags import flags_in, without_flags
from pyrun_syntax.prompts import IPYTHON, IPYTHON_MORE, IPYTHON_OUTPUT

__all__ = ["read_transcript"]

_PYTHON = re.compile(r"(?P<indent> *)>>>(?P<space> ?)(?P<code>.*)")
_PYTHON_MORE = re.compile(r"(?P<indent> *)\.\.\.(?P<space> ?)(?P<code>.*)")

_MAY_BE_IPYTHON = re.compile(r"(?:In|Out) ?\[")

_ON_PURPOSE = re.compile(r"^\s*(?:SyntaxError|IndentationError|TabError)\b", re.MULTILINE)
"""In a documented output: the statement is wrong on purpose."""


def read_transcript(text: str) -> LiveCode:
    """The code without prompts, and the output of each statement.

    Flags such as ``# doctest: +SKIP`` are no part of the code; they are kept beside it. A statement with this
    flag is as live as any other one, and its output stays: a reader who runs the code decides for themselves.

    Raises:
        BlockError: the block has a mistake.
    """
    lines = [line.rstrip() for line in text.expandtabs().split("\n")]
    python = ">>>" in text and _first(lines, _PYTHON.fullmatch)
    ipython = _MAY_BE_IPYTHON.search(text) and _first(lines, _is_ipython)
    if python and ipython:
        raise BlockError(
            max(python, ipython),
            "it has the prompts of Python and of IPython. Use prompts of one kind in a block",
        )
    if not python and not ipython:
        first = _first(lines, str.strip) or 1
        raise BlockError(first, "it has no prompt. Write '>>> ' before each statement")
    session = _Session()
    (_read_ipython if ipython else _read_python)(lines, session)
    code = session.code()
    if not code.source.strip():
        raise BlockError(python or ipython or 1, "it has no code. Write code after a prompt")
    return replace(code, stands_alone=_check(session, code))


def _is_ipython(line: str) -> object:
    return IPYTHON.fullmatch(line) or IPYTHON_OUTPUT.match(line)


def _first(lines: Sequence[str], matches: Callable[[str], object]) -> int:
    """The number of the first line that matches, or 0."""
    return next((number for number, line in enumerate(lines, 1) if matches(line)), 0)


@dataclass
class _Statement:
    """What is between two prompts: the code of each line with its number in the block, and the output."""

    indent: int
    lines: list[tuple[int, str]]
    output: list[str] = field(default_factory=list)
    output_line: int = 0

    @property
    def source(self) -> str:
        return "\n".join(code for _, code in self.lines)

    def take_output(self, number: int, *lines: str) -> None:
        """Take the next lines of the output. The last one is at this line of the block."""
        self.output_line = self.output_line or number
        self.output += lines

    def continue_below(self, number: int, line: str, *, is_apart: bool) -> None:
        """Take a line of code that has no prompt."""
        if not self.source:
            self.lines.clear()
        elif is_apart:
            self.lines.append((number - 1, ""))
        self.lines.append((number, line[self.indent :]))


@dataclass
class _Session:
    """The statements so far. An empty one stands for an empty line of the author."""

    statements: list[_Statement] = field(default_factory=list)

    def begin(self, number: int, code: str, indent: int = 0) -> _Statement:
        statement = _Statement(indent, [(number, code)])
        self.statements.append(statement)
        return statement

    def keep_space(self, number: int, *, is_apart: bool) -> None:
        """Keep one of the empty lines before a line, unless nothing precedes them."""
        if is_apart and self.statements:
            self.begin(number - 1, "")

    def code(self) -> LiveCode:
        source: list[str] = []
        expected: list[tuple[int, str]] = []
        lines: list[int] = []
        output_lines: list[int] = []
        flags: list[StatementFlags] = []
        for statement in self.statements:
            first, last = len(source) + 1, 0
            for number, written in _without_flags(statement.lines):
                source.append(written)
                lines.append(number)
                if not written.lstrip().startswith("#"):  # a comment can follow a statement
                    last = len(source)
            if statement.output and (output := documented_output(statement.output)):
                expected.append((last or len(source), output))
                output_lines.append(statement.output_line)
            own = [flag for _, line in statement.lines for flag in flags_in(line)]
            if last and own:
                flags.append(StatementFlags(last, tuple(own), first))
        while source and not source[-1]:
            source.pop()
            lines.pop()
        below = tuple((min(line, len(source)), text) for line, text in expected)
        return LiveCode(
            "\n".join(source), below, tuple(lines), tuple(output_lines), tuple(flags), has_prompts=True
        )


def _without_flags(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines of a statement without doctest's flags, and without empty lines at its end."""
    kept = []
    for number, code in lines:
        bare = without_flags(code)
        if bare.strip() or not code.strip():
            kept.append((number, bare))
    while len(kept) > 1 and not kept[-1][1].strip():
        kept.pop()
    return kept


def _read_python(lines: Sequence[str], session: _Session) -> None:
    statement: _Statement | None = None
    is_code = is_apart = False  # whether the line before is code of the statement, or empty
    for number, line in enumerate(lines, 1):
        if match := _PYTHON.fullmatch(line):
            _check_space(match, number, ">>>")
            session.keep_space(number, is_apart=is_apart)
            statement = session.begin(number, match["code"], len(match["indent"]))
            is_code, is_apart = True, False
        elif (is_apart or statement is None) and line.lstrip().startswith("#"):
            session.keep_space(number, is_apart=is_apart)
            session.begin(number, line.strip())
            statement, is_code, is_apart = None, False, False
        elif statement and is_code and (match := _PYTHON_MORE.fullmatch(line)):
            _check_space(match, number, "...")
            if len(match["indent"]) != statement.indent:
                raise BlockError(
                    number, "the prompt '...' is not below the prompt '>>>'. Indent both by the same width"
                )
            statement.lines.append((number, match["code"]))
        elif line:
            _take_output(statement, line, number, is_apart=is_apart)
            is_code = is_apart = False
        else:
            is_code, is_apart = False, True


def _check_space(match: re.Match[str], number: int, prompt: str) -> None:
    if match["code"] and not match["space"]:
        raise BlockError(number, f"the prompt '{prompt}' has no space after it. Write '{prompt} '")


def _take_output(statement: _Statement | None, line: str, number: int, *, is_apart: bool) -> None:
    if statement is None:
        raise BlockError(
            number,
            "this line has no prompt, and there is no statement above whose output it is. Write '>>> ' "
            "before code, or move the line out of the block",
        )
    if is_apart and not statement.output:
        raise BlockError(
            number,
            "this line has no prompt, and an empty line separates it from the statement above. Write '>>> ' "
            "before code, or <BLANKLINE> instead of the empty line before output",
        )
    if len(line) - len(line.lstrip()) < statement.indent:
        raise BlockError(
            number, "this line is indented less than the prompt above. Indent it by the same width"
        )
    statement.take_output(number, *([""] if is_apart else []), line[statement.indent :])


def _read_ipython(lines: Sequence[str], session: _Session) -> None:
    cell: _Statement | None = None
    is_code = is_below = is_apart = False  # below: the code of the cell is below its prompt
    for number, line in enumerate(lines, 1):
        if match := IPYTHON.fullmatch(line):
            session.keep_space(number, is_apart=is_apart)
            cell = session.begin(number, match["code"] or "", len(match["indent"]))
            is_code, is_below, is_apart = True, not match["code"], False
        elif cell and is_code and (match := IPYTHON_MORE.fullmatch(line)):
            cell.lines.append((number, match["code"] or ""))
        elif cell and (match := IPYTHON_OUTPUT.match(line)):
            cell.take_output(number, line[match.end() :].strip())
            is_code = is_below = is_apart = False
        elif cell and is_below and line:
            cell.continue_below(number, line, is_apart=is_apart)
            is_apart = False
        elif line:
            _take_output(cell, line, number, is_apart=is_apart)
            is_code = is_apart = False
        else:
            is_apart = True


def _check(session: _Session, code: LiveCode) -> bool:
    """Raise the error for the first statement that is not Python.

    Returns whether the only statement is wrong on purpose.
    """
    if code.source.startswith(" "):
        raise BlockError(code.line_in_block(1), "more than one space follows the prompt. Remove all but one")
    error = why_not(code.source)
    if error is None:
        return False
    for statement in session.statements:
        mistake = why_not(statement.source)
        if mistake is None:
            continue
        if statement.output and _is_incomplete(statement.source):
            raise BlockError(
                statement.lines[-1][0] + 1,
                "the statement above is incomplete, and this line has no prompt. Write '... ' before each "
                "line that continues a statement",
            )
        line = statement.lines[min(mistake.lineno or 1, len(statement.lines)) - 1][0]
        if any(map(_ON_PURPOSE.match, statement.output)):
            if len(session.statements) == 1:
                return True
            raise BlockError(
                line, "this statement is not Python, as its output says. Write it in a separate block"
            )
        if not is_of_newer_python(statement.source, mistake):
            raise BlockError(line, describe(mistake))
    if not is_of_newer_python(code.source, error):
        raise BlockError(code.line_in_block(error.lineno or 1), describe(error))
    return False


def _is_incomplete(source: str) -> bool:
    try:
        with warnings.catch_warnings(action="ignore"):
            return codeop.compile_command(source, symbol="exec") is None
    except (SyntaxError, ValueError, OverflowError):
        return False
