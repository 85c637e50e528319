"""Shows drawings of the standard library's `turtle` in the output.

Pyodide does not include the module, because it draws with tkinter. The worker fetches it at the first
import: CPython's own, unchanged, with a canvas in place of tkinter's. This module alone uses its private
names, those of CPython 3.13.0, whose copy pyrun ships.
"""

import base64
import hashlib
import sys
from types import ModuleType
from typing import Any
from weakref import WeakSet

import _pyrun_worker as worker
from pyrun_runtime.display.display import display
from pyrun_runtime.language import say
from pyrun_runtime.turtle import canvas as turtle_canvas

__all__ = ["Drawing", "load", "show_open"]

_SCREEN_WIDTH, _SCREEN_HEIGHT = 1600, 800
"""Of the screen. A window takes half of the width and three quarters of the height."""

_screens: WeakSet[Any] = WeakSet()
"""All screens that code may still draw on."""


class Drawing:
    """A screen at one moment."""

    def __init__(self, svg: str, title: str) -> None:
        self.svg = svg
        self.alt = (
            say("runtime.namedTurtle", "Turtle graphics: {title}", title=title)
            if title
            else say("runtime.turtle", "Turtle graphics")
        )

    def _repr_mimebundle_(self, **_wanted: object) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        bundle = {"image/svg+xml": self.svg, "text/plain": f"[{self.alt}]"}
        return bundle, {"image/svg+xml": {"alt": self.alt}}


def load(module: dict[str, Any]) -> None:
    """Fill the module `turtle`."""
    source = worker.vendored("turtle")
    if source is None:
        raise ImportError(
            "turtle could not be loaded. Check the connection, then run this again, "
            "with `import turtle` in the example itself.",
            name="turtle",
        )
    if not _is_pinned(source, worker.vendored_integrity("turtle")):
        raise ImportError(
            "turtle could not be loaded, because its file on the site has changed. Nothing of it was run.",
            name="turtle",
        )
    before = {name: sys.modules.get(name) for name in ("tkinter", "tkinter.simpledialog")}
    sys.modules |= _tkinter()
    try:
        exec(compile(source, "turtle.py", "exec"), module)  # noqa: S102 - a module of CPython
    finally:
        # Other code must not take this for tkinter.
        for name, found in before.items():
            if found is None:
                del sys.modules[name]
            else:
                sys.modules[name] = found
    _use_canvas(module)


def _is_pinned(source: str, integrity: str) -> bool:
    """Whether a text is the one that the build has pinned. JavaScript can't do this while Python waits."""
    digest = hashlib.sha256(source.encode()).digest()
    return integrity == f"sha256-{base64.b64encode(digest).decode()}"


def show_open() -> None:
    """Show every drawing that has changed, at the end of a run. The next run starts with an empty screen."""
    for screen in list(_screens):
        screen.show_drawing()
    turtle = sys.modules.get("turtle")
    if turtle is not None and hasattr(turtle, "TurtleScreen"):
        turtle.Turtle._pen = turtle.Turtle._screen = None  # noqa: SLF001 - as turtle when its window closes
        turtle._Screen._root = turtle._Screen._canvas = None  # noqa: SLF001
        turtle._Screen._title = ""  # noqa: SLF001
        turtle.TurtleScreen._RUNNING = True  # noqa: SLF001


def _tkinter() -> dict[str, ModuleType]:
    tk, dialogs = ModuleType("tkinter"), ModuleType("tkinter.simpledialog")
    for name in ("Frame", "Tk"):
        setattr(tk, name, type(name, (), {}))
    for part in (turtle_canvas.Canvas, turtle_canvas.PhotoImage, turtle_canvas.TclError):
        setattr(tk, part.__name__, part)
    vars(tk).update({"ROUND": "round", "simpledialog": dialogs})
    vars(dialogs).update({"askstring": _ask_text, "askfloat": _ask_number})
    return {"tkinter": tk, "tkinter.simpledialog": dialogs}


def _ask_text(_title: str, prompt: str, **_options: object) -> str:
    return input(f"{prompt} ")


def _ask_number(
    _title: str,
    prompt: str,
    *,
    initialvalue: float | None = None,
    minvalue: float | None = None,
    maxvalue: float | None = None,
    **_options: object,
) -> float | None:
    while True:
        answer = input(f"{prompt} ")
        if not answer.strip():
            return initialvalue
        try:
            number = float(answer)
        except ValueError:
            print("Not a number. Try again.")  # noqa: T201 - for the reader
            continue
        if minvalue is not None and number < minvalue:
            print(f"At least {minvalue}. Try again.")  # noqa: T201
        elif maxvalue is not None and number > maxvalue:
            print(f"At most {maxvalue}. Try again.")  # noqa: T201
        else:
            return number


def _use_canvas(module: dict[str, Any]) -> None:
    """Use the canvas in place of tkinter's window."""
    module["ScrolledCanvas"] = turtle_canvas.Canvas
    module["_Root"] = _Window
    module["_Screen"] = type("_Screen", (_ShownScreen, module["_Screen"]), {"_turtle": module})


class _Window:
    """`_Root` of turtle: the window around the canvas."""

    def setupcanvas(self, *_sizes: float) -> None:
        self.canvas = turtle_canvas.Canvas(_SCREEN_WIDTH / 2, _SCREEN_HEIGHT * 3 / 4)

    def _getcanvas(self) -> turtle_canvas.Canvas:
        return self.canvas

    def win_width(self) -> int:
        return _SCREEN_WIDTH

    def win_height(self) -> int:
        return _SCREEN_HEIGHT

    def set_geometry(self, width: float, height: float, _x: float, _y: float) -> None:
        self.canvas.config(width=width, height=height)

    def title(self, _title: str) -> None:
        pass

    def ondestroy(self, _destroy: object) -> None:
        pass

    def destroy(self) -> None:
        self.canvas.show()


_TurtlesScreen: Any = object
"""Replaced by the class when turtle is loaded."""


class _ShownScreen(_TurtlesScreen):  # type: ignore[misc]
    """`_Screen` of turtle, which shows the final drawing instead of each step."""

    _turtle: dict[str, Any]

    def __init__(self) -> None:
        self._shown = ""
        super().__init__()
        self.cv.has_set_size = False
        self.cv.show = self.show_drawing
        _screens.add(self)

    def setup(self, *sizes: object, **named_sizes: object) -> None:
        super().setup(*sizes, **named_sizes)
        self.cv.has_set_size = True

    def setworldcoordinates(self, *corners: float) -> None:
        self.cv.has_set_size = True
        super().setworldcoordinates(*corners)

    def clear(self) -> None:
        super().clear()
        # The steps of a movement would take time, and are not shown.
        self._tracing = 0

    clearscreen = clear

    def exitonclick(self) -> None:
        self.show_drawing()

    def show_drawing(self) -> None:
        """Show the drawing, unless it has been shown already."""
        self._turtle["TurtleScreen"]._RUNNING = True  # noqa: SLF001 - even after its window was closed
        self.update()
        svg = self.cv.to_svg()
        if svg == self._shown:
            return
        self._shown = svg
        title = "" if self._title == self._turtle["_CFG"]["title"] else self._title
        display(Drawing(svg, title))
        if self.cv.reacts:
            self.cv.reacts = False
            sentence = say(
                "runtime.turtleEvents",
                "(Turtle graphics in a page cannot react to keys, clicks and timers. "
                "The picture shows what was drawn until now.)",
            )
            print(sentence, file=sys.stderr)  # noqa: T201 - for the reader
