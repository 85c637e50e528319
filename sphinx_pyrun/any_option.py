"""Directive options that docutils never refuses, so that pyrun can report the wrong ones."""

from collections.abc import Callable
from typing import Any

from docutils.parsers.rst import directives

from pyrun_core.options.declare import Scope, declared_options

__all__ = ["AnyOption"]


class AnyOption(dict[str, Callable[[str], Any]]):
    """An ``option_spec`` that accepts every name.

    For an unknown option, docutils replaces the whole block by an error. pyrun warns instead, suggests a
    name, and keeps the block. The mapping contains the names of the scope, for tools that list them.
    ``extra`` are options of the host, with their readers.
    """

    def __init__(self, scope: Scope, extra: dict[str, Callable[[str], Any]] | None = None) -> None:
        super().__init__(dict.fromkeys(_names(scope), directives.unchanged))
        self.update(extra or {})

    def __missing__(self, name: str) -> Callable[[str], Any]:
        return directives.unchanged


def _names(scope: Scope) -> list[str]:
    return [option.name for option in declared_options(scope)]
