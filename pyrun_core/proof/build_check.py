"""A check as a part of a build, which fails by its warnings."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from pyrun_core.problems import Report
from pyrun_core.proof import runtimes
from pyrun_core.proof.check import Check, report_failing
from pyrun_core.proof.checked import Checked, CheckedPage
from pyrun_core.proof.compare.rules import Rules
from pyrun_core.proof.outcome_cache import OutcomeCache
from pyrun_core.proof.outcomes import PageOutcome
from pyrun_core.proof.proven_only import find_proofs
from pyrun_core.proof.report.totals import Totals, describe_totals
from pyrun_core.proof.reports import write_reports
from pyrun_core.proof.stored_outputs import store_outputs
from pyrun_core.settlement.settlement import Settlement

__all__ = ["check_build"]


def check_build(  # noqa: PLR0913 - callers pass most by name
    settlement: Settlement,
    pages: Sequence[CheckedPage],
    report: Report,
    log: Callable[[str], object],
    reports: Path | None = None,
    *,
    only_outputs: bool = False,
) -> Checked:
    """Check all examples, and report those that fail.

    The options of the site say how. ``reports`` is the folder for the reports; ``None`` if none are wanted.
    ``only_outputs``: the site wants no check, but pages show outputs before the first run. Then only those
    pages are checked, and only examples that store their output are reported.

    Raises:
        PyrunError: the examples cannot be run.
    """
    start = time.monotonic()
    if only_outputs:
        pages = [page for page in pages if page.stores_output]
    values = settlement.site.values
    runtime = runtimes.chosen_runtime(values)
    cache = OutcomeCache.of_site(settlement.site.base, runtime) if runtimes.is_cached(runtime) else None
    known: set[str] = set()

    def note(outcome: PageOutcome, *, is_known: bool) -> None:
        if is_known:
            known.add(outcome.page)

    rules = Rules.of(values.get("tolerate", ()))
    check = Check(settlement, runtime, partial(runtimes.make_runner, runtime), rules, cache, note)
    proofs, ordinary = find_proofs(check, pages, values)
    if cache and not only_outputs:
        cache.forget_others()
    report_failing([proof for proof in proofs if not only_outputs or proof.example.stores_output], report)
    for proof in ordinary:
        log(f"{proof.location}: the block stays as it is, because it is not proven. {proof.message}")
    totals = Totals.of(proofs, cached=sum(proof.example.page in known for proof in proofs))
    log(describe_totals(totals, time.monotonic() - start))
    if reports is not None:
        write_reports(reports, proofs, totals, ordinary=ordinary)
    return Checked(
        totals.failing + totals.not_checked,
        frozenset(proof.example for proof in ordinary),
        store_outputs(proofs, log),
    )
