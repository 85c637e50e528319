"""The commands of notebooks that work in a page, and why the others do not.

`pyrun_syntax.magics` lists both, and translates a line such as ``%timeit f()`` into a call of `Shell`.
"""

from __future__ import annotations

import contextlib
import getopt
import io
import json
import os
import re
import runpy
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import _pyrun_worker as worker
from pyrun_runtime.display import figures
from pyrun_runtime.display.display import display, show_notice
from pyrun_runtime.notebook.shell_commands import run_command
from pyrun_runtime.notebook.timings import measure, print_wall_time
from pyrun_syntax.magics import Command, installed, read_command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Shell"]

_MIME_TYPES = {
    "HTML": "text/html",
    "html": "text/html",
    "latex": "text/latex",
    "markdown": "text/markdown",
    "svg": "image/svg+xml",
}
_VARIABLE = re.compile(r"\{(?P<expression>[^{}]+)\}|\$(?P<name>[A-Za-z_]\w*)")


class Captured:
    """What ``%%capture`` keeps."""

    def __init__(self) -> None:
        self._out, self._err = io.StringIO(), io.StringIO()

    @property
    def stdout(self) -> str:
        """What was printed."""
        return self._out.getvalue()

    @property
    def stderr(self) -> str:
        """What was written to the standard error."""
        return self._err.getvalue()

    def __str__(self) -> str:
        return self.stdout

    def show(self) -> None:
        """Print it."""
        print(self.stdout, end="")
        print(self.stderr, end="", file=sys.stderr)

    @contextlib.contextmanager
    def during(self) -> Iterator[None]:
        """Keep what code prints, and close the figures that it leaves open."""
        with contextlib.redirect_stdout(self._out), contextlib.redirect_stderr(self._err):
            yield
        figures.close_all()


class Shell:
    """What ``get_ipython()`` returns in code of a notebook. ``user_ns`` is the namespace of the code."""

    def __init__(self, names: dict[str, Any], *, may_load: bool) -> None:
        self.user_ns = names
        self._may_load = may_load
        self._why_not_there: dict[str, str] = {}
        """What readers are told of packages that could not be installed."""

    async def load(self, names: Iterable[str]) -> None:
        """Load packages of the site, before the code that installs them runs."""
        wanted = [name for name in names if not _is_there(name)]
        if not wanted:
            return
        cure = "The author of the page can add it to the option 'packages'."
        if not self._may_load:
            self._why_not_there = {name: f"This page does not load {name}. {cure}" for name in wanted}
            return
        unknown, problem = json.loads(await worker.load_packages(" ".join(wanted)))
        if worker.stop_requested():
            raise KeyboardInterrupt
        for name in wanted:
            if name in unknown:
                self._why_not_there[name] = f"This site does not have the package {name}. {cure}"
            elif problem:
                self._why_not_there[name] = f"{name} could not be loaded ({problem}). Try again."

    @contextlib.contextmanager
    def around(self, command: Command | None) -> Iterator[None]:
        """Do what the command in the first line says about all of the code."""
        if command is None:
            yield
        elif command.name == "capture":
            captured = Captured()
            with captured.during():
                yield
            self.user_ns.update({word: captured for word in command.content.split() if word.isidentifier()})
        else:
            with print_wall_time():
                yield

    def run_line_magic(self, name: str, line: str, *_more: object) -> Any:  # noqa: ANN401
        """What the command ``%name line`` does and returns."""
        run = _LINE_MAGICS.get(name)
        if run is None:
            return _complain(Command("%", name, f" {line}"))
        return run(self, line.strip())

    def run_cell_magic(self, name: str, line: str, cell: str) -> object:
        """What the command ``%%name line`` above other lines does."""
        if name in _MIME_TYPES:
            display({_MIME_TYPES[name]: cell}, raw=True)
        elif name in {"file", "writefile"}:
            _write_file(line, cell)
        elif name == "timeit":
            _timeit(self, line, cell)
        elif name in {"capture", "time"}:
            with self.around(Command("%%", name, f" {line}")):
                exec(cell, self.user_ns)  # noqa: S102 - it is the reader's code
        else:
            _complain(Command("%%", name, f" {line}"))
        return None

    def system(self, command: str) -> None:
        """Print what a command of a shell prints."""
        printed = self._printed(command)
        if printed:
            print(printed, end="")

    def getoutput(self, command: str) -> list[str]:
        """The lines that a command of a shell prints."""
        return (self._printed(command) or "").splitlines()

    def _printed(self, command: str) -> str | None:
        read = read_command(f"!{command}")
        if read is not None and read.installed:
            _pip(self, f"install {' '.join(read.installed)}")
            return ""
        printed = run_command(self.expanded(command))
        if printed is None and read is not None:
            _complain(read)
        return printed

    def expanded(self, text: str) -> str:
        """A command with values in place of ``{names}`` and ``$names``, as far as there are such names."""

        def value(found: re.Match[str]) -> str:
            try:
                return str(eval(found["expression"] or found["name"], self.user_ns))  # noqa: S307 - the reader's
            except Exception:  # noqa: BLE001 - then it is no expression
                return found[0]

        return _VARIABLE.sub(value, text)

    def why_not_there(self, package: str) -> str | None:
        """Why a package could not be installed. None if it is there."""
        if _is_there(package):
            return None
        return self._why_not_there.get(package) or (
            f"{package} is not loaded. Write %pip install {package} on a separate line."
        )


def _is_there(package: str) -> bool:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - takes time to import

    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def _complain(command: Command) -> None:
    """Say why a command does nothing."""
    show_notice(command.advice or f"{command.shown} works only with one simple command here. Write Python.")


def _pip(shell: Shell, line: str) -> None:
    names = installed(line)
    if not names:
        _complain(Command("%", "pip"))
    for why in filter(None, map(shell.why_not_there, names)):
        show_notice(why)


def _cd(shell: Shell, line: str) -> None:
    os.chdir(shell.expanded(line).strip("\"'") or Path.home())
    print(Path.cwd())


def _env(shell: Shell, line: str) -> object:
    if not line:
        return dict(os.environ)
    name, separator, value = line.partition("=" if "=" in line else " ")
    if not separator:
        return os.environ[name]
    os.environ[name.strip()] = shell.expanded(value.strip())
    print(f"env: {name.strip()}={os.environ[name.strip()]}")
    return None


def _reset(shell: Shell, _line: str) -> None:
    for name in _own_names(shell):
        del shell.user_ns[name]


def _run(shell: Shell, line: str) -> None:
    words = shlex.split(shell.expanded(line))
    path = words[0] if Path(words[0]).suffix else f"{words[0]}.py"
    arguments = sys.argv
    sys.argv = [path, *words[1:]]
    try:
        found = runpy.run_path(path, run_name="__main__")
    finally:
        sys.argv = arguments
    shell.user_ns.update({name: value for name, value in found.items() if not name.startswith("__")})


def _time(shell: Shell, line: str) -> object:
    try:
        code = compile(line, "<time>", "eval")
    except SyntaxError:
        code = compile(line, "<time>", "exec")
    with print_wall_time():
        return eval(code, shell.user_ns)  # noqa: S307 - it is the reader's code


def _timeit(shell: Shell, line: str, cell: str | None = None) -> None:
    words = line.split(" ")
    given, rest = getopt.getopt(words, "n:r:tcp:qov:")
    options = dict(given)
    loops, runs = (int(options.get(name, 0)) for name in ("-n", "-r"))
    code = " ".join(rest)
    statement, setup = (code, "") if cell is None else (cell, code)
    measure(statement, setup, shell.user_ns, loops=loops, runs=runs)


def _who(shell: Shell, _line: str) -> None:
    print("   ".join(_own_names(shell)) or "There are no names yet.")


def _whos(shell: Shell, _line: str) -> None:
    for name in _own_names(shell):
        value = shell.user_ns[name]
        print(f"{name:<12}{type(value).__name__:<12}{str(value).splitlines()[0][:60] if str(value) else ''}")


def _own_names(shell: Shell) -> list[str]:
    """The names that code has defined, without modules of Python's and what pyrun has added."""
    return sorted(name for name in shell.user_ns if not name.startswith("_") and name != "get_ipython")


def _write_file(line: str, cell: str) -> None:
    words = shlex.split(line)
    name = words[-1]
    mode, done = ("a", "Appending to") if "-a" in words[:-1] else ("w", "Writing")
    with Path(name).open(mode, encoding="utf-8") as file:
        file.write(cell)
    print(f"{done} {name}")


_LINE_MAGICS: dict[str, Callable[[Shell, str], Any]] = {
    "cd": _cd,
    "env": _env,
    "ls": lambda shell, line: shell.system(f"ls {line}"),
    "pip": _pip,
    "pwd": lambda _shell, _line: str(Path.cwd()),
    "reset": _reset,
    "run": _run,
    "set_env": _env,
    "time": _time,
    "timeit": _timeit,
    "who": _who,
    "who_ls": lambda shell, _line: _own_names(shell),
    "whos": _whos,
}
