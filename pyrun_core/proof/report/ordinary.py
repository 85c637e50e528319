"""A few lines for a build about the blocks that stay as they are."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pyrun_core.proof.report.terminal import defuse
from pyrun_core.proof.verdict import Proof

__all__ = ["describe_ordinary"]

_MOST_LINES = 5


def describe_ordinary(ordinary: Sequence[Proof]) -> Iterator[str]:
    """Where the first of them are and why, then how many there are."""
    for proof in ordinary[:_MOST_LINES]:
        yield f"{proof.location}: the block stays as it is. {defuse(proof.message)}"
    if not ordinary:
        return
    count = len(ordinary)
    what = (
        "1 block stays as it is, because it fails"
        if count == 1
        else f"{count} blocks stay as they are, because they fail"
    )
    names = Counter(proof.findings[0].reason.name for proof in ordinary if proof.findings)
    reasons = ", ".join(f"{name} {number}" for name, number in names.most_common())
    more = f": {reasons}" if reasons else ""
    yield f"{what} for readers{more}. 'pyrun check' shows the details"
