"""The names of the examples of one page, and which examples need which."""

import difflib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath
from typing import Any

from pyrun_core.examples.checks import report_taken_name
from pyrun_core.examples.example import Example
from pyrun_core.options.values import name_key
from pyrun_core.problems import Problem, Report

__all__ = ["PageExamples", "with_unique_names"]


@dataclass
class PageExamples:
    """Takes the examples of a page one by one. Once all are added, `check_needs` checks their needs.

    ``note`` is told each of them as it is in the page, and what else becomes of the page's blocks.
    """

    report: Report
    note: Callable[[Any], object] = lambda _: None
    _examples: list[Example] = field(default_factory=list)
    _by_key: dict[str, Example] = field(default_factory=dict)
    _sessions: set[str] = field(default_factory=set)

    @property
    def is_empty(self) -> bool:
        """Whether no example has been added yet."""
        return not self._examples

    def add(self, example: Example) -> Example:
        """Add an example. It loses its name if an earlier one has the same name, which is reported.

        The first one of a session shows the preamble, if the author wants that.
        """
        key = name_key(example.options.name)
        if key in self._by_key:
            report_taken_name(example.options.name, self.report, example.location)
            key = ""
        if key:
            self._by_key[key] = example
        elif example.options.name:
            example = replace(example, options=replace(example.options, name=""))
        if self._is_to_show_preamble(example):
            example = replace(example, shows_preamble=True)
        self._examples.append(example)
        self.note(example)
        return example

    def _is_to_show_preamble(self, example: Example) -> bool:
        options = example.options
        if not example.preamble or not options.show_preamble or options.hidden:
            return False
        is_first = options.session not in self._sessions
        self._sessions.add(options.session)
        return is_first

    def check_needs(self) -> None:
        """Report each needed name that no example has, and each cycle of needs once."""
        reported: set[str] = set()
        has_cycle = self._has_cycle()
        for example in self._examples:
            for need in example.options.needs:
                if need not in self._by_key:
                    self.report(Problem.NEEDS, self._no_such_name(need), example.location)
            is_reported = name_key(example.options.name) in reported
            cycle = self._cycle(example) if has_cycle and not is_reported else []
            if cycle and reported.isdisjoint(cycle):
                reported.update(cycle)
                self.report(Problem.NEEDS, _describe_cycle(cycle), example.location)

    def _no_such_name(self, need: str) -> str:
        close = difflib.get_close_matches(need, self._by_key, n=1)
        hint = f"Did you mean '{close[0]}'? " if close else ""
        names = f"The names are {', '.join(self._by_key)}" if self._by_key else "No example has a name"
        return f"needs: no example of this page has the name '{need}'. {hint}{names}"

    def _has_cycle(self) -> bool:
        """Whether there is any cycle, and so a reason to look for the shortest one of each example."""
        try:
            TopologicalSorter({key: list(self._needs(key)) for key in self._by_key}).prepare()
        except CycleError:
            return True
        return False

    def _cycle(self, example: Example) -> list[str]:
        """The names on the shortest path from an example through its needs back to it, itself first."""
        start = name_key(example.options.name)
        waiting = [start] if start else []
        needed_by: dict[str, str] = {}
        for key in waiting:  # grows during the loop
            for need in self._needs(key):
                if need == start:
                    return self._path(key, needed_by)
                if need not in needed_by:
                    needed_by[need] = key
                    waiting.append(need)
        return []

    def _path(self, key: str, needed_by: Mapping[str, str]) -> list[str]:
        """The names from the start of a search to this one."""
        path = [key]
        while path[-1] in needed_by:
            path.append(needed_by[path[-1]])
        return path[::-1]

    def _needs(self, key: str) -> Iterator[str]:
        return (need for need in self._by_key[key].options.needs if need in self._by_key)


def with_unique_names(examples: Sequence[Example]) -> list[Example]:
    """Examples of several pages that are shown in one page. Each still needs those of its original page.

    A name that several pages have is prefixed with the name of the page.
    """
    counts = Counter(name_key(example.options.name) for example in examples)
    shared = {key for key, count in counts.items() if key and count > 1}

    def renamed(example: Example) -> Example:
        page = PurePosixPath(example.page).with_suffix("")
        name, *needs = (
            name_key(f"{page}/{key}") if key in shared else key
            for key in (name_key(example.options.name), *example.options.needs)
        )
        return replace(example, options=replace(example.options, name=name, needs=tuple(needs)))

    return [renamed(example) for example in examples] if shared else list(examples)


def _describe_cycle(cycle: list[str]) -> str:
    if len(cycle) == 1:
        return f"needs: the example needs itself. Remove '{cycle[0]}' from its needs"
    names = ", which needs ".join(f"'{name}'" for name in [*cycle[1:], cycle[0]])
    return f"needs: these examples form a cycle: '{cycle[0]}' needs {names}. Remove one of these needs"
