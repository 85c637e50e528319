"""Runs code statement by statement, as the interactive interpreter does."""

import __future__

import ast
import linecache
import re
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any, NamedTuple

__all__ = ["Statement", "Statements", "future_flags"]

_FUTURE: dict[str, Any] = {name: getattr(__future__, name) for name in __future__.all_feature_names}

_ALL_FUTURE_FLAGS = sum(feature.compiler_flag for feature in _FUTURE.values())

_SEMICOLON = re.compile(rb"[ \t]*;[ \t]*(?:#.*)?")
"""What follows an expression whose value is not shown, as in a notebook."""

_LINE_END = re.compile(rb"\r\n?|\n")


def future_flags(names: dict[str, Any]) -> int:
    """The flags for `compile` of the features of ``__future__`` that a namespace has imported."""
    flags = 0
    for name, feature in _FUTURE.items():
        known: Any = names.get(name)
        if known is feature:
            flags |= feature.compiler_flag
    return flags


class Statement(NamedTuple):
    """A statement, compiled. ``line`` is its last one, from 1; ``text`` is all of its lines."""

    code: CodeType
    line: int
    text: str


class Statements:
    """The statements of an example."""

    def __init__(self, source: str, file_name: str, names: dict[str, Any], *, shows_values: bool) -> None:
        """Compile all of them. Raises what `compile` raises, so that nothing runs if one is wrong.

        ``names`` is the namespace in which they will run: a feature of ``__future__`` that an earlier example
        has imported there holds in this one, too. Without ``shows_values``, the value of an expression is
        dropped, as in a script.
        """
        self._source = source
        self._file_name = file_name
        self._names = names
        self._statements = list(self._compiled(shows_values=shows_values))

    def _compiled(self, *, shows_values: bool) -> Iterator[Statement]:
        source, file_name = self._source, self._file_name
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | future_flags(self._names)
        tree = compile(source, file_name, "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
        lines = _LINE_END.split(source.encode(errors="replace"))
        for node in tree.body:
            end = node.end_lineno or node.lineno
            if shows_values and not _is_muted(node, lines[end - 1]):
                code = compile(ast.Interactive([node]), file_name, "single", flags, dont_inherit=True)
            else:
                code = compile(ast.Module([node], []), file_name, "exec", flags, dont_inherit=True)
            flags |= code.co_flags & _ALL_FUTURE_FLAGS
            yield Statement(code, end, b"\n".join(lines[node.lineno - 1 : end]).decode())

    def __iter__(self) -> Iterator[Statement]:
        """The statements, from top to bottom."""
        return iter(self._statements)

    async def run(
        self, begin: Callable[[Statement], None], goes_on: Callable[[Statement, BaseException], bool]
    ) -> None:
        """Run them, and call ``begin`` before each one. Python shows the values by `sys.displayhook`.

        ``goes_on`` says whether an exception does not end the run.
        """
        lines = self._source.splitlines(keepends=True)
        # For tracebacks, as Pyodide does for code that runs as a whole.
        linecache.cache[self._file_name] = (len(self._source), None, lines, self._file_name)
        for statement in self:
            begin(statement)
            try:
                coroutine = eval(statement.code, self._names)  # noqa: S307 - it is the reader's code
                if coroutine:  # the statement awaits something
                    await coroutine
            except BaseException as error:
                if not goes_on(statement, error):
                    raise


def _is_muted(node: ast.stmt, last_line: bytes) -> bool:
    return isinstance(node, ast.Expr) and bool(_SEMICOLON.fullmatch(last_line, node.end_col_offset or 0))
