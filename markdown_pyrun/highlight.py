"""The highlighted block inside a live example, made by whatever highlights the site's other blocks."""

import html
import re
from collections.abc import Iterator, Sequence

from markdown import Markdown
from markdown.extensions.codehilite import CodeHiliteExtension
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.preprocessors import Preprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from pyrun_core.options.declare import Options

__all__ = ["highlight", "shows_title"]

# Some versions of Pygments take a title for HTML, some for text.
_PLAIN_TITLE = re.compile(r"[^&<>\"'{}]+")

# Under this name both Python-Markdown's fenced_code and pymdownx.superfences are registered.
_FENCES = "fenced_code_block"


def highlight(md: Markdown, source: str, options: Options, classes: Sequence[str] = ()) -> str:
    """The HTML of an ordinary Python block, as an ordinary fence of the page would give it."""
    code = source.split("\n")
    marks = _marks(source)
    if _FENCES in md.preprocessors:
        fences = md.preprocessors[_FENCES]
        for header in _headers(md, fences, options, classes):
            block = _run(md, fences, [f"{marks}{header}", *code, marks])
            if block is not None:
                return block
    return f'<pre><code class="language-python">{html.escape(source, quote=False)}\n</code></pre>'


def shows_title(block: str) -> bool:
    """Whether the highlighter has put the title into its block, as Pygments' formatter does."""
    return 'class="filename"' in block


def _marks(source: str) -> str:
    """A fence longer than any in the source."""
    return "`" * max([3, *(len(run) + 1 for run in re.findall("`{3,}", source))])


def _headers(md: Markdown, fences: Preprocessor, options: Options, classes: Sequence[str]) -> Iterator[str]:
    """What to write behind the fence, first with everything, then what every highlighter reads."""
    words = [".python", *(f".{name}" for name in classes)]
    plain = isinstance(fences, FencedBlockPreprocessor)
    if not plain or any(isinstance(known, CodeHiliteExtension) for known in md.registeredExtensions):
        if options.linenos:
            words.append('linenums="1"')
        if options.emphasize_lines:
            words.append(f'hl_lines="{" ".join(map(str, options.emphasize_lines))}"')
    if not plain and _PLAIN_TITLE.fullmatch(options.caption):
        words.append(f'title="{options.caption}"')
    if len(words) > 1:
        yield f"{{{' '.join(words)}}}"
    yield "python"


def _run(md: Markdown, fences: Preprocessor, lines: list[str]) -> str | None:
    """The block that the site's fences make of these lines; ``None`` if they see no fence there."""
    rendered = "\n".join(fences.run(lines)).strip()
    match = HTML_PLACEHOLDER_RE.fullmatch(rendered)
    return str(md.htmlStash.rawHtmlBlocks[int(match[1])]).strip() if match else None
