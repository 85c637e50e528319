"""Directive options of which docutils refuses none, so that pyrun itself can say what is wrong."""

from collections.abc import Callable
from typing import Any

from docutils.parsers.rst import directives

from pyrun_core.options.declare import Scope, declared_options

__all__ = ["AnyOption"]


class AnyOption(dict[str, Callable[[str], Any]]):
    """An ``option_spec`` that takes every name.

    docutils replaces the whole block by an error when it meets an unknown option; pyrun warns,
    suggests a name, and keeps the block. It holds the names of the scope, for tools that list
    them; ``extra`` are options of the host, with their own readers.
    """

    def __init__(self, scope: Scope, extra: dict[str, Callable[[str], Any]] | None = None) -> None:
        super().__init__(dict.fromkeys(_names(scope), directives.unchanged))
        self.update(extra or {})

    def __missing__(self, name: str) -> Callable[[str], Any]:
        return directives.unchanged


def _names(scope: Scope) -> list[str]:
    return [option.name for option in declared_options(scope)]
