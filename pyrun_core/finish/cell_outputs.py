"""Stored outputs in built HTML, and what a check has decided about its cells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pyrun_core.examples.render import ELEMENT, PageAsset, style_tag
from pyrun_core.finish.cells import IsOrdinary
from pyrun_core.outputs.render import OUTPUT_MARK, output_html
from pyrun_core.outputs.stored import StoredOutput
from pyrun_core.tags import Tag, find_tags

__all__ = ["CheckedCells", "OutputOf", "with_outputs"]

OutputOf = Callable[[Mapping[str, str]], StoredOutput | None]
"""The output of an example before its first run, by the attributes of its element."""


@dataclass(frozen=True)
class CheckedCells:
    """What a check has decided: which examples stay ordinary blocks, and what others show before a run."""

    is_ordinary: IsOrdinary
    output_of: OutputOf


def with_outputs(html: str, output_of: OutputOf, style: PageAsset, figures_url: str) -> str:
    """The HTML whose cells show their outputs, and no outputs of earlier builds.

    The first output loads the style sheet ``style``, wherever a theme puts the content of the page.
    """
    parts: list[str] = []
    done = 0
    tag_of_style = style_tag(style)
    opened: Tag | None = None
    for tag in find_tags(html, ELEMENT):
        if not tag.is_end:
            opened = tag
            continue
        if opened is None:
            continue
        code, mark, _ = html[opened.end : tag.start].partition(OUTPUT_MARK)
        output = output_of(opened.attributes)
        if output is not None:
            language = opened.attributes.get("data-language", "")
            shown = output_html(output, lambda figure: figures_url + figure.name, tag_of_style, language)
            tag_of_style = ""
            code += shown
        if output is not None or mark:
            parts += [html[done : opened.end], code]
            done = tag.start
        opened = None
    return "".join([*parts, html[done:]])
