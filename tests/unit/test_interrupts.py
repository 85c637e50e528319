"""Stop interrupts the reader's code, and never the code that runs it."""

from __future__ import annotations

import importlib
import sys
from types import FrameType, ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

EXAMPLE = "cell1.py"
LIBRARY = "library.py"
RUNTIME = "runner.py"


@pytest.fixture
def worker(project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The functions of the worker's JavaScript, when Stop was pressed and Python can't be suspended."""
    monkeypatch.syspath_prepend(str(project / "assets" / "python"))
    worker = ModuleType("_pyrun_worker")
    worker.__dict__.update(strategy="none", why_not="", stop_requested=lambda: True)
    monkeypatch.setitem(sys.modules, "_pyrun_worker", worker)
    monkeypatch.setitem(sys.modules, "pyodide", ModuleType("pyodide"))
    ffi = ModuleType("pyodide.ffi")
    ffi.__dict__.update(can_run_sync=lambda: False, run_sync=None)
    monkeypatch.setitem(sys.modules, "pyodide.ffi", ffi)
    yield worker
    for name in [name for name in sys.modules if name.startswith("pyrun_runtime")]:
        del sys.modules[name]


@pytest.fixture
def interrupts(worker: ModuleType) -> Any:  # noqa: ANN401, ARG001 - exists only in the browser
    module = importlib.import_module("pyrun_runtime.run.interrupts")
    signals = importlib.import_module("pyrun_runtime.run.signals")
    interrupts = module.Interrupts(SimpleNamespace(flush=lambda: None), signals.Signals())
    interrupts.watch(frozenset({EXAMPLE}))
    return interrupts


def called_through(*files: str) -> FrameType:
    """The innermost frame, where the code of each file calls that of the next."""
    call: Callable[[], FrameType] = sys._getframe
    for file in reversed(files):
        names: dict[str, Any] = {"call": call}
        exec(compile("def run():\n    return call()", file, "exec"), names)  # noqa: S102
        call = names["run"]
    return call()


@pytest.mark.parametrize("files", [[EXAMPLE], [RUNTIME, EXAMPLE], [RUNTIME, EXAMPLE, LIBRARY]])
def test_the_example_and_what_it_calls_are_interrupted(interrupts: Any, files: list[str]) -> None:  # noqa: ANN401
    with pytest.raises(KeyboardInterrupt):
        interrupts._tick(0, called_through(*files))


@pytest.mark.parametrize("files", [[], [RUNTIME], [RUNTIME, LIBRARY], ["cell2.py"]])
def test_nothing_else_is_interrupted(interrupts: Any, files: list[str]) -> None:  # noqa: ANN401
    interrupts._tick(0, called_through(*files))
    interrupts._tick(0, None)


def test_code_is_interrupted_only_after_stop(interrupts: Any, worker: ModuleType) -> None:  # noqa: ANN401
    worker.__dict__["stop_requested"] = lambda: False
    interrupts._tick(0, called_through(EXAMPLE))


def test_code_that_catches_the_interrupt_has_time_to_clean_up(interrupts: Any) -> None:  # noqa: ANN401
    with pytest.raises(KeyboardInterrupt):
        interrupts._tick(0, called_through(EXAMPLE))
    interrupts._tick(0, called_through(EXAMPLE))


def test_the_next_run_is_interrupted_at_once(interrupts: Any) -> None:  # noqa: ANN401
    for _ in range(2):
        interrupts.watch(frozenset({EXAMPLE}))
        with pytest.raises(KeyboardInterrupt):
            interrupts._tick(0, called_through(EXAMPLE))


def test_a_tick_within_a_tick_does_nothing(interrupts: Any) -> None:  # noqa: ANN401
    interrupts._ticking = True
    interrupts._tick(0, called_through(EXAMPLE))


def test_handlers_get_the_frame_that_has_called_the_runtime(interrupts: Any) -> None:  # noqa: ANN401
    runtime = importlib.import_module("pyrun_runtime.internals").__file__
    frames = [EXAMPLE, LIBRARY, runtime, "inspect.py"]
    found = interrupts._readers_frame(called_through(*frames))
    assert found.f_code.co_filename == LIBRARY
