"""A check as a part of a build: it says which examples are live, and what fails is a warning if asked for."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pyrun_core.live.left_alone import LeftAlone
from pyrun_core.options.checks import WantedCheck, wanted_check
from pyrun_core.options.existing_blocks import ALL, PROVEN
from pyrun_core.problems import Report
from pyrun_core.proof import runtimes
from pyrun_core.proof.check import Check, report_failing
from pyrun_core.proof.checked import Checked, CheckedPage
from pyrun_core.proof.compare.rules import Rules
from pyrun_core.proof.missing_packages import leave_out_missing
from pyrun_core.proof.outcome_cache import OutcomeCache
from pyrun_core.proof.outcomes import PageOutcome, Runner
from pyrun_core.proof.proven_only import find_proofs
from pyrun_core.proof.report.not_live import describe_ordinary, list_not_live
from pyrun_core.proof.report.totals import Totals, describe_totals
from pyrun_core.proof.reports import write_reports
from pyrun_core.proof.stored_outputs import store_outputs
from pyrun_core.proof.verdict import Proof
from pyrun_core.settlement.settlement import Settlement

__all__ = ["Reports", "check_build"]

Log = Callable[[str], object]

_KEPT_DAYS = 30
"""How long outcomes of other pages are kept: a build that has not looked at all pages does not know which of
them still exist."""


class Reports(NamedTuple):
    """The reports of a check: their folder, and the blocks that ``live`` finds and that stay as they are."""

    folder: Path
    left_alone: Sequence[LeftAlone] = ()


def check_build(  # noqa: PLR0913 - callers pass most by name
    settlement: Settlement,
    pages: Sequence[CheckedPage],
    report: Report,
    log: Log,
    reports: Reports | None = None,
    *,
    only_outputs: bool = False,
) -> Checked:
    """Check the examples that the options of the site want checked.

    Where the author has asked for the check, what fails is reported. ``reports`` are about all examples;
    ``None`` if none are wanted. ``only_outputs``: nothing can run in what is built, so only examples are of
    interest whose outputs its pages show.

    Raises:
        PyrunError: the examples cannot be run, and the author has asked for the check, or for outputs.
    """
    wanted = WantedCheck.NONE if only_outputs else wanted_check(settlement.site.values)
    if reports is None and wanted is not WantedCheck.ASKED:
        by_default = wanted is WantedCheck.BY_DEFAULT
        return _check_some(settlement, pages, report, log, by_default=by_default)
    words = settlement.site.values.get("live_only", ())
    # Reports are about what would be live without a check, unless the author wants it proven.
    only_proven = PROVEN in words or (reports is None and ALL not in words)
    found = _find(settlement, pages, runtimes.make_runner, only_proven=only_proven)
    if found.cache:
        found.cache.forget_others()
    report_failing(found.proofs, report)
    if PROVEN in words:
        for proof in found.ordinary:
            log(f"{proof.location}: the block stays as it is, because it is not proven. {proof.message}")
    else:
        report_failing(found.ordinary, report)
    log(describe_totals(found.totals, found.seconds))
    if reports is not None:
        not_live = list_not_live(found.ordinary, reports.left_alone)
        totals = replace(found.totals, found=found.totals.live + len(not_live))
        write_reports(reports.folder, found.proofs, totals, not_live=not_live)
    return found.checked(log)


def _check_some(
    settlement: Settlement, pages: Sequence[CheckedPage], report: Report, log: Log, *, by_default: bool
) -> Checked:
    """Keep blocks that fail as they are if ``by_default``, and store the outputs that pages show.

    Nothing is a warning, and no failure an error, unless it is about an output: for the rest, nobody has
    asked.
    """
    pages = [page for page in pages if page.stores_output or (by_default and page.is_by_option)]
    if not pages:
        return Checked()
    is_asked = any(page.stores_output for page in pages)
    start = runtimes.make_runner if is_asked else _Start(log)
    try:
        found = _find(settlement, pages, start, only_proven=by_default)
    except Exception as error:
        if is_asked:
            raise
        # A build that worked without the check still works.
        log(f"blocks that the option 'live' has made live are live without a check: {_why(error)}")
        _, missing = leave_out_missing(pages, settlement.resolved.missing)
        found = _Found((), missing, Totals.of(()), None, 0.0)
    else:
        log(describe_totals(found.totals, found.seconds))
    report_failing([proof for proof in found.proofs if proof.example.stores_output], report)
    for line in describe_ordinary(found.ordinary):
        log(line)
    if found.cache:
        found.cache.forget_others(_KEPT_DAYS)
    return found.checked(log)


class _Found(NamedTuple):
    """The verdicts on live examples and on those that stay ordinary, and how they were found."""

    proofs: Sequence[Proof]
    ordinary: Sequence[Proof]
    totals: Totals
    cache: OutcomeCache | None
    seconds: float

    def checked(self, log: Log) -> Checked:
        """What it means for the build. Why examples have no output is logged."""
        ordinary = frozenset(proof.example for proof in self.ordinary)
        failing = self.totals.failing + self.totals.not_checked
        return Checked(failing, ordinary, store_outputs(self.proofs, log))


def _find(
    settlement: Settlement,
    pages: Sequence[CheckedPage],
    start: Callable[[str], Runner],
    *,
    only_proven: bool,
) -> _Found:
    begun = time.monotonic()
    site = settlement.site
    runtime = runtimes.chosen_runtime(site.values)
    cache = OutcomeCache.of_site(site.base, runtime) if runtimes.is_cached(runtime) else None
    known: set[str] = set()

    def note(outcome: PageOutcome, *, is_known: bool) -> None:
        if is_known:
            known.add(outcome.page)

    pages, missing = leave_out_missing(pages, settlement.resolved.missing) if only_proven else (pages, [])
    rules = Rules.of(site.values.get("tolerate", ()))
    check = Check(settlement, runtime, partial(start, runtime), rules, cache, note)
    proofs, ordinary = find_proofs(check, pages, only_proven=only_proven)
    totals = Totals.of(proofs, cached=sum(proof.example.page in known for proof in proofs))
    return _Found(proofs, [*missing, *ordinary], totals, cache, time.monotonic() - begun)


@dataclass
class _Start:
    """Makes the runner when there is something to run, and tells authors, who have not asked for that."""

    log: Log
    is_told: bool = False

    def __call__(self, runtime: str) -> Runner:
        if not self.is_told:
            self.log("running the examples of new and changed pages, because blocks that fail do not go live")
        self.is_told = True
        return runtimes.make_runner(runtime)


def _why(error: Exception) -> str:
    return str(error) or type(error).__name__
