"""The code of an existing block without the comments that hide lines of it."""

from dataclasses import replace

from pyrun_core.examples.hidden_lines import hide_lines, picked_lines
from pyrun_core.live.code import LiveCode
from pyrun_core.problems import Location, Problem, Report

__all__ = ["without_comments"]


def without_comments(code: LiveCode, report: Report, location: Location) -> LiveCode:
    """The code without these comments, whose lines are known. Wrong ones are reported."""
    found = hide_lines(code.source)
    if found is None:
        return code
    places = list(code.provenance.locations())
    for mistake in found.mistakes:
        place = places[mistake.line - 1] if mistake.line <= len(places) else location
        report(Problem.HIDDEN, mistake.message, location if place.line is None else place)
    numbers = {number: index for index, number in enumerate(found.kept, 1)}
    # A comment can be the last line of a statement with output.
    expected = tuple((_kept(line, numbers), text) for line, text in code.expected)
    flags = tuple(
        each._replace(line=_kept(each.line, numbers), first=_kept(each.first, numbers) if each.first else 0)
        for each in code.provenance.flags
    )
    lines = picked_lines(code.provenance.lines, found.kept)
    return replace(
        code,
        source=found.pick(code.source),
        expected=expected,
        lines=tuple(code.lines[line - 1] for line in found.kept) if code.lines else (),
        provenance=replace(code.provenance, lines=lines, flags=flags),
        hidden=found.hidden,
    )


def _kept(line: int, numbers: dict[int, int]) -> int:
    """A line in the code without comments: that of the last line before it that is kept."""
    return next((numbers[above] for above in range(line, 0, -1) if above in numbers), 1)
