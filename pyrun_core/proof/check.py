"""A check of a site: its examples are run, or known from an earlier check, and their verdicts found."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyrun_core.problems import Problem, PyrunError, Report
from pyrun_core.proof import runtimes
from pyrun_core.proof.checked import CheckedPage
from pyrun_core.proof.compare.judge import judge_page
from pyrun_core.proof.compare.rules import Rules
from pyrun_core.proof.outcome_cache import OutcomeCache, PageKeys
from pyrun_core.proof.outcomes import PageOutcome, Runner
from pyrun_core.proof.verdict import Proof, Verdict
from pyrun_core.settlement.folder import PyrunFolder
from pyrun_core.settlement.settlement import Settlement

__all__ = ["Check", "report_failing"]

_FOLDER = Path("assets", "pyrun")
_ROOT = "../../"


def _nothing(outcome: PageOutcome, *, is_known: bool) -> None:
    del outcome, is_known


@dataclass(frozen=True)
class Check:
    """How a site is checked.

    ``runtime`` is the name of the runtime, which ``start`` makes when there is something to run. ``cache``
    has the outcomes of earlier checks; ``None`` if every page is to be run. ``note`` is told each outcome,
    and whether it was known before.
    """

    settlement: Settlement
    runtime: str
    start: Callable[[], Runner]
    rules: Rules
    cache: OutcomeCache | None = None
    note: Callable[..., object] = _nothing

    def proofs(self, pages: Sequence[CheckedPage]) -> list[Proof]:
        """The verdicts on all examples, in the order of the pages.

        Raises:
            PyrunError: the examples cannot be run.
        """
        outcomes = self._outcomes(pages)
        rules = replace(self.rules, in_browser=self.runtime in runtimes.OF_PYODIDE)
        return [
            proof for index, page in enumerate(pages) for proof in judge_page(page, outcomes[index], rules)
        ]

    def _outcomes(self, pages: Sequence[CheckedPage]) -> Mapping[int, PageOutcome]:
        """The outcomes of pages, by their index."""
        keys = PageKeys(self.settlement, self.runtime)
        by_index = {index: keys.key(page.job) for index, page in enumerate(pages)} if self.cache else {}
        outcomes: dict[int, PageOutcome] = {}
        waiting: dict[str, int] = {}
        for index, page in enumerate(pages):
            known = self.cache.find(by_index[index], page.job) if self.cache else None
            if len(page.job.skipped) == len(page.job.cells):
                known = PageOutcome(page.job.page, (None,) * len(page.job.cells))
            if known is None:
                waiting[page.job.page] = index
            else:
                outcomes[index] = known
                self.note(known, is_known=True)

        def take(outcome: PageOutcome) -> None:
            index = waiting[outcome.page]
            if index in outcomes:  # a runner reports a page as it ends, and returns it in the end
                return
            outcomes[index] = outcome
            if self.cache:
                self.cache.keep(by_index[index], outcome)
            self.note(outcome, is_known=False)

        if waiting:
            self._run([pages[index] for index in waiting.values()], take)
        missing = [page for page, index in waiting.items() if index not in outcomes]
        if missing:
            raise PyrunError(f"the runtime '{self.runtime}' did not report the examples of {missing[0]}")
        return outcomes

    def _run(self, pages: Sequence[CheckedPage], take: Callable[[PageOutcome], None]) -> None:
        runner = self.start()
        with tempfile.TemporaryDirectory(prefix="pyrun-") as scratch:
            folder = Path(scratch, _FOLDER)
            PyrunFolder(folder, _ROOT).write(self.settlement)
            for outcome in runner.run(folder, [page.job for page in pages], take):
                take(outcome)


def report_failing(proofs: Sequence[Proof], report: Report) -> None:
    """Report each example that fails, for a build."""
    for proof in proofs:
        if proof.verdict is Verdict.FAILING:
            report(Problem.CHECK, proof.message, proof.location)
