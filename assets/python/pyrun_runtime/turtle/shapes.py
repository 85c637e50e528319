"""The shapes on a canvas of turtle graphics, as SVG."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from pyrun_runtime.turtle.colours import svg_colour

__all__ = ["Box", "Item", "Options", "box_of", "svg_of"]

Options = dict[str, Any]
Box = tuple[float, float, float, float]

_PIXELS_PER_POINT = 4 / 3
"""With 96 pixels per inch, as in CSS."""

_CHARACTER_WIDTH = 0.55
"""Of its height, roughly, because text cannot be measured here."""

_DESCENT = 0.22
"""The part of a line's height below the baseline."""

_ANCHORS = {"sw": "start", "s": "middle", "se": "end"}


@dataclass
class Item:
    """A line, polygon, text or image, with tkinter's options."""

    kind: str
    coords: list[float]
    options: Options = field(default_factory=dict)

    @property
    def is_visible(self) -> bool:
        """Whether it has anything to draw."""
        match self.kind:
            case "image":
                return bool(getattr(self.options.get("image"), "data", b""))
            case "polygon":
                return bool(self.options.get("fill") or self.options.get("outline"))
            case _:
                return bool(self.options.get("fill"))

    @property
    def points(self) -> str:
        """The coordinates as SVG takes them."""
        numbers = [f"{round(number, 2) + 0:g}" for number in self.coords]  # there is a zero below zero
        return " ".join(",".join(pair) for pair in zip(numbers[::2], numbers[1::2], strict=False))


def _font(item: Item) -> tuple[str, float, str]:
    family, size, style = (*item.options.get("font", ()), "Arial", 8, "normal")[:3]
    # Points, or pixels if it is negative.
    pixels = -size if size < 0 else size * _PIXELS_PER_POINT
    return str(family), pixels, str(style)


def box_of(item: Item) -> Box:
    """Left, top, right and bottom."""
    x, y = item.coords[::2], item.coords[1::2]
    if item.kind == "text":
        _, pixels, _ = _font(item)
        lines = str(item.options["text"]).split("\n")
        width = max(map(len, lines)) * pixels * _CHARACTER_WIDTH
        left = x[0] - width * {"sw": 0, "s": 0.5, "se": 1}[item.options["anchor"]]
        return left, y[0] - pixels * len(lines), left + width, y[0]
    if item.kind == "image":
        width, height = item.options["image"].size
        return x[0] - width / 2, y[0] - height / 2, x[0] + width / 2, y[0] + height / 2
    half = float(item.options.get("width") or 0) / 2
    return min(x) - half, min(y) - half, max(x) + half, max(y) + half


def svg_of(item: Item) -> str:
    """The element for an item."""
    options = item.options
    fill, outline = (svg_colour(options.get(name) or "") or "none" for name in ("fill", "outline"))
    width = options.get("width", 1)
    match item.kind:
        case "line":
            return (
                f'<polyline points="{item.points}" fill="none" stroke="{fill}" stroke-width="{width}" '
                'stroke-linecap="round" stroke-linejoin="round"/>'
            )
        case "polygon":
            stroke = f' stroke="{outline}" stroke-width="{width}"' if outline != "none" else ""
            return f'<polygon points="{item.points}" fill="{fill}" fill-rule="evenodd"{stroke}/>'
        case "image":
            left, top, right, bottom = box_of(item)
            size = f'width="{right - left:g}" height="{bottom - top:g}"'
            return f'<image x="{left:g}" y="{top:g}" {size} href="{options["image"].url}"/>'
        case _:
            return _svg_text(item, fill)


def _svg_text(item: Item, fill: str) -> str:
    family, pixels, style = _font(item)
    x, y = item.coords
    looks = f'font-family="{html.escape(family)}, sans-serif" font-size="{pixels:g}"'
    if "bold" in style:
        looks += ' font-weight="bold"'
    if re.search("italic|oblique", style):
        looks += ' font-style="italic"'
    lines = str(item.options["text"]).split("\n")
    texts = []
    for above, line in enumerate(reversed(lines)):
        base = y - pixels * (_DESCENT + above)
        position = f'x="{x:g}" y="{base:g}" text-anchor="{_ANCHORS[item.options["anchor"]]}"'
        texts.append(
            f'<text {position} xml:space="preserve" fill="{fill}" {looks}>{html.escape(line)}</text>'
        )
    return "".join(texts)
