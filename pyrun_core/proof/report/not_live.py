"""Blocks that are not live: all of them for reports, and a few lines about those that fail for a build."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pyrun_core.live.left_alone import LeftAlone
from pyrun_core.problems import Location
from pyrun_core.proof.report.terminal import defuse
from pyrun_core.proof.verdict import Proof

__all__ = ["NotLive", "describe_ordinary", "list_not_live"]

_MOST_LINES = 5


class NotLive(NamedTuple):
    """A block that is not live, and why."""

    location: Location
    why: str


def list_not_live(ordinary: Iterable[Proof], left_alone: Iterable[LeftAlone]) -> list[NotLive]:
    """The blocks that are not proven, then those that ``live`` finds and that stay as they are anyway."""
    return [
        *(NotLive(proof.location, proof.message) for proof in ordinary),
        *(NotLive(each.location, each.why) for each in left_alone),
    ]


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
