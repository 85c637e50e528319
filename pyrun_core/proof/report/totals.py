"""How many examples a check has found, by verdict and by reason."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pyrun_core.proof.verdict import Proof, Verdict

__all__ = ["Totals", "describe_totals"]


@dataclass(frozen=True)
class Totals:
    """The counts of a check.

    ``found`` counts the examples of the documentation, live or not; None if that is not known.
    ``tolerated`` counts proven examples that need a tolerance. ``reasons`` are those of failing examples, by
    how many examples have them, ``tolerances`` those by how many statements need them. ``cached`` counts
    examples whose outcome was known from an earlier check.
    """

    live: int
    proven: int
    failing: int
    skipped: int
    not_checked: int
    tolerated: int = 0
    found: int | None = None
    cached: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    tolerances: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, proofs: Sequence[Proof], *, found: int | None = None, cached: int = 0) -> "Totals":
        """Those of all examples of a site."""
        verdicts = Counter(proof.verdict for proof in proofs)
        reasons = Counter(
            name for proof in proofs for name in {finding.reason.name for finding in proof.findings}
        )
        tolerances = Counter(use.tolerance.value for proof in proofs for use in proof.uses)
        return cls(
            live=len(proofs),
            proven=verdicts[Verdict.PROVEN],
            failing=verdicts[Verdict.FAILING],
            skipped=verdicts[Verdict.SKIPPED],
            not_checked=verdicts[Verdict.NOT_CHECKED],
            tolerated=sum(proof.verdict is Verdict.PROVEN and bool(proof.uses) for proof in proofs),
            found=found,
            cached=cached,
            reasons=_most_first(reasons),
            tolerances=_most_first(tolerances),
        )

    @property
    def is_proven(self) -> bool:
        """Whether nothing fails, and nothing was left unchecked because something fails."""
        return not self.failing and not self.not_checked


def _most_first(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def describe_totals(totals: Totals, seconds: float | None = None) -> str:
    """All of it in a line."""
    if not totals.live:
        return "There are no live examples to check."
    proven = f"{totals.proven} proven"
    if totals.tolerated:
        proven += f" ({totals.tolerated} by tolerances)"
    others = [
        (totals.failing, "failing"),
        (totals.not_checked, "not checked"),
        (totals.skipped, "skipped"),
    ]
    counts = [proven, *(f"{count} {word}" for count, word in others if count)]
    live = f"{totals.live} live example{'' if totals.live == 1 else 's'}"
    if totals.found not in {None, totals.live}:
        live += f" of {totals.found} found"
    line = f"{live}: {', '.join(counts)}"
    notes = [f"in {seconds:.1f} s"] if seconds is not None else []
    if totals.cached:
        notes.append(f"{totals.cached} from the cache")
    return f"{line} ({', '.join(notes)})" if notes else line
