"""What IPython displays reaches the output, tested with stand-ins that have the same names."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMULA = type("Latex", (), {"__module__": "IPython.core.display", "_repr_latex_": lambda _: "$x$"})()
SCRIPT = type("Javascript", (), {"_repr_javascript_": lambda _: "alert(1)"})()
PRETTY = type("Pretty", (), {"_repr_pretty_": lambda *_: None})()


@pytest.fixture
def display(project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """`pyrun_runtime.display`, in a Python with its stand-ins for Pyodide."""
    monkeypatch.syspath_prepend(str(project / "assets" / "python"))
    for name in ("_pyrun_worker", "pyodide", "pyodide.ffi"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    sys.modules["pyodide.ffi"].__dict__.update(dict.fromkeys(("can_run_sync", "run_sync", "to_js")))
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    yield SimpleNamespace(
        ipython=importlib.import_module("pyrun_runtime.display.ipython"),
        display=importlib.import_module("pyrun_runtime.display.display"),
        represent=importlib.import_module("pyrun_runtime.display.representations").represent,
    )
    for name in [name for name in sys.modules if name.startswith(("pyrun_runtime", "IPython"))]:
        del sys.modules[name]


def test_the_real_ipython_displays_through_the_page(
    display: Any,  # noqa: ANN401
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "IPython" / "core"
    folder.mkdir(parents=True)
    (folder / "display_functions.py").write_text("def display(value): print(value)")
    (folder.parent / "display.py").write_text("from IPython.core.display_functions import *")
    monkeypatch.syspath_prepend(str(tmp_path))
    display.ipython.install()
    module = importlib.import_module("IPython.display")
    assert module.display is display.display.display
    assert module.clear_output is display.display.clear_output
    shown: list[tuple[object, object]] = []
    monkeypatch.setattr(display.ipython, "display", lambda data, raw, **_: shown.append((data, raw)))
    module.publish_display_data({"text/html": "<p>"}, {}, source="")
    assert shown == [({"text/html": "<p>"}, True)]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (FORMULA, "text/latex", "$x$"),
        (FORMULA, "text/plain", "$x$"),
        (SCRIPT, "text/html", "<script>alert(1)</script>"),
        (PRETTY, "text/plain", "printed"),
    ],
)
def test_objects_of_ipython_have_forms_that_the_page_shows(
    display: Any,  # noqa: ANN401
    monkeypatch: pytest.MonkeyPatch,
    value: object,
    form: str,
    text: str,
) -> None:
    monkeypatch.setitem(sys.modules, "IPython.lib.pretty", SimpleNamespace(pretty=lambda _: "printed"))
    assert display.represent(value).bundle[form] == text


def test_a_widget_says_that_it_needs_a_notebook(display: Any) -> None:  # noqa: ANN401
    bundle = {
        "application/vnd.jupyter.widget-view+json": {"model_id": ""},
        "text/plain": "IntSlider(value=0)",
    }
    widget = type("IntSlider", (), {"_repr_mimebundle_": lambda _, **__: bundle})()
    shown = display.represent(widget)
    assert shown.bundle == {"text/plain": "IntSlider(value=0)"}
    assert shown.complaints == [
        "IntSlider is a widget, which needs the kernel of a notebook. Only its text is shown."
    ]
