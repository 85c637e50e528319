"""Running pip with the author's configuration: indexes, proxies, certificates, constraints."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from pyrun_core.pyodide.target import Target

__all__ = ["PipError", "last_line", "pip", "pip_for", "target_options"]

_OTHER_FILE = re.compile(r"from (?P<url>\S+?)(?:#\S*)?:?\s+Expected sha256 (?P<expected>[0-9a-f]+)")
_NO_ANSWER = re.compile(r"HTTPS?ConnectionPool\(host='(?P<host>[^']+)'.*Max retries exceeded")

_OPTIONS = {"PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
"""Options of every command, as variables, because nothing after ``--`` is an option."""


class PipError(Exception):
    """pip failed. The message is its whole output."""


def pip(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> str:
    """Run pip as the author would, with additional environment variables. Returns its output.

    Raises:
        PipError: pip failed.
    """
    return _run("pip", *arguments, environment=environment)


def pip_for(target: Target, *arguments: str | Path) -> str:
    """Run pip with the environment markers of the target. Returns its output.

    Raises:
        PipError: pip failed.
    """
    return _run("pyrun_core.packages.emscripten_pip", json.dumps(target.markers), *arguments)


def target_options(target: Target) -> list[str]:
    """The options with which pip selects wheels for the target."""
    abis = [option for abi in (target.abi, "abi3", "none") for option in ("--abi", abi)]
    platforms = [option for platform in target.platforms for option in ("--platform", platform)]
    return [
        "--only-binary=:all:",
        "--implementation",
        "cp",
        "--python-version",
        target.release,
        *abis,
        *platforms,
    ]


def last_line(error: PipError) -> str:
    """The last line of pip's output, which usually says why it failed. Long ones are shortened."""
    if other := _OTHER_FILE.search(str(error)):
        return f"the checksum of {other['url']} is not the expected one ({other['expected']})"
    if unreachable := _NO_ANSWER.search(str(error)):
        return f"{unreachable['host']} does not answer"
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1].removeprefix("ERROR: ") if lines else "(no output)"


def _run(module: str, *arguments: str | Path, environment: Mapping[str, str] | None = None) -> str:
    # -P: a folder of documentation may hold examples named like modules of the standard library.
    command = [sys.executable, "-P", "-m", module, *map(str, arguments)]
    run = subprocess.run(
        command,
        env={**os.environ, **_OPTIONS, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if run.returncode:
        raise PipError(run.stdout)
    return run.stdout
