"""The command ``pyrun finish``."""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pyrun_core.finish.arguments import LOCK_MODES
from pyrun_core.finish.config.configuration import find_configuration, no_configuration, read_configuration
from pyrun_core.finish.finisher import CheckCells, Finished, Finisher
from pyrun_core.finish.noted_examples import NotedExamples
from pyrun_core.finish.watcher import Watcher
from pyrun_core.options.checks import WantedCheck, wanted_check
from pyrun_core.problems import Location, Problem, PyrunError
from pyrun_core.settlement.folder import write_files
from pyrun_core.site import Site

__all__ = ["CountingReport", "MakeCheck", "run_finish"]

_SECONDS_BETWEEN_LOOKS = 0.2

MakeCheck = Callable[[Site, tuple[Path, ...], NotedExamples], CheckCells]
"""Makes the check of a site: from its folders, and from what was noted of its examples."""


def run_finish(options: argparse.Namespace, make_check: MakeCheck) -> int:
    """Run the command. Returns its exit status.

    ``make_check`` makes the check of a site.

    Raises:
        PyrunError: the site cannot be finished.
    """
    report = CountingReport()
    config = options.config or find_configuration(Path())
    noted = NotedExamples(config.parent if config else Path.cwd())
    make = partial(_finisher, options, config, report, noted, make_check)
    if options.watch and (options.strict or options.runtime):
        raise PyrunError("--watch never ends, so it goes with neither --strict nor --runtime. Leave one out")
    if options.watch:
        _watch(Watcher(make, config), noted)
        return 0
    start = time.monotonic()
    finisher = make()
    try:
        finished = finisher.finish()
        noted.keep()
        if options.runtime is not None:
            write_files(finished.settlement, options.runtime)
        _say_done(finished, time.monotonic() - start)
    except OSError as error:
        if not error.filename:
            raise PyrunError(str(error)) from error
        raise PyrunError(f"{error.filename}: {error.strerror}. Make it readable and writable") from error
    return 1 if options.strict and report.count else 0


def _watch(watcher: Watcher, noted: NotedExamples) -> None:
    """Finish the site until the user ends the command."""
    try:
        while True:
            start = time.monotonic()
            finished, failure = watcher.look()
            if failure:
                sys.stderr.write(f"pyrun: {failure}\n")
            if finished is not None and finished.written:
                noted.keep()
                _say_done(finished, time.monotonic() - start)
            time.sleep(_SECONDS_BETWEEN_LOOKS)
    except KeyboardInterrupt:
        pass


def _finisher(
    options: argparse.Namespace,
    config: Path | None,
    report: "CountingReport",
    noted: NotedExamples,
    make_check: MakeCheck,
) -> Finisher:
    configuration = read_configuration(config, report) if config else no_configuration(Path.cwd())
    site = configuration.prepare(options.folder, report, _say)
    folders = (configuration.documents, options.folder)
    return Finisher(
        options.folder,
        site,
        configuration.documented,
        LOCK_MODES[options.lock],
        has_plain_blocks=True,
        is_served=options.watch,
        note=noted.add,
        check=make_check(site, folders, noted),
        is_checked=wanted_check(site.values) is not WantedCheck.NONE,
    )


def _say_done(finished: Finished, seconds: float) -> None:
    live = len(finished.settlement.requirements.pages)
    _say(f"pages with examples: {live}, HTML files written: {len(finished.written)} ({seconds:.2f} s)")


def _say(message: str) -> None:
    sys.stdout.write(f"pyrun: {message}\n")
    sys.stdout.flush()


@dataclass
class CountingReport:
    """Prints each problem once, and counts them."""

    _seen: set[tuple[Problem, str, Location]] = field(default_factory=set)

    @property
    def count(self) -> int:
        """The number of problems."""
        return len(self._seen)

    def __call__(self, problem: Problem, message: str, location: Location) -> None:
        """Print a problem, unless it is known."""
        if (problem, message, location) not in self._seen:
            self._seen.add((problem, message, location))
            sys.stderr.write(f"WARNING: {location}: {message} [pyrun.{problem.value}]\n")
