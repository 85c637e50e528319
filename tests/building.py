"""Building pyrun itself, offline, and building once what several processes of a test run use."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pytest

__all__ = ["locked", "made_once", "pip", "shared_folder"]


def pip(*arguments: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run pip offline and without build isolation, as an offline build from a checkout does."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *map(str, arguments)]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Keep other processes of the test run out until the block ends."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of the test run, which all its processes share."""
    base = factory.getbasetemp()
    # Not by the variable alone: a test run that a test starts inherits it.
    return base.parent if base.name == f"popen-{os.environ.get('PYTEST_XDIST_WORKER')}" else base


def made_once(target: Path, make: Callable[[Path], object]) -> Path:
    """``target``, in the `shared_folder`. The first process that needs it makes it; others wait meanwhile."""
    complete = target.with_name(f"{target.name}.complete")
    with locked(target.with_name(f"{target.name}.lock")):
        if not complete.exists():
            make(target)
            complete.touch()
    return target
