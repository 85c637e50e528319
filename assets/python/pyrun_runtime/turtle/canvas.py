"""A canvas with the part of tkinter's interface that `turtle` uses, which becomes an SVG."""

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyrun_runtime.turtle.colours import svg_colour
from pyrun_runtime.turtle.shapes import Box, Item, Options, box_of, svg_of

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Canvas", "PhotoImage", "TclError"]


_MARGIN = 20
_LEAST_WIDTH, _LEAST_HEIGHT = 200, 150
_FURTHEST = 3000
"""In pixels. The picture does not follow a turtle further."""


class TclError(Exception):
    """What tkinter raises for unknown colours and the like."""


class PhotoImage:
    """A picture from a file, GIF or PNG."""

    def __init__(self, file: str | None = None, width: int = 1, height: int = 1, **_more: object) -> None:
        self.data = b"" if file is None else Path(file).read_bytes()
        self._size = (width, height)

    def blank(self) -> None:
        """Show nothing, which is what it does anyway."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, from the file's header."""
        if self.data.startswith(b"GIF8"):
            return int.from_bytes(self.data[6:8], "little"), int.from_bytes(self.data[8:10], "little")
        if self.data.startswith(b"\x89PNG"):
            return int.from_bytes(self.data[16:20], "big"), int.from_bytes(self.data[20:24], "big")
        return self._size

    @property
    def url(self) -> str:
        """The whole file, as a ``data:`` URL."""
        kind = "png" if self.data.startswith(b"\x89PNG") else "gif"
        return f"data:image/{kind};base64,{base64.b64encode(self.data).decode()}"


class Canvas:
    """Lines, polygons, texts and images, from the lowest to the topmost. The origin is in the centre."""

    def __init__(self, width: float, height: float) -> None:
        self.options: Options = {"width": width, "height": height, "bg": "white"}
        self.canvwidth, self.canvheight = 400, 300
        self.has_set_size = False
        self.reacts = False
        """Whether the code reacts to keys, clicks or timers, which never occur."""
        self.show: Callable[[], None] = lambda: None
        self._items: dict[int, Item] = {}
        self._last = 0
        self.reset()

    @property
    def tk(self) -> "Canvas":
        """The object with the main loop."""
        return self

    def mainloop(self) -> None:
        """Show the drawing; no event will occur."""
        self.show()

    def reset(self, width: int | None = None, height: int | None = None, bg: str | None = None) -> None:
        """Change the size of the region that can be drawn on."""
        self.canvwidth, self.canvheight = width or self.canvwidth, height or self.canvheight
        self.options["bg"] = bg or self.options["bg"]
        x, y = self.canvwidth // 2, self.canvheight // 2
        self.options["scrollregion"] = (-x, -y, x, y)

    def create_line(self, *coords: float, **options: object) -> int:
        """See tkinter."""
        return self._create("line", coords, options)

    def create_polygon(self, coords: tuple[float, ...], **options: object) -> int:
        """See tkinter."""
        return self._create("polygon", coords, options)

    def create_text(self, *coords: float, **options: object) -> int:
        """See tkinter."""
        return self._create("text", coords, options)

    def create_image(self, *coords: float, **options: object) -> int:
        """See tkinter."""
        return self._create("image", coords, options)

    def _create(self, kind: str, coords: tuple[float, ...], options: Options) -> int:
        self._last += 1
        self._items[self._last] = Item(kind, list(coords), options)
        return self._last

    def coords(self, item: int, *coords: Any) -> list[float]:  # noqa: ANN401 - numbers, or one tuple of them
        """The coordinates of an item, which may be changed."""
        found = self._items.get(item)
        if found is None:
            return []
        if coords:
            found.coords = list(coords[0] if isinstance(coords[0], tuple) else coords)
        return found.coords

    def itemconfigure(self, item: int, **options: object) -> None:
        """Give an item other options."""
        if item in self._items:
            self._items[item].options |= options

    itemconfig = itemconfigure

    def delete(self, item: int | str) -> None:
        """Remove an item, or all of them."""
        if item == "all":
            self._items.clear()
        else:
            self._items.pop(int(item), None)

    def tag_raise(self, item: int) -> None:
        """Put an item above all others."""
        if item in self._items:
            self._items[item] = self._items.pop(item)

    def tag_lower(self, item: int) -> None:
        """Put an item below all others."""
        if item in self._items:
            self._items = {item: self._items.pop(item), **self._items}

    def find_all(self) -> tuple[int, ...]:
        """All items."""
        return tuple(self._items)

    def type(self, item: int) -> str:
        """What an item is."""
        return self._items[item].kind if item in self._items else ""

    def bbox(self, item: int) -> Box:
        """What an item covers."""
        return box_of(self._items[item])

    def config(self, **options: object) -> None:
        """Take options of the canvas itself."""
        self.options |= options

    def cget(self, name: str) -> Any:  # noqa: ANN401 - tkinter's own
        """An option of the canvas."""
        return self.options.get(name)

    __getitem__ = cget

    def winfo_width(self) -> int:
        """The width of the window, in pixels."""
        return int(self.options["width"])

    def winfo_height(self) -> int:
        """The height of the window, in pixels."""
        return int(self.options["height"])

    def winfo_rgb(self, colour: str) -> None:
        """Raise TclError for an unknown colour."""
        if svg_colour(colour) is None:
            raise TclError(f'unknown color name "{colour}"')

    def canvasx(self, x: float) -> float:
        """The same: nothing scrolls here."""
        return x

    canvasy = canvasx

    def bind(self, *_: object) -> None:
        """Note that the code reacts to events."""
        self.reacts = True

    tag_bind = after_idle = bind

    def after(self, _milliseconds: int, function: object = None) -> None:
        """Note a timer. Do not wait, because only the final picture is shown."""
        self.reacts = self.reacts or function is not None

    def _ignore(self, *_: object) -> None:
        pass

    unbind = tag_unbind = update = focus_force = _ignore

    def to_svg(self) -> str:
        """The drawing as it is now."""
        x, y, width, height = self._view()
        shapes = [svg_of(item) for item in self._items.values() if item.is_visible]
        background = svg_colour(self.options["bg"]) or "white"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
            f'viewBox="{x:g} {y:g} {width:g} {height:g}">'
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{background}"/>'
            f"{''.join(shapes)}</svg>"
        )

    def _view(self) -> Box:
        left, top, right, bottom = self.options["scrollregion"]
        if self.has_set_size:
            width, height = self.winfo_width(), self.winfo_height()
            return (left + right - width) / 2, (top + bottom - height) / 2, width, height
        boxes = [box_of(item) for item in self._items.values() if item.is_visible and item.coords]
        left = min([-_LEAST_WIDTH / 2, *(box[0] - _MARGIN for box in boxes)])
        top = min([-_LEAST_HEIGHT / 2, *(box[1] - _MARGIN for box in boxes)])
        right = max([_LEAST_WIDTH / 2, *(box[2] + _MARGIN for box in boxes)])
        bottom = max([_LEAST_HEIGHT / 2, *(box[3] + _MARGIN for box in boxes)])
        left, top = (round(max(edge, -_FURTHEST)) for edge in (left, top))
        return left, top, round(min(right, _FURTHEST)) - left, round(min(bottom, _FURTHEST)) - top
