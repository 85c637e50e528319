"""Ordinary blocks of code that become live, on sites whose generator knows nothing of pyrun."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from pyrun_core.examples.block_kinds import KINDS, checked_block, may_be_empty, page_code
from pyrun_core.examples.block_markup import without_comments
from pyrun_core.examples.checks import check_line_options
from pyrun_core.examples.code_file import Code, CodeFiles, take_code, without_excerpt
from pyrun_core.examples.example import Example, make_example
from pyrun_core.examples.folded_block import fold_block, fold_existing
from pyrun_core.examples.hidden_lines import read_comments, take_hidden_lines
from pyrun_core.examples.page_examples import PageExamples
from pyrun_core.examples.provenance import FileLines, Provenance
from pyrun_core.examples.render import live_block, plain_code
from pyrun_core.examples.syntax import check_syntax
from pyrun_core.finish.block_options import OPTION_MARK, BlockOptions, read_block_options
from pyrun_core.finish.block_text import block_source, without_lines
from pyrun_core.finish.classes_around import classes_around
from pyrun_core.finish.code_blocks import Block, find_blocks
from pyrun_core.finish.comment_before import comment_before
from pyrun_core.live.existing_blocks import ExistingBlock, LiveBlocks
from pyrun_core.live.kinds import kinds_of
from pyrun_core.live.left_alone import Note
from pyrun_core.options.declare import Scope, Values, read_options
from pyrun_core.problems import Location, Problem, Report
from pyrun_core.tags import page_language

__all__ = ["PlainBlocks"]

_LANGUAGE = "pyrun"
"""The language of blocks that become live on every site."""

_UNKNOWN = frozenset({"plaintext"})
"""What highlighters write instead of a language that they don't know: Shiki, in Astro and others."""


@dataclass(frozen=True)
class _Candidate:
    """A block that may become live."""

    block: Block
    source: str
    options: BlockOptions
    existing: ExistingBlock

    @property
    def is_ours(self) -> bool:
        """Whether its author has made it live, and not the option ``live``."""
        return not self.block.languages.isdisjoint({_LANGUAGE, *KINDS})

    @property
    def is_alone(self) -> bool:
        """Whether it is an example by itself."""
        return self.is_ours or bool(self.options.has)


@dataclass(frozen=True)
class PlainBlocks:
    """Makes blocks live: those in the language ``pyrun``, and those that the option ``live`` means.

    ``values`` are the options of the site, ``code_files`` the files with code that blocks can name. ``note``
    is told each example.
    """

    values: Values
    report: Report
    code_files: CodeFiles | None = None
    note: Note = lambda _: None

    def make_live(self, html: str, name: str) -> str:
        """The HTML of the file ``name`` with a cell around each of these blocks."""
        if "language" not in self.values:
            values = {"language": page_language(html), **self.values}
            return replace(self, values=values).make_live(html, name)
        existing = LiveBlocks(self.values, {}, name, self.report, PageExamples(self.report, self.note))
        lower = html.lower()
        if "<pre" not in lower:
            return html
        if existing.selection.is_empty and not any(word in lower for word in (OPTION_MARK, _LANGUAGE)):
            return html
        parts: list[str] = []
        done = 0
        for group in _adjacent(html, self._candidates(html, name, existing)):
            cells = self._alone if group[0].is_alone else _together
            for start, end, cell in cells(html, group, existing):
                parts += [html[done:start], cell]
                done = end
        existing.examples.check_needs()
        return "".join([*parts, html[done:]])

    def _candidates(self, html: str, name: str, existing: LiveBlocks) -> Iterator[_Candidate]:
        """The blocks that may become live."""
        blocks = list(find_blocks(html))
        around = classes_around(html, (block.start for block in blocks)) if existing.needs_classes else None
        for block in blocks:
            location = Location(name, html.count("\n", 0, block.start) + 1)
            source = block_source(html[block.code_start : block.code_end])
            options = read_block_options(block, source)
            classes = [
                *(next(around) if around else ()),
                *(word for tag in block.tags for word in tag.classes),
            ]
            plain = ExistingBlock(
                source, _words(block, source), location, comment_before(html, block.start), {}, classes
            )
            candidate = _Candidate(block, source, options, plain)
            if candidate.is_ours or existing.may_select(plain):
                yield candidate
            elif block.languages <= _UNKNOWN and options.are_known:
                self.report(
                    Problem.FENCE,
                    "this block has options of pyrun, but it isn't live, because the generator hasn't "
                    "written its language into the HTML. Find your generator in the guide "
                    "'Use any site generator'",
                    location,
                )

    def _alone(
        self, html: str, group: Sequence[_Candidate], existing: LiveBlocks
    ) -> Iterator[tuple[int, int, str]]:
        """The cell around one block. There is none if it has no code, as reported."""
        (found,) = group
        made = self._example(html, found)
        if made is None:
            return
        example, code = made
        block = fold_block(found.block.around(html, code), example.options.hide_lines, example.options)
        cell = live_block(existing.examples.add(example), block)
        yield found.block.start, found.block.end, cell

    def _example(self, html: str, found: _Candidate) -> tuple[Example, str] | None:
        """The example of a block, and the HTML of its code."""
        location = found.existing.location
        options, lines = found.options
        name = location.file
        folder = PurePosixPath(name).parent.as_posix()
        rest = "\n".join(found.source.split("\n")[lines:])
        code = take_code(rest, options, self.code_files, folder, self.report, location)
        if code is None:
            return None
        is_shown = code.source == rest
        comments = tuple(read_comments(code.source))
        values = read_options(without_excerpt(options), Scope.BLOCK, location, self.report)
        values.update({KINDS[name]: True for name in found.block.languages & KINDS.keys()})
        check_line_options(values, code.source, self.report, location)
        provenance = self._provenance(html, found, code)
        if not may_be_empty(values):
            code, values, provenance = take_hidden_lines(code, values, provenance, self.report, location)
        checked = checked_block(code, values, self.report, location)
        if checked is None:
            return None
        code, values = checked
        example = make_example(
            code.source,
            site=self.values,
            page={},
            block=values,
            file=name,
            location=location,
            provenance=provenance,
        )
        check_syntax(code, example.options.raises, self.report, location)
        if example.options.console or not is_shown:
            return example, plain_code(page_code(code.source, values))
        shown = without_lines(html[found.block.code_start : found.block.code_end], lines)
        return example, without_comments(shown, comments)

    def _provenance(self, html: str, found: _Candidate, code: Code) -> Provenance:
        """Where the lines of the code are: in a file, or in the HTML below the options of the block."""
        if code.file and self.code_files:
            return Provenance((FileLines((self.code_files.root / code.file).as_posix(), code.numbers),))
        first = html.count("\n", 0, found.block.code_start) + 1 + found.options.lines
        return Provenance.of_lines(found.existing.location.file, first, code.source)


def _together(html: str, group: Sequence[_Candidate], existing: LiveBlocks) -> Iterator[tuple[int, int, str]]:
    """The cells around adjacent blocks, with their places."""
    for run in existing.runs([each.existing for each in group]):
        together = group[run.first : run.last + 1]
        blocks = [each.block for each in together]
        ends = [blocks[0].start, *(block.end for block in blocks)]
        shown = (
            html[end : each.block.start]
            + fold_existing(_whole(html, each.block), each.source, run.example.options)
            for end, each in zip(ends, together, strict=False)
        )
        yield blocks[0].start, blocks[-1].end, live_block(run.example, "".join(shown))


def _whole(html: str, block: Block) -> str:
    return block.around(html, html[block.code_start : block.code_end])


def _adjacent(html: str, candidates: Iterator[_Candidate]) -> Iterator[list[_Candidate]]:
    """Blocks that follow each other without anything between them. One that is alone is a group."""
    group: list[_Candidate] = []
    for candidate in candidates:
        between = html[group[-1].block.end : candidate.block.start].strip() if group else ""
        if group and (between or candidate.is_alone or group[-1].is_alone):
            yield group
            group = []
        group.append(candidate)
    if group:
        yield group


def _words(block: Block, source: str) -> tuple[str, ...]:
    """The words of the option ``live`` that mean a block."""
    named = [word for language in sorted(block.languages) for word in kinds_of(language, source)]
    return tuple(dict.fromkeys([*named, *kinds_of(None, source)]))
