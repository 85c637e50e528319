"""What a check has found out about an example."""

from dataclasses import dataclass, field
from enum import Enum

from pyrun_core.problems import Location
from pyrun_core.proof.checked import CheckedExample
from pyrun_core.proof.compare.rules import Tolerance
from pyrun_core.proof.outcomes import Part
from pyrun_core.proof.report.terminal import defuse

__all__ = ["Finding", "Proof", "Reason", "ToleranceUse", "Verdict"]


class Verdict(Enum):
    """The verdict on an example. The value is the word of reports."""

    PROVEN = "proven"
    """It has run, and has shown what is documented."""

    FAILING = "failing"
    """It fails, or its output differs from the documented output."""

    SKIPPED = "skipped"
    """Its author does not want it checked."""

    NOT_CHECKED = "not checked"
    """It could not be checked, because an example that runs before it fails."""


@dataclass(frozen=True)
class Reason:
    """Why an example fails. ``name`` is the category, the same word in all reports.

    ``sentence`` says what happened and ``cure`` what an author can do. ``is_of_browser``: the example works
    elsewhere, and fails because of what a browser lacks.
    """

    name: str
    sentence: str
    cure: str
    is_of_browser: bool = False

    def __str__(self) -> str:
        return f"{self.sentence} {self.cure}".strip()


@dataclass(frozen=True)
class Finding:
    """Something wrong with a statement, or with the example as a whole.

    ``line`` is the last line of the statement in the source, from 1. ``expected`` and ``got`` are empty if
    there is nothing to compare. ``errors`` is what the statement wrote to standard error.
    """

    location: Location
    line: int
    statement: str
    reason: Reason
    expected: str = ""
    got: str = ""
    errors: str = ""


@dataclass(frozen=True)
class ToleranceUse:
    """A statement that counts as proven only by a tolerance."""

    tolerance: Tolerance
    location: Location
    line: int
    statement: str


@dataclass(frozen=True)
class Proof:
    """The verdict on an example, with its reasons.

    ``why`` says why an example was skipped or not checked. ``unreached`` counts the documented outputs of
    statements that did not run. ``parts`` are what it has shown.
    """

    example: CheckedExample
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    uses: tuple[ToleranceUse, ...] = ()
    why: str = ""
    seconds: float = 0.0
    unreached: int = 0
    parts: tuple[Part, ...] = field(default=(), repr=False)

    @property
    def location(self) -> Location:
        """Where the first thing is wrong; the location of the example if nothing is."""
        return self.findings[0].location if self.findings else self.example.location

    @property
    def message(self) -> str:
        """What is wrong, in a line for a warning of a build, without characters that control a terminal."""
        if not self.findings:
            return defuse(self.why)
        first = defuse(str(self.findings[0].reason))
        more = len(self.findings) - 1
        return f"{first}{f' ({more} more in this example)' if more else ''}"
