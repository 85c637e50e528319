"""Which existing blocks go live: those of the chosen kinds, except where patterns exclude them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import translate
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import PurePosixPath

from pyrun_core.options.declare import Values
from pyrun_core.options.existing_blocks import ALL, PROVEN

__all__ = ["Selection"]

_CLASS = "."
"""Begins a pattern for classes."""


@dataclass(frozen=True)
class _Patterns:
    """The patterns of an option: for classes, and for pages and names of objects."""

    patterns: tuple[str, ...]

    def match_page(self, file: str) -> bool:
        """Whether a pattern means a page, by the name of its file with or without its suffix."""
        names = (file, PurePosixPath(file).with_suffix("").as_posix()) if file else ()
        return any(map(self._others.fullmatch, names)) if self._others else False

    def match_block(self, classes: Iterable[str], name: str) -> bool:
        """Whether a pattern means a class, or an object of this name or one that contains it."""
        if self._classes and any(map(self._classes.fullmatch, classes)):
            return True
        owners = accumulate(name.split("."), "{}.{}".format) if name else ()
        return any(map(self._others.fullmatch, owners)) if self._others else False

    @cached_property
    def _classes(self) -> re.Pattern[str] | None:
        return _together(tuple(each[1:] for each in self.patterns if each.startswith(_CLASS)))

    @cached_property
    def _others(self) -> re.Pattern[str] | None:
        return _together(tuple(each for each in self.patterns if not each.startswith(_CLASS)))


@lru_cache(maxsize=8)  # all pages have the same patterns
def _together(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    together = "|".join(map(translate, patterns))
    return re.compile(together) if together else None


@dataclass(frozen=True)
class Selection:
    """What goes live on one page, whose file is ``page``, relative to the folder of the documentation.

    ``words`` are those of the option ``live``, ``only`` and ``other`` the patterns of ``live-only`` and
    ``live-except``.
    """

    words: frozenset[str]
    only: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    page: str = ""

    @classmethod
    def of_page(cls, site: Values, page: Values, file: str) -> "Selection":
        """The selection with the options of the site and of the page ``file``."""
        words = page.get("live", site.get("live", ()))
        only, other = site.get("live_only", ()), site.get("live_except", ())
        patterns = tuple(each for each in only if each not in {PROVEN, ALL})
        return cls(frozenset(words), patterns, tuple(other), file)

    @cached_property
    def is_empty(self) -> bool:
        """Whether nothing of the page goes live, unless a comment beside a block says so."""
        return not self.words or self._except.match_page(self.page)

    def means(self, words: Iterable[str]) -> bool:
        """Whether the option ``live`` names a block, whatever patterns say."""
        return not self.words.isdisjoint(words)

    def selects(self, words: Iterable[str], *, classes: Iterable[str] = (), name: str = "") -> bool:
        """Whether a block goes live.

        ``words`` say what it is (`pyrun_core.live.kinds`), ``classes`` are those of the block and of the
        elements around it, and ``name`` is the full name of the object whose documentation has it.
        """
        if self.is_empty or self.words.isdisjoint(words):
            return False
        if self.other and self._except.match_block(classes, name):
            return False
        return not self.only or self._is_only_page or self._only.match_block(classes, name)

    @cached_property
    def _is_only_page(self) -> bool:
        return self._only.match_page(self.page)

    @cached_property
    def _only(self) -> _Patterns:
        return _Patterns(self.only)

    @cached_property
    def _except(self) -> _Patterns:
        return _Patterns(self.other)
