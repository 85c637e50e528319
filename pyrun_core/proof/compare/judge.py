"""The verdict on each example of a page."""

from dataclasses import dataclass, field

from pyrun_core.live.free_names import find_defined_names, find_free_names
from pyrun_core.options.declare import ISOLATED_SESSION, PAGE_SESSION
from pyrun_core.problems import Location
from pyrun_core.proof.checked import CheckedExample, CheckedPage
from pyrun_core.proof.compare.comparison import Comparison
from pyrun_core.proof.compare.raising import missing_exception
from pyrun_core.proof.compare.rules import Rules
from pyrun_core.proof.compare.sessions import compare_session
from pyrun_core.proof.compare.shown import Statements
from pyrun_core.proof.compare.whole import compare_whole
from pyrun_core.proof.outcomes import CellOutcome, PageOutcome
from pyrun_core.proof.verdict import Proof, Verdict

__all__ = ["judge_example", "judge_page"]

_DEFAULT = Rules()


def judge_page(page: CheckedPage, outcome: PageOutcome, rules: Rules = _DEFAULT) -> tuple[Proof, ...]:
    """The verdicts on the examples of a page, in its order.

    An example that does not find a name is not blamed if an example above it in the session has failed, and
    neither is one that uses a name which that example did not come to define.
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
    """What examples have left undone whose run did not reach its end, by session.

    That is the first of these examples, and for each name that they did not come to define, which one it was.
    """

    _first: dict[str, Location] = field(default_factory=dict)
    _names: dict[str, dict[str, Location]] = field(default_factory=dict)

    def note(self, proof: Proof, outcome: CellOutcome | None) -> None:
        session = self._session(proof)
        if not outcome or outcome.ending == "lost":
            return
        if outcome.ending == "done":
            for name in find_defined_names(proof.example.source) if session in self._names else ():
                self._names[session].pop(name, None)
        elif proof.verdict is not Verdict.PROVEN:
            self._first.setdefault(session, proof.location)
            undone = find_defined_names(_from_line(proof.example.source, outcome.line or 1))
            self._names.setdefault(session, {}).update(dict.fromkeys(undone, proof.location))

    def excuse(self, proof: Proof) -> Proof:
        """The verdict, unless the reason can be an example above."""
        session = self._session(proof)
        is_alone = proof.example.session == ISOLATED_SESSION
        if proof.verdict is not Verdict.FAILING or is_alone or session not in self._first:
            return proof
        if all(finding.reason.name == "name" for finding in proof.findings):
            sentence = proof.findings[0].reason.sentence
            why = f"{sentence} The example at {self._first[session]} fails before it, in the same session."
            return Proof(proof.example, Verdict.NOT_CHECKED, why=why, seconds=proof.seconds)
        undone = self._names.get(session, {})
        name = next((each for each in find_free_names([proof.example.source]) if each in undone), None)
        if name is None:
            return proof
        cause = f"The example at {undone[name]}, in the same session, fails before it has set it."
        why = f"It uses '{name}'. {cause}"
        return Proof(proof.example, Verdict.NOT_CHECKED, why=why, seconds=proof.seconds)

    @staticmethod
    def _session(proof: Proof) -> str:
        return proof.example.session or PAGE_SESSION


def _from_line(source: str, line: int) -> str:
    """The code from the statement on that is in a line."""
    statements = Statements(source)
    first = statements.first_line(statements.last_line(line))
    return "\n".join(statements.lines[first - 1 :])
