"""Each explanation in the registry is found for its exceptions, and is in the documentation."""

from __future__ import annotations

import errno
import importlib
import os
import re
import socket
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.error import URLError

import pytest

from pyrun_core.proof.compare.reasons import CURES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LACKED = {"numpy": "numpy", "openpyxl": "openpyxl"}
"""The packages of the site that the page does not load, by module."""


def not_found(name: str) -> ModuleNotFoundError:
    """What an import raises."""
    return ModuleNotFoundError(f"No module named {name!r}", name=name)


class RequestError(ConnectionError):
    """Stands for that of the transport, which needs a browser."""

    def __init__(self, refusal: str) -> None:
        super().__init__("cannot be read")
        self.refusal = refusal
        self.host = "data.example"


def raised_by(code: str, module: str = "__main__") -> BaseException:
    """What code raises in the Python of the tests, as the module of that name."""
    try:
        exec(code, {"__name__": module})  # noqa: S102
    except BaseException as error:  # noqa: BLE001
        return error
    raise AssertionError("the code did not fail")


class JsProxy:
    """A value of JavaScript."""


JS = JsProxy()
"""The module ``js``: the global scope of the worker."""

JsException = type("JsException", (Exception,), {"__module__": "pyodide.ffi"})


def not_in(name: str, module: str) -> ImportError:
    """What ``from module import name`` raises."""
    error = ImportError(f"cannot import name {name!r} from {module!r} (unknown location)", name=module)
    error.__dict__.update(name_from=name)
    return error


def error_named(name: str, text: str) -> BaseException:
    """An exception of a package, by its full name."""
    module, _, kind = name.rpartition(".")
    error: BaseException = type(kind, (Exception,), {"__module__": module})(text)
    return error


EXPLAINED: dict[str, tuple[BaseException, ...]] = {
    "package-not-loaded": (not_found("numpy"),),
    "page": (
        not_in("document", "js"),
        AttributeError("document", name="document", obj=JS),
        JsException("ReferenceError: window is not defined"),
        JsException("ReferenceError: Can't find variable: localStorage"),
        not_found("pyscript"),
        not_found("browser"),
    ),
    "windows": (
        not_found("tkinter"),
        not_found("PyQt6"),
        ImportError(
            "Cannot load backend 'TkAgg' which requires the 'tk' interactive framework, as 'headless' is "
            "currently running"
        ),
        error_named(
            "cv2.error", "The function is not implemented. Rebuild the library with Windows, GTK+ 2.x"
        ),
        error_named("pygame.error", "No available video device"),
    ),
    "notebook": (
        raised_by("get_ipython()"),
        raised_by("get_ipython = lambda: None\nget_ipython().run_line_magic('matplotlib', 'inline')"),
        raised_by("get_ipython = lambda: None\nshell = get_ipython()\nshell.kernel"),
    ),
    "widgets": (not_found("ipywidgets"),),
    "sockets": (
        OSError(errno.ENOTSUP, "a browser opens no connections: ('127.0.0.1', 80)"),
        socket.gaierror(socket.EAI_FAIL, "a browser opens no connections: 'example.org'"),
        NotImplementedError("sock_connect() is not available in browser environments"),
        RuntimeError("TLS not supported in this environment"),
        raised_by("def create_connection(): raise NotImplementedError\ncreate_connection()"),
    ),
    "servers": (
        OSError(errno.ENOTSUP, "a browser accepts no connections: ('', 80)"),
        NotImplementedError("create_server() is not available in browser environments"),
        raised_by("def create_server(): raise NotImplementedError\ncreate_server()"),
        AttributeError("module 'socket' has no attribute 'SO_REUSEADDR'"),
        raised_by(
            "def run_simple(): raise ModuleNotFoundError(name='_multiprocessing')\nrun_simple()",
            "werkzeug.serving",
        ),
    ),
    "endless-wait": (RuntimeError("this would wait forever: only another thread could end it"),),
    "threads": (RuntimeError("can't start new thread"),),
    "programs": (
        OSError(errno.ENOTSUP, "emscripten does not support processes"),
        NotImplementedError("emscripten does not support processes."),
        NotImplementedError("subprocess_exec() is not available in browser environments"),
        raised_by("def subprocess_shell(): raise NotImplementedError\nsubprocess_shell()"),
    ),
    "processes": (not_found("_multiprocessing"), not_found("_posixshmem")),
    "libraries": (
        OSError("could not load dynamic lib: libc.so.6"),
        OSError("Could not load dynamic lib: libc.so.6"),
        AttributeError("module 'ctypes' has no attribute 'windll'"),
    ),
    "devices": (not_found("keyboard"), not_found("sounddevice")),
    "terminal": (not_found("curses"), not_found("msvcrt"), error_named("termios.error", "(59, 'Not a tty')")),
    "operating-system": (
        OSError(errno.ENOSYS, "Function not implemented"),
        NotImplementedError("add_signal_handler() is not available in browser environments"),
        raised_by("def add_reader(): raise NotImplementedError\nadd_reader()"),
        AttributeError("no attribute", name="startfile", obj=os),
        AttributeError("no attribute", name="getwindowsversion", obj=sys),
        not_in("AF_UNIX", "socket"),
        not_found("winreg"),
    ),
    "memory": (MemoryError(), ValueError("Maximum allowed dimension exceeded")),
    "32-bit": (
        OverflowError("cannot fit 'int' into an index-sized integer"),
        OverflowError("Python int too large to convert to C long"),
        ValueError("high is out of bounds for int32"),
        raised_by("import struct; struct.pack('=l', 2**40)"),
    ),
    "time-zones": (not_found("tzdata"),),
    "parser": (
        error_named(
            "bs4.exceptions.FeatureNotFound",
            "Couldn't find a tree builder with the features you requested: lxml. Do you need to install one?",
        ),
    ),
    "separate-module": (not_found("sqlite3"), not_found("_ssl")),
    "standard-library": (not_found("venv"), not_found("test")),
    "unknown-module": (not_found("no_such_module"),),
    "package-index": (ValueError("Can't fetch metadata for 'no-such-package'."),),
    "web-offline": (RequestError("offline"),),
    "web-policy": (RequestError("policy"),),
    "web-insecure": (RequestError("insecure"),),
    "web-other-site": (RequestError("other-site"),),
    "web-unreachable": (RequestError("unreachable"),),
    "web-refused": (
        RequestError("unknown"),
        JsException("TypeError: Failed to fetch"),
        JsException("NetworkError when attempting to fetch resource."),
    ),
    "not-python": (
        raised_by("print(\u201chello\u201d)"),
        raised_by("print('hello') \u2013 1"),
        raised_by("x\u00a0= 1"),
        raised_by("if a &gt; b: pass"),
        raised_by("print 'hello'"),
    ),
    "coroutine": (raised_by("raise TypeError(\"'coroutine' object is not subscriptable\")"),),
}
"""What Pyodide raises, by the name of the explanation."""

UNEXPLAINED = (
    raised_by("print('a'"),
    raised_by("7 % 2 = f'{1!r}'"),
    raised_by("None.no_such_name"),
    raised_by("application = None\napplication.config"),
    ValueError("Load failed: no such level"),
    raised_by("import math; math.exp(1000)"),
    raised_by("def anything(): raise NotImplementedError\nanything()"),
    AttributeError("no attribute", name="no_such_name", obj=os),
    OSError(errno.ENOTSUP, "Operation not supported"),
    raised_by("''.kernel"),
    not_in("no_such_name", "js"),
    AttributeError("document", name="document", obj=object()),
    JsException("ReferenceError: documents is not defined"),
    not_found("json.no_such_part"),
    not_found("pygame.no_such_part"),
    not_found("tzdata.zoneinfo.Nowhere"),
    ImportError("cannot import name 'a' from 'b'", name="b"),
    RuntimeError("something else"),
    URLError("of the code itself"),
    FileNotFoundError(errno.ENOENT, "No such file or directory", "tips.csv"),
)


@pytest.fixture(scope="module", autouse=True)
def registry(project: Path) -> Iterator[ModuleType]:
    """The registry, in a worker whose site has packages that the page does not load."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(project / "assets" / "python"))
        worker = ModuleType("_pyrun_worker")
        worker.__dict__.update(package_providing=LACKED.get)
        patch.setitem(sys.modules, "_pyrun_worker", worker)
        patch.setitem(sys.modules, "js", JS)
        yield importlib.import_module("pyrun_runtime.diagnostics.explanations")
        for name in [name for name in sys.modules if name.startswith("pyrun_runtime")]:
            del sys.modules[name]


def found_for(registry: Any, error: BaseException) -> list[str]:  # noqa: ANN401
    """The names of the explanations of an exception."""
    return [each.name for each in registry.EXPLANATIONS if each.explain(error) is not None]


@pytest.mark.parametrize("name", EXPLAINED)
def test_failures_have_their_explanation(registry: ModuleType, name: str) -> None:
    for error in EXPLAINED[name]:
        assert found_for(registry, error)[:1] == [name], repr(error)


def test_each_explanation_is_tested_and_documented(registry: ModuleType, project: Path) -> None:
    page = (project / "docs" / "reference" / "explanations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| .+ \| (.+) \|$", page, re.MULTILINE)
    sentences = {each.name: re.sub(r"\{(\w+)\}", r"`\1`", each.sentence) for each in registry.EXPLANATIONS}
    assert dict(rows) == sentences
    assert [name for name, _ in rows] == list(EXPLAINED)


def test_a_failure_is_known_by_the_name_of_its_explanation(registry: Any) -> None:  # noqa: ANN401
    error = raised_by(
        "try:\n    import tkinter_\nexcept ImportError as error:\n    raise ValueError from error"
    )
    assert registry.name_explanation(error) == "unknown-module"
    assert registry.name_explanation(ValueError("no")) is None


def test_the_cures_of_a_check_are_for_explanations_that_exist(registry: Any) -> None:  # noqa: ANN401
    assert CURES.keys() <= {each.name for each in registry.EXPLANATIONS}


@pytest.mark.parametrize("error", UNEXPLAINED, ids=repr)
def test_other_failures_have_none(registry: Any, error: BaseException) -> None:  # noqa: ANN401
    assert registry.find_explanation(error) is None


@pytest.mark.parametrize(
    "code",
    [
        "try:\n    import numpy_\nexcept ImportError as error:\n    raise ValueError from error",
        "try:\n    import numpy_\nexcept ImportError:\n    raise ValueError from None",
        "try:\n    import numpy_\nexcept ImportError as error:\n    raise ExceptionGroup('', [error])",
    ],
)
def test_an_explanation_is_found_for_the_cause(registry: Any, code: str) -> None:  # noqa: ANN401
    error = raised_by(code)
    for _ in range(2):
        registry.add_explanation(error)
    (note,) = error.__notes__
    assert note.startswith("(This page has no package with that module.")


def test_an_exception_that_breaks_while_it_is_explained_keeps_its_traceback(registry: Any) -> None:  # noqa: ANN401
    error = raised_by("class E(RuntimeError):\n    def __str__(self): raise ValueError\nraise E")
    registry.add_explanation(error)
    assert not hasattr(error, "__notes__")
