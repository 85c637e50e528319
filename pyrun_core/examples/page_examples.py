"""The named examples of one page, and which of them need which."""

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter

from pyrun_core.examples.checks import report_taken_name
from pyrun_core.examples.example import Example
from pyrun_core.options.values import name_key
from pyrun_core.problems import Problem, Report

__all__ = ["PageExamples", "tell_apart"]


@dataclass
class PageExamples:
    """Takes the examples of a page one by one; when all are there, their needs can be checked."""

    report: Report
    _examples: list[Example] = field(default_factory=list)
    _by_key: dict[str, Example] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether none is there yet."""
        return not self._examples

    def add(self, example: Example) -> Example:
        """The example, without its name if an earlier one has it, which is reported."""
        key = name_key(example.options.name)
        if key in self._by_key:
            report_taken_name(example.options.name, self.report, example.location)
            key = ""
        if not key:
            example = replace(example, options=replace(example.options, name=""))
        else:
            self._by_key[key] = example
        self._examples.append(example)
        return example

    def check_needs(self) -> None:
        """Report each needed name that no example has, and each circle of needs once."""
        told: set[str] = set()
        has_circles = self._has_circles()
        for example in self._examples:
            for need in example.options.needs:
                if need not in self._by_key:
                    self.report(Problem.NEEDS, self._no_such_name(need), example.location)
            circle = self._circle(example) if has_circles else []
            if circle and told.isdisjoint(circle):
                told.update(circle)
                self.report(Problem.NEEDS, _in_circle(circle), example.location)

    def _no_such_name(self, need: str) -> str:
        close = difflib.get_close_matches(need, self._by_key, n=1)
        hint = f"Did you mean '{close[0]}'? " if close else ""
        names = f"There are {', '.join(self._by_key)}" if self._by_key else "None of them has a name"
        return f"needs: no example of this page has the name '{need}'. {hint}{names}"

    def _has_circles(self) -> bool:
        """Whether it is worth to look for the shortest one of each example."""
        try:
            TopologicalSorter({key: list(self._needs(key)) for key in self._by_key}).prepare()
        except CycleError:
            return True
        return False

    def _circle(self, example: Example) -> list[str]:
        """The names on the shortest way from an example's needs back to itself, itself first."""
        start = name_key(example.options.name)
        ways = [[start]] if start else []
        seen: set[str] = set()
        for way in ways:  # grows while it is walked
            for need in self._needs(way[-1]):
                if need == start:
                    return way
                if need not in seen:
                    seen.add(need)
                    ways.append([*way, need])
        return []

    def _needs(self, key: str) -> Iterator[str]:
        return (need for need in self._by_key[key].options.needs if need in self._by_key)


def tell_apart(examples: Sequence[tuple[str, Example]]) -> list[Example]:
    """Examples of several pages, to be shown in one: each still needs those of its own page.

    Each comes with its page. Names that several pages have get that of the page before them.
    """
    counts = Counter(name_key(example.options.name) for _, example in examples)
    shared = {key for key, count in counts.items() if key and count > 1}

    def told(page: str, example: Example) -> Example:
        name, *needs = (
            name_key(f"{page}/{key}") if key in shared else key
            for key in (name_key(example.options.name), *example.options.needs)
        )
        return replace(example, options=replace(example.options, name=name, needs=tuple(needs)))

    return [told(page, example) for page, example in examples] if shared else [e for _, e in examples]


def _in_circle(circle: list[str]) -> str:
    if len(circle) == 1:
        return f"needs: the example needs itself. Remove '{circle[0]}' there"
    names = ", which needs ".join(f"'{name}'" for name in [*circle[1:], circle[0]])
    return f"needs: '{circle[0]}' comes to need itself: it needs {names}. Remove one of these needs"
