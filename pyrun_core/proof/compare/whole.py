"""Compares an example that runs as a whole: its documented outputs follow each other in what it prints."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pyrun_core.outputs.stable import without_addresses
from pyrun_core.proof.compare.comparison import Comparison, agree_on_output
from pyrun_core.proof.compare.exceptions import documented_exception, raised_exception
from pyrun_core.proof.compare.failures import explain_ending, explain_exception
from pyrun_core.proof.compare.ladder import Uses, agree, agree_on_exception
from pyrun_core.proof.compare.normal_forms import (
    sort_braces,
    without_help_links,
    without_layout,
)
from pyrun_core.proof.compare.print_comments import printed_outputs
from pyrun_core.proof.compare.raising import is_meant
from pyrun_core.proof.compare.rules import Rules, Tolerance
from pyrun_core.proof.compare.sessions import explain_other_exception
from pyrun_core.proof.compare.shown import Shown, shown_in_all

__all__ = ["Chunk", "chunks_of", "compare_whole", "split_lines"]


@dataclass(frozen=True)
class Chunk:
    """A documented output: the last line of its statement in the source, and its text.

    ``is_comment``: it is below a call of `print`, as `print_comments` reads it. ``comes_later``: that call is
    in a function.
    """

    line: int
    text: str
    is_comment: bool = False
    comes_later: bool = False


def chunks_of(comparison: Comparison) -> list[Chunk]:
    """The documented outputs of an example without prompts."""
    example = comparison.example
    if example.outputs:
        return [Chunk(output.line, output.text) for output in example.outputs]
    return [
        Chunk(each.line, each.text, is_comment=True, comes_later=each.is_in_function)
        for each in printed_outputs(example.source)
    ]


def compare_whole(comparison: Comparison) -> None:
    """Compare what the example has printed, and how it ended."""
    outcome = comparison.outcome
    chunks = chunks_of(comparison)
    shown = shown_in_all(outcome.parts)
    if reason := explain_ending(outcome):
        comparison.unreached = len(chunks)
        comparison.refuse(comparison.statements.last_line(outcome.line or 0), reason)
        return
    if outcome.ending == "error" and not is_meant(outcome, comparison.example.raises):
        _compare_end(comparison, chunks, shown)
        return
    chunks = [chunk for chunk in chunks if not comparison.rules_at(chunk.line).skips]
    if chunks:
        _compare_chunks(comparison, chunks, shown)


def _compare_end(comparison: Comparison, chunks: Sequence[Chunk], shown: Shown) -> None:
    outcome = comparison.outcome
    line = comparison.statements.last_line(outcome.line or 0)
    raised = raised_exception(shown.traceback)
    expected = documented_exception(chunks[-1].text) if chunks else None
    if expected and raised:
        uses = agree_on_exception(expected, raised, comparison.rules_at(chunks[-1].line))
        if uses is not None:
            comparison.accept(chunks[-1].line, uses)
            return
        reason = explain_other_exception(comparison, line, expected, raised)
        comparison.refuse(chunks[-1].line, reason, expected=chunks[-1].text, got=raised.text)
        return
    comparison.unreached = len(chunks)
    reason = explain_exception(raised, comparison.statements.text(line), outcome)
    comparison.refuse(line, reason, got=shown.everything)


def _compare_chunks(comparison: Comparison, chunks: Sequence[Chunk], shown: Shown) -> None:
    rules = _rules(comparison, chunks)
    want = "\n".join(chunk.text for chunk in chunks)
    parts = split_lines(chunks, shown.printed)
    if len(parts) == len(chunks) > 1:
        _compare_each(comparison, chunks, parts, shown)
        return
    uses = agree_on_output(want, shown, rules, [shown.printed, shown.text])
    if uses is None and all(chunk.is_comment for chunk in chunks):
        uses = _agree_in_any_order(chunks, shown.printed, rules)
    if uses is not None:
        comparison.accept(chunks[0].line, uses)
        return
    line = _first_different(chunks, shown.printed, rules)
    comparison.differs(line, want, replace(shown, text=shown.printed), rules)


def _compare_each(
    comparison: Comparison, chunks: Sequence[Chunk], parts: Sequence[str], shown: Shown
) -> None:
    """Compare outputs with the same number of lines as the documented ones, one by one."""
    refused: list[tuple[Chunk, str]] = []
    accepted: list[tuple[int, Uses]] = []
    for chunk, part in zip(chunks, parts, strict=True):
        rules = _rules(comparison, [chunk])
        uses = agree_on_output(chunk.text, Shown(part, part, part), rules, [part])
        if uses is None and chunk.is_comment:
            uses = _agree_in_any_order([chunk], part, rules)
        if uses is None:
            refused.append((chunk, part))
        else:
            accepted.append((chunk.line, uses))
    if refused and all(chunk.is_comment for chunk in chunks):
        everything = _agree_in_any_order(chunks, shown.printed, _rules(comparison, chunks))
        if everything is not None:
            comparison.accept(chunks[0].line, everything)
            return
    for line, uses in accepted:
        comparison.accept(line, uses)
    for chunk, part in refused:
        rules = comparison.rules_at(chunk.line)
        comparison.differs(chunk.line, chunk.text, Shown(f"{part}\n", part, part), rules)


def _rules(comparison: Comparison, chunks: Sequence[Chunk]) -> Rules:
    """The rules for all of the chunks. pytest-examples sorts the sets that it documents."""
    rules = comparison.rules_at(chunks[0].line)
    if all(chunk.is_comment for chunk in chunks):
        return replace(rules, tolerances=rules.tolerances | {Tolerance.ORDER})
    return rules


def split_lines(chunks: Sequence[Chunk], printed: str) -> list[str]:
    """The output of each chunk, if there are as many lines as are documented. Otherwise nothing."""
    lines = printed.rstrip("\n").split("\n")
    counts = [chunk.text.count("\n") + 1 for chunk in chunks]
    if sum(counts) != len(lines):
        return []
    parts: list[str] = []
    for count in counts:
        parts.append("\n".join(lines[:count]))
        lines = lines[count:]
    return parts


def _agree_in_any_order(chunks: Sequence[Chunk], printed: str, rules: Rules) -> Uses | None:
    """Whether an output consists of the documented ones, laid out by a formatter.

    Their order in the source is that of the run, except for functions, which print when they are called.
    """
    if Tolerance.FORMATTING not in rules.tolerances:
        return None
    lines = without_help_links(f"\n{printed}").removeprefix("\n").removesuffix("\n").split("\n")
    waiting = list(chunks)
    while waiting:
        in_order = next((chunk for chunk in waiting if not chunk.comes_later), None)
        counts = {
            index: _count_lines(chunk.text, lines)
            for index, chunk in enumerate(waiting)
            if chunk.comes_later or chunk is in_order
        }
        found = next((index for index, count in counts.items() if count), None)
        if found is None:
            return None
        del waiting[found], lines[: counts[found]]
    return None if any(map(str.strip, lines)) else (Tolerance.FORMATTING,)


def _count_lines(documented: str, lines: Sequence[str]) -> int:
    """How many of the printed lines are a documented output in another layout; 0 if none are."""
    wanted = _laid_out(documented)
    for count in range(1, len(lines) + 1):
        shown = _laid_out("\n".join(lines[:count]))
        if shown == wanted:
            return count
        if len(shown) > len(wanted):
            break
    return 0


def _laid_out(text: str) -> str:
    return without_layout(sort_braces(without_addresses(without_help_links(f"\n{text}"))))


def _first_different(chunks: Sequence[Chunk], printed: str, rules: Rules) -> int:
    """The line of the first statement whose documented output is not next in what was printed."""
    rest = printed
    for chunk in chunks:
        count = chunk.text.count("\n") + 1
        lines = rest.split("\n")
        if agree(chunk.text, "\n".join(lines[:count]), rules) is None:
            return chunk.line
        rest = "\n".join(lines[count:])
    return chunks[-1].line
