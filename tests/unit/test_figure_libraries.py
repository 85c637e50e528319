"""Figures of plotly, bokeh and altair, tested with stand-ins that have the same names."""

from __future__ import annotations

import json
import sys
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def libraries(runtime_module: Callable[[str], ModuleType]) -> ModuleType:
    return runtime_module("display.figure_libraries")


class PlotlyFigure:
    layout = SimpleNamespace(title=SimpleNamespace(text="Growth"))

    def to_json(self, *, validate: bool) -> str:
        assert not validate
        return '{"data": []}'


class Chart:
    title: Any = "Bars"

    def to_dict(self) -> dict[str, Any]:
        return {"mark": "bar", "title": self.title}


def derived(base: type, package: str, name: str) -> Any:  # noqa: ANN401
    """An object of a class that the reader derived from a class of the library."""
    library_class = type(name, (base,), {"__module__": f"{package}.somewhere"})
    return type("Mine", (library_class,), {"__module__": "__main__"})()


def figure_of(bundle: dict[str, str]) -> dict[str, Any]:
    figure: dict[str, Any] = json.loads(bundle["application/vnd.pyrun.frame+json"])
    return figure


def install_plotly(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    script = folder / "plotly" / "package_data" / "plotly.min.js"
    script.parent.mkdir(parents=True)
    module = ModuleType("plotly")
    module.__file__ = str(folder / "plotly" / "__init__.py")
    module.__dict__["__version__"] = "7.1"
    monkeypatch.setitem(sys.modules, "plotly", module)
    return script


def test_the_script_of_a_figure_is_included_once(
    libraries: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = install_plotly(tmp_path, monkeypatch)
    script.write_text("")
    given: list[tuple[str, str]] = []
    libraries.install(lambda name, path: given.append((name, path)), print)
    bundles = [libraries.bundle_of_figure(derived(PlotlyFigure, "plotly", "BaseFigure")) for _ in range(2)]
    assert given == [("plotly 7.1 plotly.min.js", str(script))]
    assert bundles[0] == bundles[1]
    assert bundles[0]["text/plain"] == "<Mine of plotly>"
    assert figure_of(bundles[0]) == {
        "library": "plotly",
        "scripts": ["plotly 7.1 plotly.min.js"],
        "title": "Growth",
        "spec": '{"data": []}',
    }


def test_a_package_without_its_script_is_reported(
    libraries: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_plotly(tmp_path, monkeypatch)
    with pytest.raises(FileNotFoundError, match="this plotly does not include its JavaScript"):
        libraries.bundle_of_figure(derived(PlotlyFigure, "plotly", "BaseFigure"))


@pytest.mark.parametrize("title", ["Bars", {"text": "Bars"}, ["Bars"], {"text": ["Bars"]}])
def test_an_altair_chart_has_its_title_as_text(libraries: ModuleType, title: object) -> None:
    chart = derived(Chart, "altair", "TopLevelMixin")
    chart.title = title
    figure = figure_of(libraries.bundle_of_figure(chart))
    assert (figure["library"], figure["scripts"], figure["title"]) == ("vega", ["vega"], "Bars")
    assert json.loads(figure["spec"])["mark"] == "bar"


@pytest.mark.parametrize(
    ("model", "extras"),
    [
        (derived(object, "bokeh.models.widgets", "Slider"), ["bokeh-widgets"]),
        (derived(object, "bokeh.models.widgets.tables", "DataTable"), ["bokeh-widgets", "bokeh-tables"]),
        (SimpleNamespace(output_backend="webgl"), ["bokeh-gl"]),
        (SimpleNamespace(axis_label="$$x^2$$"), ["bokeh-mathjax"]),
        (SimpleNamespace(output_backend="canvas", text="plain"), []),
    ],
)
def test_bokeh_provides_the_scripts_that_a_figure_needs(
    libraries: ModuleType, model: object, extras: list[str]
) -> None:
    bases = type(model).__mro__
    if len(bases) > 2:
        model = bases[1]()
        type(model).__module__ = type(model).__module__.removesuffix(".somewhere")
    assert libraries._bokeh_extras([model]) == extras


@pytest.mark.parametrize("value", [None, 1, "plotly", PlotlyFigure, derived(object, "plotly", "Other")])
def test_other_objects_are_not_figures(libraries: ModuleType, value: object) -> None:
    assert not libraries.is_figure(value)
    assert libraries.bundle_of_figure(value) is None
