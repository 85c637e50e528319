"""The verdict on each example of a page."""

from dataclasses import dataclass, field

from pyrun_core.options.declare import ISOLATED_SESSION, PAGE_SESSION
from pyrun_core.problems import Location
from pyrun_core.proof.checked import CheckedExample, CheckedPage
from pyrun_core.proof.compare.comparison import Comparison
from pyrun_core.proof.compare.raising import missing_exception
from pyrun_core.proof.compare.rules import Rules
from pyrun_core.proof.compare.sessions import compare_session
from pyrun_core.proof.compare.whole import compare_whole
from pyrun_core.proof.outcomes import CellOutcome, PageOutcome
from pyrun_core.proof.verdict import Proof, Verdict

__all__ = ["judge_example", "judge_page"]

_DEFAULT = Rules()


def judge_page(page: CheckedPage, outcome: PageOutcome, rules: Rules = _DEFAULT) -> tuple[Proof, ...]:
    """The verdicts on the examples of a page, in its order.

    An example that does not find a name is not blamed if an example above it in the session has failed.
    """
    failed = _Failed()
    proofs: list[Proof] = []
    for example, cell in zip(page.examples, outcome.cells, strict=True):
        proof = failed.excuse(judge_example(example, cell, rules))
        failed.note(proof, cell)
        proofs.append(proof)
    return tuple(proofs)


def judge_example(example: CheckedExample, outcome: CellOutcome | None, rules: Rules = _DEFAULT) -> Proof:
    """The verdict on one example."""
    if outcome is None or example.skip:
        return Proof(example, Verdict.SKIPPED, why=example.skip or "It was not run.")
    if outcome.ending == "lost":
        why = outcome.detail or "It could not be run, because of an example above."
        return Proof(example, Verdict.NOT_CHECKED, why=why)
    comparison = Comparison(example, outcome, rules)
    if example.has_prompts:
        compare_session(comparison)
    else:
        compare_whole(comparison)
    if reason := missing_exception(outcome, example.raises):
        comparison.refuse(comparison.statements.last, reason)
    return Proof(
        example,
        Verdict.FAILING if comparison.findings else Verdict.PROVEN,
        tuple(comparison.findings),
        tuple(comparison.uses),
        seconds=outcome.seconds,
        unreached=comparison.unreached,
        parts=outcome.parts,
    )


@dataclass
class _Failed:
    """The examples whose run did not reach its end, by session: names that they define can be missing."""

    _locations: dict[str, Location] = field(default_factory=dict)

    def note(self, proof: Proof, outcome: CellOutcome | None) -> None:
        if proof.verdict is Verdict.FAILING and outcome and outcome.ending != "done":
            self._locations.setdefault(self._session(proof), proof.location)

    def excuse(self, proof: Proof) -> Proof:
        """The verdict, unless the reason can be an example above."""
        cause = self._locations.get(self._session(proof))
        is_excused = proof.verdict is Verdict.FAILING and all(
            finding.reason.name == "name" for finding in proof.findings
        )
        if cause is None or not is_excused or proof.example.session == ISOLATED_SESSION:
            return proof
        sentence = proof.findings[0].reason.sentence
        why = f"{sentence} The example at {cause} fails before it, in the same session."
        return Proof(proof.example, Verdict.NOT_CHECKED, why=why, seconds=proof.seconds)

    @staticmethod
    def _session(proof: Proof) -> str:
        return proof.example.session or PAGE_SESSION
