"""One example and its outcome, and what has been found out so far."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from pyrun_core.problems import Location
from pyrun_core.proof.checked import CheckedExample
from pyrun_core.proof.compare.differences import Difference, explain_difference
from pyrun_core.proof.compare.ladder import Uses, agree
from pyrun_core.proof.compare.rules import Rules, Tolerance
from pyrun_core.proof.compare.shown import Shown, Statements
from pyrun_core.proof.outcomes import CellOutcome
from pyrun_core.proof.verdict import Finding, Reason, ToleranceUse

__all__ = ["Comparison", "agree_on_output", "rules_for"]


_DESCRIPTION = re.compile(r"[\[( ]*(?:<|\.\.\.|[^\W\d][\w.]*\()")
"""The beginning of ``<Figure size 640x480 with 1 Axes>``, ``[<Line2D ...>]`` or ``Figure(640x480)``."""


@dataclass
class Comparison:
    """Collects findings and uses of tolerances. ``rules`` are those of the check."""

    example: CheckedExample
    outcome: CellOutcome
    rules: Rules
    findings: list[Finding] = field(default_factory=list)
    uses: list[ToleranceUse] = field(default_factory=list)
    unreached: int = 0

    @cached_property
    def statements(self) -> Statements:
        """The statements of the example."""
        return Statements(self.example.source)

    def rules_at(self, line: int) -> Rules:
        """The rules for the statement that ends in a line."""
        return rules_for(self.example, line, self.rules)

    def accept(self, line: int, uses: Uses) -> None:
        """Note that a statement is proven, and by which tolerances."""
        where, text = self._place(line, is_output=True)
        self.uses += [ToleranceUse(use, where, line, text) for use in uses]

    def refuse(
        self, line: int, reason: Reason, *, expected: str = "", got: str = "", errors: str = ""
    ) -> None:
        """Note that a statement is wrong."""
        texts = (expected, got.removesuffix("\n"), errors.removesuffix("\n"))
        where, statement = self._place(line, is_output=bool(expected))
        self.findings.append(Finding(where, line, statement, reason, *texts))

    def differs(self, line: int, expected: str, shown: Shown, rules: Rules) -> None:
        """Note that the output of a statement differs from the documented output."""
        statement = self.statements.text(line)
        difference = Difference(statement, expected, shown.text, shown.errors, rules, self.outcome)
        reason = explain_difference(difference)
        self.refuse(line, reason, expected=expected, got=shown.text, errors=shown.errors)

    def _place(self, line: int, *, is_output: bool) -> tuple[Location, str]:
        """Where a statement is, and its text. For an output in another block: where that is, and all code."""
        above = 0
        for output in self.example.outputs if is_output else ():
            if output.is_apart and output.line == line:
                code = "\n".join(self.statements.lines[above:line]).strip("\n")
                where = output.location if output.location.line else self.example.where(above + 1)
                return where, code
            above = output.line
        where = self.example.where(self.statements.first_line(line))
        return where if where.line else self.example.location, self.statements.text(line)


def rules_for(example: CheckedExample, line: int, rules: Rules) -> Rules:
    """The rules for the statement of an example that ends in a line. Later flags override earlier ones."""
    entries = (each for each in example.flags if each.first <= line <= each.line)
    return rules.with_flags([*example.default_flags, *(flag for each in entries for flag in each.flags)])


def agree_on_output(want: str, shown: Shown, rules: Rules, texts: Iterable[str]) -> Uses | None:
    """The tolerances by which one of the texts of an output agrees with the documented one."""
    if rules.ignores_output:
        return (Tolerance.VARIES,)
    for text in texts:
        uses = agree(want, text, rules)
        if uses is not None:
            return uses
    if want and shown.errors and Tolerance.STDERR in rules.tolerances:
        uses = agree(want, shown.everything, rules)
        if uses is not None:
            return (Tolerance.STDERR, *uses)
    if want and shown.is_rich and Tolerance.DISPLAYED in rules.tolerances and _is_description(want, shown):
        return (Tolerance.DISPLAYED,)
    if not want and Tolerance.MISSING in rules.tolerances:
        return (Tolerance.MISSING,)
    return None


def _is_description(want: str, shown: Shown) -> bool:
    """Whether a documented output describes an object that the page shows as a picture or a table."""
    return not shown.printed.strip() and _DESCRIPTION.match(want) is not None
