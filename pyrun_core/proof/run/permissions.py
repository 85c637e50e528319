"""How Node starts so that what runs in it cannot reach the author's machine.

Node's permission model (https://nodejs.org/docs/latest-v24.x/api/permissions.html) refuses to read other
files, to write any, to start programs, and to load add-ons. Before Node 25 it knows nothing of networks:
examples find none, because ``assets/proof/scope.js`` removes what could reach one from their threads.
"""

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from pyrun_core.problems import PyrunError
from pyrun_core.pyodide.bytecode import CompileError, find_node

__all__ = ["confined_command", "confined_environment", "node_for_examples"]

_NO_NODE = 'Node.js is not installed, and examples are checked in it. Run: pip install "pyrun-docs[node]"'

_FLAGS = ("--permission", "--experimental-permission")
"""Of the permission model: it has lost its prefix in Node.js 22.13 and 23.5."""

_FROM_ENVIRONMENT = ("SYSTEMROOT", "WINDIR")
"""Windows starts no program without these."""

_MEMORY = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": "131072",
    "MALLOC_MMAP_THRESHOLD_": "65536",
}
"""Lets glibc give back the memory of threads that have ended: with its defaults, two threads that run ten
pages each take 460 MB instead of 315 MB."""


def node_for_examples() -> str:
    """The path of Node.

    Raises:
        PyrunError: there is none. The message says what to install.
    """
    try:
        return find_node()
    except CompileError as error:
        raise PyrunError(_NO_NODE) from error


def confined_command(node: str, readable: Iterable[Path], script: Path) -> list[str]:
    """The command that runs a script, which can read these files and folders only, and start threads.

    Raises:
        PyrunError: this Node cannot be confined.
    """
    return [
        node,
        _permission_flag(node),
        *(f"--allow-fs-read={path.resolve()}" for path in (script, *readable)),
        "--allow-worker",
        "--no-addons",
        "--disable-proto=delete",
        "--experimental-vm-modules",  # for assets/proof/lane.js
        "--no-warnings",
        str(script.resolve()),
    ]


def confined_environment() -> Mapping[str, str]:
    """Variables of the environment: none of the author's."""
    kept = {name: os.environ[name] for name in _FROM_ENVIRONMENT if name in os.environ}
    return {**kept, **_MEMORY, "TZ": "UTC"}


def _permission_flag(node: str) -> str:
    script = "process.stdout.write([...process.allowedNodeEnvironmentFlags].join(' '))"
    try:
        run = subprocess.run(
            [node, "-e", script], capture_output=True, text=True, check=True, env=confined_environment()
        )
    except OSError as error:
        raise PyrunError(f"{node} is not a Node.js that works: {error.strerror}") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip().splitlines() or [f"it ended with the status {error.returncode}"]
        raise PyrunError(f"{node} is not a Node.js that works: {said[-1]}") from error
    known = run.stdout.split()
    for flag in _FLAGS:
        if flag in known:
            return flag
    raise PyrunError(
        f"{node} cannot keep examples from this computer: it has no permission model, as Node.js 20 and "
        'newer have. Run: pip install "pyrun-docs[node]"'
    )
