"""Existing blocks of a page as examples: those that go live, adjacent ones together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pyrun_core.examples.checks import check_lines
from pyrun_core.examples.example import Example, make_example
from pyrun_core.examples.page_examples import PageExamples
from pyrun_core.live.code import BlockError, LiveCode, join_code, read_code
from pyrun_core.live.comments import read_comment
from pyrun_core.live.documented import DocumentedObject
from pyrun_core.live.hidden_code import without_comments
from pyrun_core.live.kinds import DOCTEST, kinds_of
from pyrun_core.live.left_alone import BY_COMMENT, BY_PATTERN, WITH_MISTAKE, LeftAlone
from pyrun_core.live.selection import Selection
from pyrun_core.live.transcript import read_transcript
from pyrun_core.options.declare import Scope, Values, read_options
from pyrun_core.problems import Location, Problem, Report

__all__ = ["ExistingBlock", "LiveBlocks", "LiveRun"]

_OF_THE_BLOCK = frozenset({"caption", "emphasize_lines", "linenos"})
"""Options about what one block shows. Such a block is an example by itself."""


@dataclass(frozen=True)
class ExistingBlock:
    """A block of code as its author wrote it.

    ``words`` are those of the option ``live`` that mean it. ``location`` is that of the first line of its
    ``text``. ``comment`` is the text of the comment before it. ``options`` are those that the block has in
    the words of its generator. ``classes`` are those of the block and of the elements around it.
    ``inserted_from`` is where its text begins, if another file inserts it at the location.
    """

    text: str
    words: Sequence[str]
    location: Location
    comment: str = ""
    options: Mapping[str, object] = field(default_factory=dict)
    classes: Sequence[str] = ()
    documented: DocumentedObject | None = None
    inserted_from: Location | None = None


@dataclass(frozen=True)
class LiveRun:
    """An example of adjacent blocks: those from the index ``first`` to ``last``."""

    first: int
    last: int
    example: Example


@dataclass(frozen=True)
class _Code:
    """The code of a block that goes live."""

    code: LiveCode
    is_session: bool
    options: Mapping[str, Any]

    def continues_with(self, following: "_Code | None") -> bool:
        """Whether the code of the next block belongs to the same example."""
        return (
            following is not None
            and not following.options
            and not (self.code.stands_alone or following.code.stands_alone)
            and following.is_session == self.is_session
            and self.options.keys().isdisjoint(_OF_THE_BLOCK)
        )


@dataclass
class LiveBlocks:
    """Makes examples of the existing blocks of the page ``file``, whose options are ``page``.

    The examples are added to ``examples``, so blocks come in the order of the page.
    """

    site: Values
    page: Values
    file: str
    report: Report
    examples: PageExamples

    @cached_property
    def selection(self) -> Selection:
        """What decides which blocks go live."""
        return Selection.of_page(self.site, self.page, self.file)

    def runs(self, blocks: Sequence[ExistingBlock]) -> list[LiveRun]:
        """The examples of blocks that follow each other without anything between them."""
        codes = [self._code(block) for block in blocks]
        joins = self.page.get("join", self.site.get("join", True))
        runs: list[LiveRun] = []
        first = 0
        while first < len(blocks):
            last = first
            if code := codes[first]:
                while joins and last + 1 < len(blocks) and code.continues_with(codes[last + 1]):
                    last += 1
                together = [each.code for each in codes[first : last + 1] if each]
                runs.append(LiveRun(first, last, self._example(blocks[first], code, join_code(together))))
            first = last + 1
        return runs

    def may_select(self, block: ExistingBlock) -> bool:
        """Whether a block may go live, before its comment is read and what is around it is known."""
        return bool(block.comment) or not (
            self.selection.is_empty or self.selection.words.isdisjoint(block.words)
        )

    @property
    def needs_classes(self) -> bool:
        """Whether the classes of the elements around a block matter."""
        return any(pattern.startswith(".") for pattern in (*self.selection.only, *self.selection.other))

    def _code(self, block: ExistingBlock) -> _Code | None:
        """The code of a block, ``None`` if it stays as it is."""
        comment = read_comment(block.comment, block.location, self.report) if block.comment else None
        is_live = comment.is_live if comment else None
        if is_live is None:
            name = block.documented.name if block.documented else ""
            is_live = self.selection.selects(block.words, classes=block.classes, name=name)
        if not is_live:
            if self.selection.means(block.words):
                self._leave(block, BY_COMMENT if comment and comment.is_live is False else BY_PATTERN)
            return None
        is_session = DOCTEST in block.words or bool(kinds_of(None, block.text))
        place = block.inserted_from or block.location
        first = None if place.is_inserted else place.line
        text = block.text
        if block.documented:
            written = block.documented.written(text)
            first = written[0].line if written else None
            text = written[1] if written and is_session else text
        try:
            code = read_transcript(text) if is_session else read_code(text)
            code = without_comments(code.placed(place.file, first), self.report, block.location)
        except BlockError as error:
            self.report(Problem.LIVE, str(error), _below(block.location, error.line))
            self._leave(block, WITH_MISTAKE)
            return None
        if comment and comment.is_live:
            code = code.by_choice()
        options = read_options(block.options, Scope.BLOCK, block.location, self.report)
        return _Code(code, is_session, {**options, **(comment.options if comment else {})})

    def _leave(self, block: ExistingBlock, why: str) -> None:
        self.examples.note(LeftAlone(self.file, block.location, why))

    def _example(self, block: ExistingBlock, first: _Code, code: LiveCode) -> Example:
        options = {**first.options}
        documented = block.documented
        preamble = ""
        if documented:
            options.setdefault("session", documented.name)
            preamble = documented.preamble(self.site, self.page)
        if first.is_session:
            options["interactive"] = True
        if code.hidden:
            options["hide_lines"] = code.hidden
        example = make_example(
            code.source,
            site=self.site,
            page=self.page,
            block=options,
            file=self.file,
            location=block.location,
            preamble=preamble,
            expected=code.expected,
            provenance=code.provenance,
        )
        check_lines(example.options.emphasize_lines, example.source, self.report, block.location)
        return self.examples.add(example)


def _below(location: Location, line: int) -> Location:
    """The location of a line of a block, from 1, which begins at a location."""
    if location.line is None:
        return location
    return Location(location.file, location.line + line - 1, location.is_inserted)
