"""The edit of a file that makes the documented output of a statement what it has shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pyrun_core.problems import Location
from pyrun_core.proof.checked import CheckedExample, DocumentedOutput
from pyrun_core.proof.compare.comparison import rules_for
from pyrun_core.proof.compare.exceptions import documented_exception
from pyrun_core.proof.compare.ladder import agree
from pyrun_core.proof.compare.print_comments import printed_outputs
from pyrun_core.proof.compare.rules import Rules, Tolerance
from pyrun_core.proof.compare.shown import Statements
from pyrun_core.proof.fix.author_file import AuthorFile, Edit, RefusedError
from pyrun_core.proof.fix.blocks import Block, check_new, comment_block, output_block, session_block
from pyrun_core.proof.fix.new_output import new_lines
from pyrun_core.proof.fix.surroundings import check_place
from pyrun_core.proof.verdict import Finding

__all__ = ["edit_for"]

_MakeEdit = Callable[[AuthorFile], Edit]

_FIXABLE = frozenset({"output", "missing-output", "exception-differs"})


def edit_for(example: CheckedExample, finding: Finding, rules: Rules) -> tuple[Location, _MakeEdit]:
    """The location of the statement, and a function that makes the edit in its file.

    Both raise an error if there is no safe edit.

    Raises:
        RefusedError: only the author can know what is right.
    """
    _check_reason(finding)
    here = rules_for(example, finding.line, rules)
    if finding.expected and agree(finding.expected, finding.got, _with_order(here)) is not None:
        raise RefusedError("only the order of a set or a dictionary differs. Tolerate 'order'")
    output = _text(finding, here)
    check_new(output, is_session=example.has_prompts)
    find = _place(example, finding)
    is_comment, is_apart = isinstance(find, _Comments), isinstance(find, _Output)

    def make(file: AuthorFile) -> Edit:
        block = find(file.lines)
        edit = Edit(block.first, block.lines, block.written(_trimmed(output) if is_apart else output))
        check_place(file, edit, is_comment=is_comment)
        return edit

    return find.location, make


def _check_reason(finding: Finding) -> None:
    reason = finding.reason
    if reason.is_of_browser:
        raise RefusedError("the documented output is right where Python is installed")
    if reason.name == "no-output":
        raise RefusedError("the statement shows nothing. Remove the documented output if that is right")
    if reason.name not in _FIXABLE:
        raise RefusedError("only documented outputs are corrected")


def _with_order(rules: Rules) -> Rules:
    return replace(rules, tolerances=rules.tolerances | {Tolerance.ORDER})


def _text(finding: Finding, rules: Rules) -> list[str]:
    """The lines of the new output. A traceback keeps what its author wrote above the exception."""
    expected = documented_exception(finding.expected)
    if finding.reason.name != "exception-differs" or expected is None:
        return new_lines(finding.expected, finding.got, rules)
    head = finding.expected.rstrip().removesuffix(expected.text)
    return [*head.rstrip("\n").split("\n"), *new_lines(expected.text, finding.got, rules)]


def _trimmed(output: list[str]) -> list[str]:
    """Without empty lines at the end, which end the block."""
    return "\n".join(output).rstrip("\n").split("\n")


@dataclass(frozen=True)
class _Session:
    """Below a statement with prompts, whose first and last line are at these locations."""

    location: Location
    last: int
    expected: str

    def __call__(self, lines: Sequence[str]) -> Block:
        return session_block(lines, self.location.line or 0, self.last, self.expected)


@dataclass(frozen=True)
class _Output:
    """In a block with nothing but the output."""

    location: Location
    expected: str

    def __call__(self, lines: Sequence[str]) -> Block:
        return output_block(lines, self.location.line or 0, self.expected)


@dataclass(frozen=True)
class _Comments:
    """In comments below a call of `print`."""

    location: Location
    expected: str

    def __call__(self, lines: Sequence[str]) -> Block:
        return comment_block(lines, self.location.line or 0, self.expected)


def _place(example: CheckedExample, finding: Finding) -> _Session | _Output | _Comments:
    place: _Session | _Output | _Comments
    if example.has_prompts:
        place = _session_place(example, finding)
    elif example.outputs:
        place = _output_place(example.outputs, finding)
    else:
        place = _comment_place(example, finding)
    if place.location.line is None:
        raise RefusedError("the line of the output in its file is not known")
    return place


def _session_place(example: CheckedExample, finding: Finding) -> _Session:
    statements = Statements(example.source)
    first = example.where(statements.first_line(finding.line))
    last = example.where(finding.line)
    if last.file != first.file or last.line is None:
        raise RefusedError("the line of the output in its file is not known")
    return _Session(first, last.line, finding.expected)


def _output_place(outputs: Sequence[DocumentedOutput], finding: Finding) -> _Output:
    found = [output for output in outputs if output.line == finding.line and output.is_apart]
    if len(found) != 1 or found[0].text != finding.expected:
        raise RefusedError("it is not known which block has printed what")
    return _Output(found[0].location, finding.expected)


def _comment_place(example: CheckedExample, finding: Finding) -> _Comments:
    found = [output for output in printed_outputs(example.source) if output.line == finding.line]
    if not found or found[0].text != finding.expected:
        raise RefusedError("it is not known which call of print() has printed what")
    if found[0].is_string:
        raise RefusedError("a formatter lays out outputs that are strings")
    return _Comments(example.where(found[0].first), finding.expected)
