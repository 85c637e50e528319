"""Runs examples in an installed Python: that of the author, with the author's packages.

It shows what an example does outside of a browser. Nothing keeps examples from the machine here: they run
as the author's own programs do.
"""

import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pyrun_core.browser_files import bundled_files
from pyrun_core.problems import PyrunError
from pyrun_core.proof.outcomes import CellOutcome, PageJob, PageOutcome, Part, Started
from pyrun_core.proof.run.node import DEFAULT_LIMIT_SECONDS
from pyrun_core.proof.run.plan import Step, plan_page, read_cells
from pyrun_core.proof.run.process import RecordProcess
from pyrun_core.settlement.folder import SETTLEMENT_FILE

__all__ = ["CPythonRunner"]

_SCRIPT = Path(__file__).with_name("cpython_script.py")

_GRACE_SECONDS = 2.0
"""How long an example may take to react to its interruption, as in the page."""

_START_SECONDS = 30.0
"""How long Python may take to start."""


@dataclass
class CPythonRunner:
    """Runs each page in a separate process. ``limit`` is in seconds, for examples without a limit.

    ``python`` is the interpreter: by default, that which runs pyrun.
    """

    lanes: int = field(default_factory=lambda: os.cpu_count() or 1)
    limit: float = DEFAULT_LIMIT_SECONDS
    python: str = sys.executable
    started: Started | None = field(default=None, init=False)
    """What has run the examples, once any has run."""
    _processes: set[RecordProcess] = field(default_factory=set, init=False)
    _is_over: bool = field(default=False, init=False)

    def run(
        self,
        site: Path,
        jobs: Sequence[PageJob],
        note: Callable[[PageOutcome], object],
    ) -> Iterator[PageOutcome]:
        """Run the examples of all pages, and report each page as it ends.

        Raises:
            PyrunError: the interpreter does not run.
        """
        self._is_over = False
        with ThreadPoolExecutor(self.lanes) as threads:
            futures = [threads.submit(self._run_page, site, job) for job in jobs]
            try:
                for future in as_completed(futures):
                    outcome = future.result()
                    note(outcome)
                    yield outcome
            finally:
                self._end(futures)

    def _end(self, futures: Iterable[Future[PageOutcome]]) -> None:
        """Run nothing more: all pages have ended, or nobody waits for them any longer."""
        self._is_over = True
        for future in futures:
            future.cancel()
        for process in tuple(self._processes):
            process.kill()

    def _run_page(self, site: Path, job: PageJob) -> PageOutcome:
        steps = plan_page(read_cells(job.cells), job.skipped)
        page = _Page(job)
        while page.left(steps) and not self._is_over:
            self._run_process(site, page, steps)
        return PageOutcome(job.page, tuple(page.outcomes.get(index) for index in range(len(job.cells))))

    def _run_process(self, site: Path, page: "_Page", steps: Sequence[Step]) -> None:
        """Run what is left of a page, after what has run before, until an example ends the process."""
        with (
            tempfile.TemporaryDirectory(prefix="pyrun-check-") as folder,
            RecordProcess([self.python, str(_SCRIPT)], Path(folder), os.environ) as process,
        ):
            self._processes.add(process)
            _give_files(site, page.job, Path(folder))
            watchdog = _Watchdog(process.kill)
            runtime = bundled_files().folder / bundled_files().proof_files["runtime"]
            settings = {"runtime": str(runtime), "endings": page.endings()}
            repeated = [step.record(self.limit) for step in steps if page.repeats(step)]
            process.send(settings, {"steps": repeated})
            limits = {record["index"]: record["limit"] for record in repeated}
            watchdog.restart(_START_SECONDS)
            current: int | None = None
            if self._is_over:  # since this process began to start
                process.kill()
            for record in process.records():
                match record:
                    case {"python": str(version)}:
                        self.started = Started(version, "")
                    case {"begins": int(index)}:
                        current = index
                        watchdog.restart(limits[index] + _GRACE_SECONDS)
                    case {"ended": int(index), "outcome": dict(outcome)}:
                        page.end(index, _read(outcome))
                        current = None
                        watchdog.restart(_START_SECONDS)
                    case {"end": True}:  # a process that an example has started can keep the stream open
                        break
            watchdog.stop()
            why = process.why_ended()
            self._processes.discard(process)
        if current is not None:
            page.end(current, CellOutcome("killed", detail=watchdog.reason or why), is_deadly=True)
        elif page.left(steps):
            raise PyrunError(f"{self.python} cannot run examples: {why}")


@dataclass
class _Page:
    """The outcomes of a page so far, by index."""

    job: PageJob
    outcomes: dict[int, CellOutcome] = field(default_factory=dict)
    deadly: set[int] = field(default_factory=set)

    def left(self, steps: Sequence[Step]) -> bool:
        """Whether any example is left to run."""
        return any(step.cell.index not in self.outcomes for step in steps)

    def repeats(self, step: Step) -> bool:
        """Whether an example runs in the next process: it has not run, or others may use its names."""
        is_new = step.cell.index not in self.outcomes
        return is_new or (step.cell.index not in self.deadly and step.cell.session is not None)

    def endings(self) -> dict[int, str]:
        """What is known of examples that may not run any more."""
        known = {index: outcome.ending for index, outcome in self.outcomes.items() if index in self.deadly}
        return {**dict.fromkeys(self.job.skipped, "skipped"), **known}

    def end(self, index: int, outcome: CellOutcome, *, is_deadly: bool = False) -> None:
        """An example has ended. The outcome of its first run counts."""
        self.outcomes.setdefault(index, outcome)
        if is_deadly or outcome.ending == "timeout":
            self.deadly.add(index)


class _Watchdog:
    """Ends a process that says nothing for too long."""

    def __init__(self, kill: Callable[[], object]) -> None:
        self._kill = kill
        self._timer: threading.Timer | None = None
        self.reason = ""

    def restart(self, seconds: float) -> None:
        """Wait again."""
        self.stop()
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        """Wait no longer."""
        if self._timer is not None:
            self._timer.cancel()

    def _end(self) -> None:
        self.reason = "Python did not stop at the time limit"
        self._kill()


def _give_files(site: Path, job: PageJob, folder: Path) -> None:
    """Copy the files that the examples of a page declare to the folder in which they run.

    Those with an absolute path stay away: on this machine, that is not the browser's file system.
    """
    settlement = site / SETTLEMENT_FILE
    if not settlement.is_file():
        return
    examples = json.loads(settlement.read_text(encoding="utf-8"))["examples"]
    for key in {cell.get("data-requirements") for cell in job.cells}:
        for path, url, *_ in examples.get(key, {}).get("files", ()):
            source, target = site / unquote(url), folder / path
            if path and source.is_file() and target.resolve().is_relative_to(folder.resolve()):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)


def _read(outcome: Mapping[str, Any]) -> CellOutcome:
    return CellOutcome(**{**outcome, "parts": tuple(Part(**part) for part in outcome.get("parts", ()))})
