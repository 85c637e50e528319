"""The checks written in Python; contract.mjs calls them inside Pyodide."""

import asyncio
import ctypes
import http.client
import importlib
import inspect
import json
import linecache
import mmap
import os
import pkgutil
import queue
import signal
import site
import socket
import subprocess
import sys
import threading
import time
import traceback
import urllib.request
import zipfile
import zipimport
import zoneinfo
from pathlib import Path

import pyodide.webloop
from pyodide.code import eval_code_async, run_js
from pyodide.ffi import can_run_sync, run_sync

from pyrun_runtime import internals
from pyrun_runtime.diagnostics import failure
from pyrun_runtime.diagnostics.explanations import find_explanation
from pyrun_runtime.run import blocking_loop, event_loop
from pyrun_runtime.run.runner import start
from pyrun_runtime.run.signals import CLOCK_SIGNAL

set_handler = start()._signals._set_handler


class Stopped(BaseException):
    """The exception that the signal handler raises."""


def attempt(check: str) -> str | None:
    """The traceback of a failed check, returned because sys.stderr is pyrun's and Pyodide doesn't see it."""
    try:
        globals()[check]()
    except BaseException:  # noqa: BLE001 - whatever it is, the check has failed
        return traceback.format_exc()
    return None


def site_packages() -> str:
    """The folder into which wheels are unpacked."""
    return site.getsitepackages()[0]


def probe(name: str) -> object:
    """A value from the probe package."""
    return getattr(importlib.import_module("pyrun_probe"), name)


def check_library_bytecode() -> None:
    """The standard library has bytecode beside its sources, and Python uses it."""
    assert json.__file__.endswith(".pyc"), json.__file__
    assert linecache.getline(json.loads.__code__.co_filename, 1, vars(json)), "tracebacks show no source"


def check_whole_library() -> None:
    """Parts of the standard library that are not there yet are there for all that reads them."""
    path = next(path for path in sys.path if path.startswith("/lib/python3"))
    assert any(module.name == "wsgiref" for module in pkgutil.iter_modules([path]))
    file = Path(path)
    with file.open("rb") as library, mmap.mmap(library.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert len(mapped) == file.stat().st_size
        with zipfile.ZipFile(library) as archive:
            assert archive.testzip() is None
            assert archive.read("json/decoder.py").decode() == inspect.getsource(json.decoder)
        library.seek(0)
        assert library.read() == mapped[:]
    assert "class JSONDecoder" in zipimport.zipimporter(f"{path}/json").get_source("json.decoder")


def check_clock_signal() -> None:
    """An empty loop can be interrupted, and so can one full of `str` calls."""

    def stop(*_: object) -> None:
        raise Stopped

    before = set_handler(CLOCK_SIGNAL, stop)
    try:
        for body in (lambda: None, lambda: str(1.5)):
            end = time.monotonic() + 5
            try:
                while time.monotonic() < end:
                    for _ in range(10_000):
                        body()
            except Stopped:
                continue
            raise AssertionError("no signal came in five seconds")
    finally:
        set_handler(CLOCK_SIGNAL, before)


def check_descriptors() -> None:
    """What is written to a descriptor is shown in order; reading from one waits for the reader."""
    sys.stdout.write("before, ")
    assert os.write(1, b"below, ") == len(b"below, ")
    with open(1, "w", closefd=False) as file:
        file.write("after\n")
    sys.stdout.flush()
    streams = start().streams
    streams.input.preset(["5", "6"])
    assert os.read(0, 100) == b"5\n"
    try:
        os.read(0, os.fstat(0).st_size)
    except RuntimeError:  # no reader is there
        pass
    else:
        raise AssertionError("it did not wait")
    assert sys.stdin.readline() == "6\n"
    opened = os.open("/dev/null", os.O_RDONLY)
    os.close(0)
    os.dup2(opened, 1)
    assert os.open("/dev/null", os.O_RDONLY) > 2, "a file has got a descriptor of the streams"


def check_restored_descriptors() -> None:
    """Descriptors that code has closed or redirected lead to the page again."""
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        assert os.fstat(descriptor).st_rdev == os.stat(f"/dev/{name}").st_rdev, name  # noqa: PTH116


def check_event_loop() -> None:
    """The loop has the handlers that the runtime replaces."""
    for name in ("_keyboard_interrupt_handler", "_system_exit_handler"):
        assert hasattr(pyodide.webloop.WebLoop(), name), name
    assert asyncio.run is event_loop._run


def check_https_handlers() -> None:
    """`urllib.request` opens https, whether or not Python has `ssl`."""
    opener = urllib.request.build_opener()
    assert "https" in opener.handle_open
    connection = http.client.HTTPSConnection("data.example")
    connection.connect()
    assert type(connection.sock).__module__ == "pyrun_runtime.web.wire"


def check_blocking_loop() -> None:
    """`asyncio.run` works inside the page's loop, with tasks and timers."""

    async def main() -> str:
        task = asyncio.ensure_future(asyncio.sleep(0.01, "slept"))
        return await task

    outer = asyncio.get_running_loop()
    current = asyncio.current_task()
    assert blocking_loop.run_blocking(main(), lambda _: None) == "slept"
    assert asyncio.get_running_loop() is outer
    assert asyncio.current_task() is current


def check_traceback() -> None:
    """The frames of Pyodide's evaluator are distinguished from the reader's frames."""
    try:
        eval_code_async("def f():\n    1 / 0\nf()", filename="cell.py").send(None)
    except ZeroDivisionError as error:
        failed = error
    else:
        raise AssertionError("the code did not fail")
    names = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(failed.__traceback__)]
    assert any(name.endswith(internals._EVALUATOR) for name in names), names
    described = failure.describe(failed, {"cell.py"})
    assert [source_line["line"] for source_line in described["sourceLines"]] == [3, 2], described
    assert "_pyodide" not in described["text"], described


def check_messages() -> None:
    """Failures that occur only in a browser are recognized by their messages."""
    attempts = (
        lambda: threading.Thread(target=print).start(),
        lambda: subprocess.run(["true"], check=False),
        lambda: importlib.import_module("multiprocessing.synchronize"),
        lambda: importlib.import_module("multiprocessing.shared_memory"),
        lambda: importlib.import_module("curses"),
        lambda: socket.create_connection(("example.org", 443)),
        lambda: asyncio.get_event_loop().add_signal_handler(signal.SIGINT, print),
        lambda: asyncio.get_event_loop().create_server(print).send(None),
        lambda: asyncio.get_event_loop().subprocess_exec(print, "true").send(None),
        lambda: ctypes.CDLL("libc.so.6"),
        lambda: queue.Queue().get(),
        lambda: threading.Event().wait(),
        lambda: [lock.acquire() for lock in [threading.Lock()] * 2],
        lambda: "a" * 2**40,
        lambda: zoneinfo.ZoneInfo("Europe/Lisbon"),
    )
    for attempt in attempts:
        try:
            attempt()
        except Exception as error:  # noqa: BLE001 - which kind it is does not matter
            failed = error
        else:
            raise AssertionError("it did not fail")
        assert find_explanation(failed), repr(failed)
        assert "loadPackage" not in str(failed), repr(failed)


def check_suspending_names() -> None:
    """Pyodide reports whether Python can be suspended."""
    assert isinstance(can_run_sync(), bool)
    assert callable(run_sync)
    assert sys.monitoring.get_events(0) == 0


def check_formatting() -> None:
    """Python cannot wait while its exception is formatted for JavaScript."""
    could_wait = can_run_sync()
    while_formatting = []

    class SlowlyShownError(Exception):
        def __str__(self) -> str:
            while_formatting.append(can_run_sync())
            return "failed"

    def fail() -> None:
        raise SlowlyShownError

    try:
        run_js("(callback) => callback()")(fail)
    except SlowlyShownError:
        assert while_formatting
        assert not any(while_formatting)
        assert can_run_sync() == could_wait
    else:
        raise AssertionError("the callback did not fail")


def check_suspending() -> None:
    """Python can wait for a promise."""
    assert run_sync(asyncio.sleep(0.01, "suspended")) == "suspended"
