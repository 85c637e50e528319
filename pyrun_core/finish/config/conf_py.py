"""``conf.py``: the names with the prefix ``pyrun_``. The file is read, never run."""

import ast
from collections.abc import Iterator
from pathlib import Path

from pyrun_core.finish.config.config_file import ConfigFile, GivenOption
from pyrun_core.problems import PyrunError

__all__ = ["PREFIX", "read_conf_py"]

PREFIX = "pyrun_"
"""Of the options of pyrun in a conf.py."""


def read_conf_py(path: Path) -> ConfigFile:
    """What the file assigns at its top level, as far as it is written there.

    Raises:
        PyrunError: it is not Python.
    """
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError) as error:
        raise PyrunError(f"{path}: {error}. Correct the file") from error
    values: dict[str, GivenOption] = {}
    mistakes: list[tuple[str, int | None]] = []
    for name, value, line in _assignments(tree):
        try:
            values[name] = GivenOption(name.removeprefix(PREFIX), ast.literal_eval(value), line)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            if name.startswith(PREFIX):
                mistakes.append(
                    (f"{name} is computed, and pyrun does not run conf.py. Write the value itself", line)
                )
    return ConfigFile(
        tuple(option for name, option in values.items() if name.startswith(PREFIX)),
        documents=".",
        project=_text(values, "project"),
        release=_text(values, "release") or _text(values, "version"),
        mistakes=tuple(mistakes),
    )


def _assignments(tree: ast.Module) -> Iterator[tuple[str, ast.expr, int]]:
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        if isinstance(node, ast.Assign | ast.AnnAssign) and value is not None:
            yield from ((target.id, value, node.lineno) for target in targets if isinstance(target, ast.Name))


def _text(values: dict[str, GivenOption], name: str) -> str:
    value = values[name].value if name in values else ""
    return value if isinstance(value, str) else ""
