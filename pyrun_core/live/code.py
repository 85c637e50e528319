"""The code of existing blocks, with the outputs that the author documented, for one example."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pyrun_core.examples.provenance import (
    FileLines,
    Flag,
    OutputPlace,
    Provenance,
    StatementFlags,
    join_lines,
)
from pyrun_core.examples.syntax import is_of_newer_python
from pyrun_core.live.doctest_flags import BLANK_LINE
from pyrun_syntax.notebook import find_error, understand
from pyrun_syntax.oddities import explain

__all__ = [
    "BlockError",
    "LiveCode",
    "describe",
    "documented_output",
    "join_code",
    "read_code",
    "why_not",
]


class BlockError(ValueError):
    """A block that cannot go live. The message says why, and how to mend it. ``line`` is in the block."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"the block stays as it is, because {what}")
        self.line = line


@dataclass(frozen=True)
class LiveCode:
    """What a reader runs instead of the blocks that the author wrote.

    ``expected`` is as in `pyrun_core.examples.example.Example`. ``lines`` has the line of the block, from 1,
    for each line of the source. ``output_lines`` has that of each documented output in it. ``flags`` are
    those of doctest. ``has_prompts``: the block is a session. ``stands_alone``: no other block can belong to
    the same example. ``provenance`` is known once the code is `placed`. After `join_code`, it alone says
    where the lines are. ``hidden`` are the lines that pages fold away, once the comments are taken out
    (`pyrun_core.live.hidden_code`).
    """

    source: str
    expected: tuple[tuple[int, str], ...] = ()
    lines: Sequence[int] = ()
    output_lines: tuple[int, ...] = ()
    flags: tuple[StatementFlags, ...] = ()
    has_prompts: bool = False
    stands_alone: bool = False
    provenance: Provenance = Provenance()  # noqa: RUF009 - it is frozen
    hidden: tuple[int, ...] = ()

    def placed(self, file: str, first: int | None) -> "LiveCode":
        """The code of one block whose first line is in the file at ``first``, or at an unknown line."""
        outputs = tuple(OutputPlace(file, first + line - 1 if first else 0) for line in self.output_lines)
        lines = (FileLines(file, _numbers(self.lines, first)),) if self.lines else ()
        provenance = Provenance(lines, outputs, self.flags, by_option=True, has_prompts=self.has_prompts)
        return LiveCode(  # `replace` takes three times as long, for each block of a site
            self.source,
            self.expected,
            self.lines,
            self.output_lines,
            self.flags,
            self.has_prompts,
            self.stands_alone,
            provenance,
        )

    def by_choice(self) -> "LiveCode":
        """The same code of a block that its author has made live by a comment or a directive."""
        return replace(self, provenance=replace(self.provenance, by_option=False))

    def with_output(
        self, text: str, place: OutputPlace | None = None, flags: tuple[Flag, ...] = ()
    ) -> "LiveCode":
        """The same code, with the documented output of all of it, which is in another block."""
        output = documented_output(text.split("\n"))
        if not output:
            return self
        line = self.source.count("\n") + 1
        known = self.provenance
        provenance = replace(
            known,
            outputs=(*known.outputs, place or OutputPlace("", 0, is_apart=True)),
            flags=(*known.flags, *([StatementFlags(line, flags, 1)] if flags else [])),
        )
        return replace(self, expected=(*self.expected, (line, output)), provenance=provenance)

    def with_flags(self, flags: tuple[Flag, ...]) -> "LiveCode":
        """The same code, with flags that its block sets for all statements.

        Those of a statement override them.
        """
        if not flags:
            return self
        known = self.provenance
        everywhere = StatementFlags(self.source.count("\n") + 1, flags, 1)
        return replace(self, provenance=replace(known, flags=(everywhere, *known.flags)))

    def line_in_block(self, line: int) -> int:
        """Where a line of the source was. Lines count from 1; those beyond the last one count as the last."""
        return self.lines[min(line, len(self.lines)) - 1]


def _numbers(lines: Sequence[int], first: int | None) -> Sequence[int]:
    """The lines of a block in a file that has its first line at ``first``."""
    if not first:
        return (0,) * len(lines)
    if isinstance(lines, range):
        return range(lines.start + first - 1, lines.stop + first - 1)
    return tuple(line + first - 1 for line in lines)


def read_code(text: str) -> LiveCode:
    """The code of a block without prompts. Empty lines around it are removed.

    Raises:
        BlockError: there is no code in it, or it is not Python.
    """
    lines = text.split("\n")
    filled = [index for index, line in enumerate(lines) if line.strip()]
    if not filled:
        raise BlockError(1, "it has no code. Add code, or remove the block")
    first, end = filled[0], filled[-1] + 1
    source = "\n".join(lines[first:end])
    error = why_not(source)
    if error and not is_of_newer_python(source, error):
        raise BlockError(first + (error.lineno or 1), describe(error))
    return LiveCode(source, lines=range(first + 1, end + 1))


def why_not(source: str) -> SyntaxError | None:
    """Why code is neither Python nor what a notebook understands. None if it is."""
    error = find_error(source)
    if error is not None and (understood := understand(source)):
        error = understood.error
    return error


def describe(error: SyntaxError) -> str:
    """What is wrong with the line of an error, and the cure."""
    sentence = explain(error) or f"{str(error.msg)[:1].upper()}{str(error.msg)[1:]}. Correct it"
    return f"this line is not Python. {sentence.removesuffix('.')}"


def join_code(parts: Sequence[LiveCode]) -> LiveCode:
    """One example of several blocks, with an empty line between them."""
    if len(parts) == 1:
        return parts[0]
    sources: list[str] = []
    expected: list[tuple[int, str]] = []
    above = 0
    lines: list[FileLines] = []
    outputs: list[OutputPlace] = []
    flags: list[StatementFlags] = []
    hidden: list[int] = []
    by_option = has_prompts = True
    for part in parts:
        known = part.provenance
        by_option = by_option and known.by_option
        has_prompts = has_prompts and known.has_prompts
        if lines:  # the empty line
            lines.append(FileLines(lines[-1].file, lines[-1].numbers[-1:]))
        expected += [(line + above, text) for line, text in part.expected]
        flags += [each.below(above) for each in known.flags]
        hidden += [line + above for line in part.hidden]
        above += part.source.count("\n") + 2
        lines += known.lines
        outputs += known.outputs
        sources.append(part.source)
    provenance = Provenance(
        join_lines(lines), tuple(outputs), tuple(flags), by_option=by_option, has_prompts=has_prompts
    )
    return LiveCode("\n\n".join(sources), tuple(expected), provenance=provenance, hidden=tuple(hidden))


def documented_output(lines: Iterable[str]) -> str:
    """The text of an output as the code writes it. Empty lines around the lines are not part of it."""
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    return "\n".join("" if line.strip() == BLANK_LINE else line for line in text.split("\n"))
