"""The option ``live-only: proven``: which examples stay ordinary blocks, because they fail for readers."""

from collections.abc import Sequence

from pyrun_core.proof.check import Check
from pyrun_core.proof.checked import CheckedExample, CheckedPage
from pyrun_core.proof.verdict import Proof, Verdict

__all__ = ["find_proofs"]

_NOT_PROVEN = frozenset({Verdict.FAILING, Verdict.NOT_CHECKED})


def find_proofs(
    check: Check, pages: Sequence[CheckedPage], *, only_proven: bool
) -> tuple[list[Proof], list[Proof]]:
    """The verdicts on the examples that are live, and those on the examples that stay ordinary blocks.

    Without ``only_proven``, all stay live. Only an example that the option ``live`` has made live can stay an
    ordinary block. The others of its page then run without it, as for readers, until none of them fails.

    Raises:
        PyrunError: the examples cannot be run.
    """
    ordinary: list[Proof] = []
    while True:
        proofs = check.proofs(pages)
        failing = [proof for proof in proofs if proof.verdict in _NOT_PROVEN and proof.example.by_option]
        if not failing or not only_proven:
            return proofs, ordinary
        ordinary += failing
        left_out: set[CheckedExample] = {proof.example for proof in failing}
        remaining = [page.without(left_out) for page in pages]
        pages = [page for page in remaining if page.examples]
