"""Environments that are separate from the one of the tests.

Each is created once, in the cache folder, from requirements/environments; pyrun is installed there from the
wheel.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.building import locked
from tools.fetch_test_pyodides import cache_folder
from tools.lock import ENVIRONMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["environment_python", "run"]

MOST_SHOWN = 8_000
"""The number of characters shown of a failed command's output: the reason is at the end."""

_QUIETLY = ("--quiet", "--disable-pip-version-check", "--retries=10")

PYENV = Path.home() / ".pyenv" / "versions"


def run(*command: str | Path, cwd: Path) -> str:
    """Return the output of a command; the test fails if the command does."""
    done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        shown = done.stdout[-MOST_SHOWN:] + done.stderr[-MOST_SHOWN:]
        pytest.fail(f"{' '.join(map(str, command))}\n{shown}", pytrace=False)
    return done.stdout


def pythons() -> Iterator[str]:
    """Interpreters on this machine: the tests' own, others on PATH, and pyenv's."""
    yield sys.executable
    for minor in range(20, 11, -1):
        if path := shutil.which(f"python3.{minor}"):
            yield path
    yield from (str(folder / "bin" / "python") for folder in sorted(PYENV.glob("3.*"), reverse=True))


def python_for(oldest: str) -> str:
    """A sufficiently new interpreter."""
    check = f"import sys, venv; sys.exit(sys.version_info < ({oldest.replace('.', ', ')}))"
    for python in pythons():
        if subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0:
            return python
    pytest.skip(f"this machine has no Python {oldest} or newer; the main environment has the newest Sphinx")


def environment_python(name: str, project: Path, wheel: Path) -> Path:
    """The Python of an environment in which pyrun is installed from the wheel."""
    lock = project / "requirements" / "environments" / f"{name}.txt"
    base = python_for(ENVIRONMENTS[name])
    key = hashlib.sha256(lock.read_bytes() + base.encode()).hexdigest()[:12]
    folder = cache_folder() / "environments" / f"{name}-{key}"
    python, complete = folder / "bin" / "python", folder / "complete"
    installed, content = folder / "installed", hashlib.sha256(wheel.read_bytes()).hexdigest()
    # Its own pip, and bytecode of modules that no test imports, would take three quarters of the time.
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--no-compile", *_QUIETLY)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Another process of the test run may use the environment: its files stay as they are if they are right.
    with locked(folder.with_name(f"{folder.name}.lock")):
        if not complete.exists():
            shutil.rmtree(folder, ignore_errors=True)
            run(base, "-m", "venv", "--without-pip", folder, cwd=project)
            run(*pip, "--require-hashes", "-r", lock, cwd=project)
            complete.touch()
        if not installed.exists() or installed.read_text() != content:
            run(*pip, "--no-deps", "--no-index", "--force-reinstall", wheel, cwd=project)
            installed.write_text(content)
    return python
