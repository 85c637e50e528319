"""The kinds of blocks that are more than one example: consoles and playgrounds.

Each has a directive and a language of fences with the same name, an option that these set, and the options
that have a meaning for it.
"""

from collections.abc import Mapping
from typing import Any

from pyrun_core.examples.checks import check_source
from pyrun_core.examples.code_file import Code
from pyrun_core.examples.console import console_code, shown_code
from pyrun_core.options.declare import ISOLATED_SESSION
from pyrun_core.problems import Location, Problem, Report

__all__ = ["CONSOLE", "KINDS", "PLAYGROUND", "CodeAndOptions", "checked_block", "may_be_empty", "page_code"]

CONSOLE = "pyrun-console"
PLAYGROUND = "pyrun-playground"

KINDS = {CONSOLE: "console", PLAYGROUND: "playground"}
"""The option that says so of a block, by the name of the directive and the language."""

_OF_BOTH = frozenset(
    [
        "caption",
        "figures",
        "files",
        "name",
        "output",
        "output_limit",
        "packages",
        "preamble",
        "show_value",
        "stdin",
        "timeout",
        "toolbar",
        "wrap",
    ]
)

_OPTIONS = {
    "console": _OF_BOTH | {"console", "needs", "session"},
    "playground": _OF_BOTH | {"format", "keep_edits", "linenos", "playground", "raises", "skip_check"},
}
"""Those that have a meaning for each kind."""

CodeAndOptions = tuple[Code, dict[str, Any]]
"""The code of a block, and the values of its options."""


def checked_block(
    code: Code, values: dict[str, Any], report: Report, location: Location
) -> CodeAndOptions | None:
    """The code and the options of a block: those that have a meaning for its kind. Others are reported.

    ``None`` if a block that may not be empty has no code, as reported.
    """
    kind = _kind_of(values)
    if kind is None:
        return (code, values) if check_source(code.source, report, location) else None
    for name in values:
        if name not in _OPTIONS[kind]:
            message = f"{name.replace('_', '-')}: a {kind} has no such option. Remove it"
            report(Problem.OPTION, message, location)
    values = {name: value for name, value in values.items() if name in _OPTIONS[kind]}
    if kind == "console":
        return console_code(code), values
    # Each run of a playground is a separate program, and sees no names of the page. Its page may have other
    # options, for its examples.
    return code, {**values, "session": ISOLATED_SESSION, "readonly": False, "autorun": False}


def may_be_empty(values: Mapping[str, Any]) -> bool:
    """Whether a block with these options needs no code."""
    return _kind_of(values) is not None


def page_code(source: str, values: Mapping[str, Any]) -> str:
    """The code as a page shows it before a reader uses it: that of a console with prompts."""
    return shown_code(source) if values.get("console") else source


def _kind_of(values: Mapping[str, Any]) -> str | None:
    return next((kind for kind in KINDS.values() if values.get(kind)), None)
