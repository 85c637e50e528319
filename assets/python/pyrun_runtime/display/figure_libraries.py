"""Figures of plotly, bokeh and altair, which JavaScript draws in a frame of the page.

None of the three is imported here: code that has a figure has imported its library.
"""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from pyrun_runtime.after_import import after_import

__all__ = ["FRAME", "bundle_of_figure", "install", "is_figure"]

FRAME: Final = "application/vnd.pyrun.frame+json"
"""A description of a figure: ``Figure`` of ``assets/page/display/figure.js``."""

_PLOTLY_SCRIPTS = Path("package_data")
_BOKEH_SCRIPTS = Path("server/static/js")

_VEGA: Final = "vega"
"""One of pyrun's own files, because altair's wheel carries no JavaScript."""


class _Offers:
    """Sends scripts to the page, each only once, because they are megabytes."""

    def __init__(self, give: Callable[[str, str], None]) -> None:
        self._give = give
        self._given: set[str] = set()

    def offer(self, package: str, script: Path) -> str:
        """Send the page a script of an installed package; returns the script's name there.

        Raises:
            FileNotFoundError: the package does not include it.
        """
        module = sys.modules[package]
        path = Path(str(module.__file__)).parent / script
        name = f"{package} {getattr(module, '__version__', '')} {script.name}"
        if name not in self._given:
            if not path.is_file():
                raise FileNotFoundError(f"this {package} does not include its JavaScript, {script.name}")
            self._give(name, str(path))
            self._given.add(name)
        return name


_offers = _Offers(lambda _name, _path: None)


def install(give: Callable[[str, str], None], display: Callable[[object], object]) -> None:
    """Let the ``show()`` of figures show them in the output. It would open a browser.

    ``give`` sends the page a script, by its name and the path of its file.
    """
    global _offers  # noqa: PLW0603 - there is one page
    _offers = _Offers(give)

    def show(figure: object, *_: object, **__: object) -> None:
        display(figure)

    def patch_plotly(module: ModuleType) -> None:
        module.BaseFigure.show = show

    def patch_bokeh(module: ModuleType) -> None:
        module.show = show  # type: ignore[attr-defined]

    after_import("plotly.basedatatypes", patch_plotly)
    after_import("bokeh.io.showing", patch_bokeh)


def is_figure(value: object) -> bool:
    """Whether `bundle_of_figure` supports it."""
    return _drawer(value) is not None


def bundle_of_figure(value: Any) -> dict[str, str] | None:  # noqa: ANN401 - whatever code has made
    """The bundle of a figure; None for other values.

    Raises what the library raises if it cannot describe its figure.
    """
    draw = _drawer(value)
    if draw is None:
        return None
    return {FRAME: json.dumps(draw(value)), "text/plain": f"<{type(value).__name__} of {_library(value)}>"}


def _drawer(value: object) -> Callable[[Any], dict[str, object]] | None:
    bases = {(base.__module__.partition(".")[0], base.__name__) for base in type(value).__mro__}
    for figure_class, drawer in _DRAWERS.items():
        if figure_class in bases:
            return drawer
    return None


def _library(value: object) -> str:
    packages = [base.__module__.partition(".")[0] for base in type(value).__mro__]
    return next(package for package in packages if package in {name for name, _ in _DRAWERS})


def _plotly(figure: Any) -> dict[str, object]:  # noqa: ANN401
    scripts = [_offers.offer("plotly", _PLOTLY_SCRIPTS / "plotly.min.js")]
    title = figure.layout.title.text
    return {
        "library": "plotly",
        "scripts": scripts,
        "title": title or "",
        "spec": figure.to_json(validate=False),
    }


def _bokeh(model: Any) -> dict[str, object]:  # noqa: ANN401
    from bokeh.core.json_encoder import serialize_json  # type: ignore[import-not-found]  # noqa: PLC0415
    from bokeh.embed import json_item  # type: ignore[import-not-found]  # noqa: PLC0415

    # First, because it creates the models that others consist of.
    spec = serialize_json(json_item(model))
    names = ["bokeh", *_bokeh_extras(model.references())]
    scripts = [_offers.offer("bokeh", _BOKEH_SCRIPTS / f"{name}.min.js") for name in names]
    title = getattr(getattr(model, "title", None), "text", "")
    return {"library": "bokeh", "scripts": scripts, "title": title, "spec": spec}


def _bokeh_extras(models: Iterable[Any]) -> list[str]:
    """The parts of bokeh that are separate files, because few figures need them."""
    extras = set()
    for model in models:
        module, name = type(model).__module__, type(model).__name__
        if module.startswith("bokeh.models.widgets"):
            extras.add("bokeh-widgets")
        if module.startswith("bokeh.models.widgets.tables"):
            extras.add("bokeh-tables")
        if getattr(model, "output_backend", "") == "webgl":
            extras.add("bokeh-gl")
        if name in {"Ascii", "MathML", "TeX"} or _has_formula(model):
            extras.add("bokeh-mathjax")
    order = ["bokeh-gl", "bokeh-widgets", "bokeh-tables", "bokeh-mathjax"]
    return [name for name in order if name in extras]


def _has_formula(model: Any) -> bool:  # noqa: ANN401
    """Whether one of its texts contains a formula, as bokeh marks them."""
    texts = (getattr(model, name, None) for name in ("text", "axis_label", "title"))
    return any(isinstance(text, str) and ("$$" in text or r"\(" in text or r"\[" in text) for text in texts)


def _altair(chart: Any) -> dict[str, object]:  # noqa: ANN401
    spec: dict[str, Any] = chart.to_dict()
    title = spec.get("title", "")
    text = title.get("text", "") if isinstance(title, dict) else title
    words = " ".join(text) if isinstance(text, list) else str(text)
    return {"library": "vega", "scripts": [_VEGA], "title": words, "spec": json.dumps(spec)}


_DRAWERS: Final[dict[tuple[str, str], Callable[[Any], dict[str, object]]]] = {
    ("plotly", "BaseFigure"): _plotly,
    ("bokeh", "UIElement"): _bokeh,
    ("altair", "TopLevelMixin"): _altair,
}
"""By package and base class."""
