"""The command ``pyrun check``."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pyrun_core.live.left_alone import LeftAlone
from pyrun_core.options.existing_blocks import PROVEN
from pyrun_core.problems import PyrunError
from pyrun_core.proof import runtimes
from pyrun_core.proof.check import Check
from pyrun_core.proof.checked import CheckedPage
from pyrun_core.proof.compare.rules import Rules
from pyrun_core.proof.fixing import offer_fixes
from pyrun_core.proof.outcome_cache import OutcomeCache
from pyrun_core.proof.outcomes import PageOutcome, Runner
from pyrun_core.proof.proven_only import find_proofs
from pyrun_core.proof.report.annotations import github_annotations, gitlab_report
from pyrun_core.proof.report.junit import junit
from pyrun_core.proof.report.machine import json_report
from pyrun_core.proof.report.not_live import NotLive, list_not_live
from pyrun_core.proof.report.progress import Progress
from pyrun_core.proof.report.terminal import Style, wants_colours
from pyrun_core.proof.report.text import text_report
from pyrun_core.proof.report.totals import Totals
from pyrun_core.proof.reports import write_report, write_reports
from pyrun_core.proof.verdict import Proof
from pyrun_core.settlement.settlement import Settlement

if TYPE_CHECKING:
    from argparse import _SubParsersAction

__all__ = ["add_check", "run_check"]

_GITHUB, _GITLAB = "github", "gitlab"
_GITLAB_FILE = Path("gl-code-quality-report.json")
"""The name that GitLab's documentation uses: https://docs.gitlab.com/ci/testing/code_quality/"""


def add_check(commands: "_SubParsersAction[argparse.ArgumentParser]", site: argparse.ArgumentParser) -> None:
    """Add the command to a parser. ``site`` has the argument for a site."""
    parser = commands.add_parser(
        "check",
        parents=[site],
        help="run all examples of a site, and compare their outputs with the documented ones",
    )
    parser.add_argument(
        "--config", type=Path, help="SITE is the folder of a built site, with this configuration file"
    )
    parser.add_argument(
        "--runtime",
        choices=runtimes.RUNTIMES,
        help="where examples run: the site's Pyodide in Node.js or in a browser, or this Python "
        f"(default: the option 'check' of the site, or {runtimes.DEFAULT_RUNTIME})",
    )
    parser.add_argument("--lanes", type=_count, metavar="N", help="pages to run at the same time")
    parser.add_argument(
        "--page",
        action="append",
        metavar="GLOB",
        help="check only these pages, such as 'guide/*'; can be repeated",
    )
    parser.add_argument(
        "--tolerate",
        metavar="WORDS",
        default="",
        help="also accept these differences, separated by commas: numbers, order, missing-output",
    )
    parser.add_argument("--no-cache", action="store_true", help="also run pages that have not changed")
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="also list tolerances and skipped examples"
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help="show what would change in the documented outputs, and write it where that is safe",
    )
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write a report as JUnit XML")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write a report as JSON")
    parser.add_argument("--report", type=Path, metavar="FOLDER", help="write all reports into a folder")
    parser.add_argument(
        "--annotations",
        choices=[_GITHUB, _GITLAB],
        help=f"print annotations for GitHub, or write {_GITLAB_FILE} for GitLab",
    )


def run_check(
    options: argparse.Namespace,
    settlement: Settlement,
    pages: Sequence[CheckedPage],
    left_alone: Sequence[LeftAlone] = (),
) -> int:
    """Check the examples of a site that has been read. Returns the exit status of the command.

    Reports also list ``left_alone``.

    Raises:
        PyrunError: the examples cannot be run, or no page is meant.
    """
    left = [each for each in left_alone if not options.page or any(_matches(each.page, options.page))]
    return _Command(options, settlement, _chosen(pages, options.page), left).run()


@dataclass
class _Command:
    """One check. ``pages`` are those that it is about."""

    options: argparse.Namespace
    settlement: Settlement
    pages: Sequence[CheckedPage]
    left_alone: Sequence[LeftAlone]
    _runner: Runner | None = None
    _known: set[str] = field(default_factory=set)

    def run(self) -> int:
        start = time.monotonic()
        with Progress(sys.stderr, len(self.pages)) as progress:

            def note(outcome: PageOutcome, *, is_known: bool) -> None:
                if is_known:
                    self._known.add(outcome.page)
                progress.advance(outcome.page)

            check = self._check(note)
            words = self.settlement.site.values.get("live_only", ())
            proofs, ordinary = find_proofs(check, self.pages, only_proven=PROVEN in words)
        if check.cache and not self.options.page:
            check.cache.forget_others()
        cached = sum(proof.example.page in self._known for proof in proofs)
        not_live = list_not_live(ordinary, self.left_alone)
        totals = Totals.of(proofs, found=len(proofs) + len(not_live), cached=cached)
        for proof in ordinary:
            sys.stdout.write(f"{proof.location}: not live, because it is not proven: {proof.message}\n")
        self._report(proofs, not_live, totals, time.monotonic() - start)
        if self.options.fix and not totals.is_proven:
            style = Style(is_coloured=wants_colours(sys.stdout))
            is_fixed = offer_fixes(check, self.pages, proofs, style) and not totals.not_checked
            return 0 if is_fixed else 1
        return 0 if totals.is_proven else 1

    def _check(self, note: Callable[..., object]) -> Check:
        site = self.settlement.site
        runtime = self.options.runtime or runtimes.chosen_runtime(site.values)
        uses_cache = runtimes.is_cached(runtime) and not self.options.no_cache
        words = [*site.values.get("tolerate", ()), *filter(None, self.options.tolerate.split(","))]
        return Check(
            self.settlement,
            runtime,
            lambda: self._start(runtime),
            Rules.of(words),
            OutcomeCache.of_site(site.base, runtime) if uses_cache else None,
            note,
        )

    def _start(self, runtime: str) -> Runner:
        self._runner = runtimes.make_runner(runtime, self.options.lanes)
        return self._runner

    def _report(
        self, proofs: Sequence[Proof], not_live: Sequence[NotLive], totals: Totals, seconds: float
    ) -> None:
        options, started = self.options, self._runner.started if self._runner else None
        style = Style(is_coloured=wants_colours(sys.stdout))
        text = partial(text_report, style=style, seconds=seconds, is_verbose=options.verbose)
        sys.stdout.write(text(proofs, totals, not_live=not_live))
        if options.junit:
            write_report(options.junit, junit(proofs))
        if options.json:
            write_report(options.json, json_report(proofs, totals, started, not_live))
        if options.report:
            write_reports(options.report, proofs, totals, started, not_live)
        if options.annotations == _GITHUB:
            sys.stdout.write(github_annotations(proofs, Path.cwd()))
        elif options.annotations == _GITLAB:
            write_report(_GITLAB_FILE, gitlab_report(proofs, Path.cwd()))


def _chosen(pages: Sequence[CheckedPage], globs: Sequence[str] | None) -> Sequence[CheckedPage]:
    """The pages that match one of the patterns, with or without the end of their names."""
    if not globs:
        return pages
    chosen = [page for page in pages if any(_matches(page.job.page, globs))]
    if not chosen:
        names = ", ".join(page.job.page for page in pages) or "none"
        raise PyrunError(f"no page with examples matches {' or '.join(globs)}. The pages are: {names}")
    return chosen


def _matches(page: str, globs: Sequence[str]) -> Iterator[bool]:
    bare = PurePosixPath(page).with_suffix("").as_posix()
    return (fnmatch(name, glob) for glob in globs for name in (page, bare))


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive number")
    return int(text)
