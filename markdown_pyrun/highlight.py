"""The highlighted block inside a live example, from the site's highlighter."""

import re
from collections.abc import Iterator

from markdown import Markdown
from markdown.extensions.codehilite import CodeHiliteExtension
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.preprocessors import Preprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from markdown_pyrun.fence_options import FenceOptions
from pyrun_core.examples.render import plain_block
from pyrun_core.options.declare import Options

__all__ = ["highlight", "shows_title"]

# Some versions of Pygments take a title as HTML, others as text.
_PLAIN_TITLE = re.compile(r"[^&<>\"'{}]+")

# The name under which both Python-Markdown's fenced_code and pymdownx.superfences are registered.
_FENCES = "fenced_code_block"


def highlight(md: Markdown, source: str, options: Options, fence: FenceOptions) -> str:
    """The HTML of a Python block, or of a session with prompts, as an ordinary fence of the page has it."""
    code = source.split("\n")
    marks = _marks(source)
    if _FENCES in md.preprocessors:
        fences = md.preprocessors[_FENCES]
        for header in _headers(md, fences, options, fence):
            block = _run(md, fences, [f"{marks}{header}", *code, marks])
            if block is not None:
                return block
    return plain_block(source)


def shows_title(block: str) -> bool:
    """Whether the block contains its title, as with the formatter of Pygments."""
    return 'class="filename"' in block


def _marks(source: str) -> str:
    """Backticks for a fence, more than the source has in a row."""
    return "`" * max([3, *(len(run) + 1 for run in re.findall("`{3,}", source))])


def _headers(md: Markdown, fences: Preprocessor, options: Options, fence: FenceOptions) -> Iterator[str]:
    """Headers of the fence: first one with all options, then one that every highlighter reads."""
    language = "pycon" if options.console else "python"
    attributes: dict[str, str] = {}
    plain = isinstance(fences, FencedBlockPreprocessor)
    if not plain or any(isinstance(each, CodeHiliteExtension) for each in md.registeredExtensions):
        attributes |= _numbers(options, fence, plain=plain)
        if options.emphasize_lines:
            attributes["hl_lines"] = " ".join(map(str, options.emphasize_lines))
    if not plain:
        attributes |= fence.data
        if _PLAIN_TITLE.fullmatch(options.caption):
            attributes["title"] = options.caption
    written = [f'{name}="{value}"' for name, value in attributes.items() if '"' not in value]
    if written or fence.classes:
        yield f"{{{' '.join((f'.{language}', *(f'.{name}' for name in fence.classes), *written))}}}"
    yield language


def _numbers(options: Options, fence: FenceOptions, *, plain: bool) -> dict[str, str]:
    """The attributes for line numbers: of Python-Markdown's ``fenced_code`` if ``plain``."""
    if not options.linenos:
        return {"linenums": "0"} if fence.numbers and not plain else {}
    if plain:
        return {"linenums": "1", "linenostart": (fence.numbers or "1").split()[0]}
    return {"linenums": fence.numbers or "1"}


def _run(md: Markdown, fences: Preprocessor, lines: list[str]) -> str | None:
    """The block that the site's fences make from these lines. ``None`` if they find no fence."""
    rendered = "\n".join(fences.run(lines)).strip()
    match = HTML_PLACEHOLDER_RE.fullmatch(rendered)
    return str(md.htmlStash.rawHtmlBlocks[int(match[1])]).strip() if match else None
