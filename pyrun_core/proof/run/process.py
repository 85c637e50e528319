"""A process to which records go, and from which records come."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Self

from pyrun_core.proof.run.records import read_records, write_record

__all__ = ["RecordProcess"]

_KEPT_CHARACTERS = 4000
"""Of what the process writes to its standard error."""


class RecordProcess:
    """A process that runs until its block ends, with all processes that it has started.

    It is not in the group of this process, so that Ctrl-C ends this one, which ends the other.
    """

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        """Start it in a folder."""
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
        self._said = ""
        self._threads: list[threading.Thread] = []
        self._start(self._drain)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._wait()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            with suppress(OSError):  # what was not sent
                _opened(stream).close()

    def send(self, *records: Mapping[str, Any], is_last: bool = True) -> None:
        """Send records in the background, because a pipe holds little. After the last, the input ends."""
        self._start(self._send, records, is_last)

    def records(self) -> Iterator[dict[str, Any]]:
        """What the process says, until it ends."""
        return read_records(_opened(self._process.stdout))

    def kill(self) -> None:
        """End the process now, and those that it has started."""
        if not hasattr(os, "killpg"):  # Windows
            return self._process.kill()
        with suppress(ProcessLookupError, PermissionError):  # all have ended; macOS says the second
            os.killpg(self._process.pid, signal.SIGKILL)
        return None

    def why_ended(self) -> str:
        """Wait until the process has ended, and say how."""
        status = self._wait()
        lines = self._said.strip().splitlines()
        return f"the process ended with the status {status}" + (f": {lines[-1]}" if lines else "")

    def _wait(self) -> int:
        status = self._process.wait()
        self.kill()  # what else holds the other ends of the pipes
        for thread in self._threads:
            thread.join()
        return status

    def _start(self, function: Callable[..., None], *values: object) -> None:
        thread = threading.Thread(target=function, args=values, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _send(self, records: Sequence[Mapping[str, Any]], is_last: bool) -> None:  # noqa: FBT001
        stream = _opened(self._process.stdin)
        with suppress(OSError):  # the process has ended, which its reader notices
            for record in records:
                write_record(stream, record)
            stream.flush()
            if is_last:
                stream.close()

    def _drain(self) -> None:
        for line in _opened(self._process.stderr):
            if len(self._said) < _KEPT_CHARACTERS:
                self._said += line


def _opened(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise TypeError("the stream was not opened")
    return stream
