"""The code in what markdown-exec writes for a fence that it has run: beside its output, or with it."""

from markdown import Markdown

from pyrun_core.finish.block_text import block_source
from pyrun_core.finish.code_blocks import Block, find_blocks

__all__ = ["find_source", "is_output"]

_HIDDEN = "markdown-exec: hide"
"""markdown-exec does not show a line with this comment."""

_PROMPTS = (">>> ", "... ")


def is_output(md: Markdown) -> bool:
    """Whether markdown-exec has made the instance, to convert what the code of a fence has written."""
    return getattr(md, "_original_md", None) is not None


def find_source(html: str, code: str) -> Block | None:
    """The block that shows the code of a fence, ``None`` if its author shows only the output."""
    lines = [line.rstrip() for line in code.split("\n") if _HIDDEN not in line]
    if any(line.startswith(_PROMPTS[0]) for line in lines):
        lines = [line for line in lines if line.startswith(_PROMPTS)]
    shown = "\n".join(lines).strip()
    blocks = ((block, _text(html, block)) for block in find_blocks(html))
    return next((block for block, text in blocks if text == shown or text.startswith(f"{shown}\n")), None)


def _text(html: str, block: Block) -> str:
    source = block_source(html[block.code_start : block.code_end])
    return "\n".join(line.rstrip() for line in source.split("\n")).strip()
