"""Commands for notebooks, and which of them mean something in a page."""

import re
import shlex
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["AROUND_CODE", "CELL_MAGICS", "COMMANDS", "LINE_MAGICS", "Command", "installed", "read_command"]

LINE_MAGICS = frozenset(
    {"cd", "env", "ls", "pip", "pwd", "reset", "run", "set_env", "time", "timeit", "who", "who_ls", "whos"}
)
"""The magics for a line that do what they do in a notebook: `pyrun_runtime.notebook.magics` has them."""

CELL_MAGICS = frozenset(
    {"HTML", "capture", "file", "html", "latex", "markdown", "svg", "time", "timeit", "writefile"}
)
"""Likewise, the magics for all that is below them."""

AROUND_CODE = frozenset({"capture", "time"})
"""Those of `CELL_MAGICS` below which is code that runs as if they were not there."""

COMMANDS = frozenset({"cat", "echo", "ls", "pwd"})
"""Commands of a shell that work."""

_USELESS = {
    "aimport": "modules do not change while a page is open",
    "autoreload": "modules do not change while a page is open",
    "config": "IPython does not run this code",
    "load_ext": "IPython and its extensions do not run this code",
    "matplotlib": "figures appear without it",
    "reload_ext": "IPython and its extensions do not run this code",
}
"""Why magics have no effect, so that code is right without them."""

_INSTEAD = {
    "pylab": "Import numpy and matplotlib.pyplot instead",
    "wget": "Name the file in the option 'files', or use urllib.request",
    "curl": "Name the file in the option 'files', or use urllib.request",
}
"""What to write in place of some others."""

_SHELLS = frozenset({"bash", "cmd", "perl", "ruby", "script", "sh", "sx", "system"})
"""Magics that start a program."""

_INSTALLERS = frozenset({"conda", "mamba", "micromamba", "pip", "uv"})

_CONTENT = r"(?P<content>[^\n]*)"
_TARGET = r"(?P<target>[A-Za-z_][\w.,\[\]'\" ]*=[ \t]*)?"
_MAGIC = re.compile(rf"(?P<indent>[ \t]*){_TARGET}(?P<mark>%%?)(?P<name>[A-Za-z_]\w*)\b{_CONTENT}")
_SHELL = re.compile(rf"(?P<indent>[ \t]*){_TARGET}(?P<mark>!!?)[ \t]*(?P<name>[^\s!=]\S*){_CONTENT}")
_HELP = re.compile(
    r"(?P<indent>[ \t]*)(?:\?{1,2}[ \t]*(?P<before>[\w.]+)|(?P<behind>[A-Za-z_][\w.]*)\?{1,2})[ \t]*"
)
_INSTALL = re.compile(
    r"""
    (?P<indent>[ \t]*) (?: [%!]{1,2} | \$[ ] )? [ \t]*
    (?: (?: \S*python[\d.]* | py | \{sys\.executable\} ) [ \t]+ -m [ \t]+ )? (?: uv [ \t]+ )?
    (?: pip[\d.]* | conda | mamba | micromamba ) [ \t]+ install \b (?P<content>[^\n]*)
    """,
    re.VERBOSE,
)

_WITH_VALUE = frozenset(
    {
        *("-c", "--channel", "--constraint", "-e", "--editable", "-f", "--find-links", "-i", "--index-url"),
        *("--extra-index-url", "-n", "--name", "--platform", "--python-version", "-r", "--requirement"),
        *("-t", "--target"),
    }
)
"""Options of installers that are followed by something other than a package."""

_PACKAGE = re.compile(r"(?P<name>[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)(?:\[[^\]]*\])?(?:[=<>!~;@ ].*)?")


@dataclass(frozen=True)
class Command:
    """A line that is a command for a notebook.

    ``mark`` is ``%``, ``%%``, ``!`` or ``?``, and ``name`` what follows, without the rest, ``content``.
    ``target`` is what comes before it: the names of an assignment, and its ``=``.
    """

    mark: str
    name: str
    content: str = ""
    indent: str = ""
    target: str = ""

    @property
    def python(self) -> str:
        """The line in Python, as IPython has it."""
        call = self._call()
        return f"{self.indent}{self.target}{call}"

    def _call(self) -> str:
        if self.mark == "?":
            return f"help({self.name})"
        if self.mark == "!":
            method = "getoutput" if self.target else "system"
            return f"get_ipython().{method}({f'{self.name}{self.content}'.rstrip()!r})"
        return f"get_ipython().run_line_magic({self.name!r}, {self.content.strip()!r})"

    @property
    def shown(self) -> str:
        """What a sentence calls it."""
        return f"{self.mark}{self.name}" if self.mark != "?" else f"{self.name}?"

    @property
    def installed(self) -> tuple[str, ...]:
        """The packages that it installs."""
        return installed(self.content) if self.mark == "%" and self.name == "pip" else ()

    @property
    def advice(self) -> str | None:
        """Why it does not do what it does in a notebook, and what to write. None if it does."""
        name = self.name
        if self.installed:
            return None  # that depends on the packages
        if self.mark == "?" or name in {"%": LINE_MAGICS, "%%": CELL_MAGICS, "!": COMMANDS}[self.mark]:
            return None
        if name in _INSTALLERS:
            return f"{self.shown} can only install packages here. Remove the line."
        if name in _USELESS:
            return f"{self.shown} has no effect here, because {_USELESS[name]}. Remove the line."
        what = "the line" if self.mark != "%%" else "the example"
        instead = _INSTEAD.get(name, f"Write Python instead, or remove {what}")
        if self.mark == "!" or name in _SHELLS:
            return f"{self.shown} does nothing here, because a browser cannot start programs. {instead}."
        return f"{self.shown} is a command of IPython that does nothing here. {instead}."


def read_command(line: str) -> Command | None:
    """The command that a line is, with the lines that it continues after a backslash; None for others."""
    joined = re.sub(r"\\\n[ \t]*", "", line)
    if match := _INSTALL.fullmatch(joined):
        return Command("%", "pip", f"install{match['content']}", match["indent"])
    if match := _MAGIC.fullmatch(joined):
        return Command(match["mark"], match["name"], match["content"], match["indent"], match["target"] or "")
    if match := _SHELL.fullmatch(joined):
        return Command("!", match["name"], match["content"], match["indent"], match["target"] or "")
    if match := _HELP.fullmatch(joined):
        return Command("?", match["before"] or match["behind"], indent=match["indent"])
    return None


def installed(arguments: str) -> tuple[str, ...]:
    """The names of the packages in ``install numpy "pandas>=2" -q``. None for other arguments."""
    try:
        words = shlex.split(arguments, comments=True)
    except ValueError:  # a quotation mark is missing
        words = re.sub("[\"']", " ", arguments).split()
    if words[:1] != ["install"]:
        return ()
    names: dict[str, None] = {}
    for before, word in pairwise(words):
        if word in {"&&", ";", "|", "||", ">"}:
            break
        if before not in _WITH_VALUE and (match := _PACKAGE.fullmatch(word.rstrip(";"))):
            names[match["name"]] = None
    return tuple(names)
