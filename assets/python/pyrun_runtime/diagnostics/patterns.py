"""Explanations, and patterns for the exceptions that they are about."""

import re
import traceback
from collections.abc import Callable, Mapping

from pyrun_runtime.language import say

__all__ = ["Explanation", "Raised", "during", "raised_in"]

Pattern = Callable[[BaseException], Mapping[str, str] | None]
"""Tells whether an exception has an explanation: by the fields of the sentence, or None."""


class Explanation:
    """What readers and authors can do about an exception.

    ``name`` identifies it in the documentation and the tests. ``sentence`` says why the code cannot work
    here, and what can be done. One of the patterns must match; it provides the sentence's fields, such as
    ``{package}``.
    """

    def __init__(self, name: str, sentence: str, *patterns: Pattern) -> None:
        self.name = name
        self.sentence = sentence
        self._patterns = patterns

    def explain(self, error: BaseException) -> str | None:
        """The sentence for an exception, without regard to its causes; None if it is about another one."""
        for pattern in self._patterns:
            fields = pattern(error)
            if fields is not None:
                return say(f"explanation.{self.name}", self.sentence, **fields)
        return None


class Raised:
    """Matches exceptions by their type, and what they say.

    ``types`` are the names of classes, one of which must be among the bases of the exception:
    ``"OSError"``, or ``"module.Name"`` for classes that are not built in. ``text`` is a regular expression
    that is found in the message; its named groups are fields of the sentence. ``modules`` are those that
    an import has not found: if a package is missing, that is the package also for an import of its parts.
    """

    def __init__(
        self,
        *types: str,
        text: str = "",
        number: int | None = None,
        modules: frozenset[str] = frozenset(),
    ) -> None:
        self._types = types
        self._text = text
        self._number = number
        self._modules = modules

    def __call__(self, error: BaseException) -> Mapping[str, str] | None:
        """The fields of the sentence, or None."""
        if not any(_name(base) in self._types for base in type(error).__mro__):
            return None
        if self._number is not None and getattr(error, "errno", None) != self._number:
            return None
        name = getattr(error, "name", None) or ""
        if self._modules and name not in self._modules:
            return None
        found = re.search(self._text, str(error))
        return None if found is None else {"module": name, **found.groupdict()}


def raised_in(kind: str, *functions: str) -> Pattern:
    """Matches exceptions without a message: by their type, and the function that raised them."""

    def match(error: BaseException) -> Mapping[str, str] | None:
        if type(error).__name__ != kind or str(error) or error.__traceback__ is None:
            return None
        *_, (frame, _) = traceback.walk_tb(error.__traceback__)
        return {} if frame.f_code.co_name in functions else None

    return match


def during(function: str, pattern: Pattern) -> Pattern:
    """Matches what another pattern matches, if it was raised in a call of ``module.function``."""
    module, _, name = function.rpartition(".")

    def match(error: BaseException) -> Mapping[str, str] | None:
        frames = (frame for frame, _ in traceback.walk_tb(error.__traceback__))
        is_called = any(
            frame.f_code.co_name == name and frame.f_globals.get("__name__") == module for frame in frames
        )
        return pattern(error) if is_called else None

    return match


def _name(kind: type) -> str:
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
