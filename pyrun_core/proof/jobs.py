"""From the examples of a page to the job that runs them, and to what is compared afterwards."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pyrun_core.examples.example import Example
from pyrun_core.examples.provenance import Flag, OutputPlace
from pyrun_core.examples.render import cell_attributes, written_source
from pyrun_core.options.checks import BUILD_OUTPUT
from pyrun_core.problems import Location
from pyrun_core.proof.checked import CheckedExample, CheckedPage, DocumentedOutput
from pyrun_core.proof.outcomes import PageJob
from pyrun_core.proof.places import Places

__all__ = ["PageMaker"]

_SKIPS = frozenset({"SKIP", "REMOTE_DATA"})
"""Flags of statements that are not run. The second one is that of pytest-doctestplus."""

_NOT_SKIPPED = frozenset({"", "none"})

_ALL_SKIPPED = "all statements have the flag SKIP"


@dataclass(frozen=True)
class PageMaker:
    """Makes the pages of a site. ``default_flags`` are doctest's flags for all of its examples."""

    places: Places
    default_flags: tuple[Flag, ...] = ()

    def page(self, name: str, examples: Sequence[Example]) -> CheckedPage:
        """The page with these examples, in order."""
        runs = [_without_skipped(example) for example in examples]
        checked = [self._checked(example, run) for example, run in zip(examples, runs, strict=True)]
        skipped = frozenset(index for index, each in enumerate(checked) if each.skip)
        job = PageJob(name, tuple(map(cell_attributes, runs)), skipped)
        return CheckedPage(job, tuple(checked))

    def page_of_cells(
        self, name: str, cells: Sequence[Mapping[str, str]], examples: Sequence[Example | None]
    ) -> CheckedPage:
        """The page with these cells of built HTML.

        Where an example is ``None``, its cell says all that is known.
        """
        pages = [
            self.page(name, [example]) if example else self._page_of_cell(name, cell)
            for cell, example in zip(cells, examples, strict=True)
        ]
        skipped = frozenset(index for index, page in enumerate(pages) if page.job.skipped)
        job = PageJob(name, tuple(page.job.cells[0] for page in pages), skipped)
        return CheckedPage(job, tuple(page.examples[0] for page in pages))

    def _page_of_cell(self, name: str, cell: Mapping[str, str]) -> CheckedPage:
        line = cell.get("data-line", "")
        location = self.places.shown(Location(name, int(line) if line.isdecimal() else None))
        unknown = Location(location.file)
        checked = CheckedExample(
            page=name,
            source=written_source(cell),
            location=location,
            outputs=tuple(DocumentedOutput(line, text, unknown) for line, text in _expected(cell)),
            default_flags=self.default_flags,
            name=cell.get("data-name", ""),
            session=cell.get("data-session", ""),
            has_prompts="data-interactive" in cell and "data-expected" in cell,
            is_hidden="hidden" in cell,
            stores_output=cell.get("data-output") == BUILD_OUTPUT and "hidden" not in cell,
        )
        return CheckedPage(PageJob(name, (dict(cell),)), (checked,))

    def _checked(self, example: Example, run: Example) -> CheckedExample:
        options, provenance = example.options, example.provenance
        shown = self.places.shown
        lines = tuple(map(shown, provenance.locations()))
        places = dict(zip(example.expected, provenance.outputs, strict=False))
        nowhere = OutputPlace(example.location.file, 0)
        return CheckedExample(
            page=example.page,
            source=run.source,
            location=_first_known(lines) or shown(example.location),
            lines=lines,
            outputs=tuple(
                DocumentedOutput(line, text, shown(place.location), place.is_apart)
                for line, text in run.expected
                for place in [places.get((line, text), nowhere)]
            ),
            flags=provenance.flags,
            default_flags=self.default_flags,
            raises=options.raises,
            skip=_why_skipped(example, run),
            name=options.name,
            session=options.session,
            has_prompts=provenance.has_prompts,
            is_hidden=options.hidden,
            by_option=provenance.by_option and not options.hidden,
            stores_output=options.output == BUILD_OUTPUT and not options.hidden,
        )


def _without_skipped(example: Example) -> Example:
    """The example with empty lines instead of the statements that are not run, and without their outputs."""
    skipped = {
        line
        for each in example.provenance.flags
        if _SKIPS & {flag.name for flag in each.flags if flag.is_on}
        for line in range(each.first, each.line + 1)
    }
    if not skipped:
        return example
    lines = example.source.split("\n")
    source = "\n".join("" if number in skipped else line for number, line in enumerate(lines, 1))
    expected = tuple(each for each in example.expected if each[0] not in skipped)
    return replace(example, source=source, expected=expected)


def _why_skipped(example: Example, run: Example) -> str:
    """Why an example is not run. Empty if it is."""
    reason = example.options.skip_check.strip()
    if reason.lower() not in _NOT_SKIPPED:
        return reason
    return "" if run.source.strip() else _ALL_SKIPPED


def _first_known(lines: Iterable[Location]) -> Location | None:
    """The first line of an example, if it is known."""
    first = next(iter(lines), None)
    return first if first and first.line else None


def _expected(cell: Mapping[str, str]) -> Iterable[tuple[int, str]]:
    """The documented outputs in an attribute, unless another program has changed it."""
    try:
        entries = json.loads(cell.get("data-expected") or "[]")
        return [(int(line), str(text)) for line, text in entries]
    except (TypeError, ValueError, RecursionError):
        return []
