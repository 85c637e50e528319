"""Ordinary blocks of code that become live, on sites whose generator knows nothing of pyrun."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from pyrun_core.examples.checks import check_lines, check_source
from pyrun_core.examples.code_file import CodeFiles, take_code, without_excerpt
from pyrun_core.examples.example import Example, make_example
from pyrun_core.examples.page_examples import PageExamples
from pyrun_core.examples.render import live_block, plain_code
from pyrun_core.examples.syntax import check_syntax
from pyrun_core.finish.block_text import block_source, without_lines
from pyrun_core.finish.code_blocks import Block, find_blocks
from pyrun_core.options.declare import Scope, Values, declared_options, read_options
from pyrun_core.problems import Location, Problem, Report

__all__ = ["OPTION_MARK", "PlainBlocks"]

OPTION_MARK = "#|"
"""Begins a line with an option."""

_UNKNOWN = frozenset({"plaintext"})
"""What highlighters write instead of a language that they don't know: Shiki, in Astro and others."""

_NAMES = frozenset(option.name for option in declared_options(Scope.BLOCK))

_OPTION_LINE = re.compile(rf"{re.escape(OPTION_MARK)}\s*(?P<name>[\w-]+)\s*:\s*(?P<value>.*)")
_LIST = re.compile(r"\[(.*)\]")
_ITEM = re.compile(r"""(?:"[^"]*"|'[^']*'|[^,])+""")
_QUOTED = re.compile(r"""(["'])((?:(?!\1).)*)\1""")


@dataclass(frozen=True)
class PlainBlocks:
    """Makes blocks live that have one of the ``languages``. ``values`` are the options of the site.

    ``code_files`` are the files with code that blocks can name.
    """

    languages: frozenset[str]
    values: Values
    report: Report
    code_files: CodeFiles | None = None

    def make_live(self, html: str, name: str) -> str:
        """The HTML of the file ``name`` with a cell around each of these blocks."""
        if not self.languages or "<pre" not in (lower := html.lower()):
            return html
        if not any(word in lower for word in (OPTION_MARK, *self.languages)):
            return html
        page = PageExamples(self.report)
        parts: list[str] = []
        done = 0
        for block in find_blocks(html):
            location = Location(name, html.count("\n", 0, block.start) + 1)
            if self.languages.isdisjoint(block.languages):
                self._check_unnamed(html, block, location)
                continue
            found = self._example(html, block, name, location)
            if found is None:
                continue
            example, code = found
            check_lines(example.options.emphasize_lines, example.source, self.report, location)
            parts += [html[done : block.start], live_block(page.add(example), block.around(html, code))]
            done = block.end
        page.check_needs()
        return "".join([*parts, html[done:]])

    def _check_unnamed(self, html: str, block: Block, location: Location) -> None:
        """Report a block with options of pyrun whose language is lost."""
        if block.languages <= _UNKNOWN:
            options, _ = _option_lines(block_source(html[block.code_start : block.code_end]))
            if not _NAMES.isdisjoint(options):
                self.report(
                    Problem.FENCE,
                    "this block has options of pyrun, but it isn't live, because the generator hasn't "
                    "written its language into the HTML. Find your generator in the guide "
                    "'Use any site generator'",
                    location,
                )

    def _example(self, html: str, block: Block, name: str, location: Location) -> tuple[Example, str] | None:
        """The example, and the HTML of its code. ``None`` if it has no code, as reported."""
        shown = html[block.code_start : block.code_end]
        source = block_source(shown)
        written, lines = _option_lines(source)
        attributes = {
            name.removeprefix("data-"): value
            for tag in block.tags
            for name, value in tag.attributes.items()
            if name.startswith("data-") and name.removeprefix("data-") in _NAMES
        }
        # Themes write `data-file` and `data-lines` too.
        options = {**without_excerpt(attributes), **written}
        folder = PurePosixPath(name).parent.as_posix()
        rest = "\n".join(source.split("\n")[lines:])
        code = take_code(rest, options, self.code_files, folder, self.report, location)
        if code is None or not check_source(code.source, self.report, location):
            return None
        example = make_example(
            code.source,
            site=self.values,
            page={},
            block=read_options(without_excerpt(options), Scope.BLOCK, location, self.report),
            file=name,
            location=location,
        )
        check_syntax(code, example.options.raises, self.report, location)
        return example, without_lines(shown, lines) if code.source == rest else plain_code(code.source)


def _option_lines(source: str) -> tuple[dict[str, object], int]:
    """The options in lines ``#| name: value`` at the top, as Quarto writes them, and their number."""
    options: dict[str, object] = {}
    count = 0
    for line in source.split("\n"):
        match = _OPTION_LINE.fullmatch(line.rstrip())
        if match is None:
            break
        options[match["name"]] = _value(match["value"].strip())
        count += 1
    return options, count


def _value(text: str) -> object:
    """A value as in YAML: a list in brackets, or text, with or without quotes."""
    if items := _LIST.fullmatch(text):
        return [_unquoted(item.strip()) for item in _ITEM.findall(items[1]) if item.strip()]
    return _unquoted(text)


def _unquoted(text: str) -> str:
    quoted = _QUOTED.fullmatch(text)
    return quoted[2] if quoted else text
