"""Runs the examples of one page in an installed Python, which need not have pyrun.

`pyrun_core.proof.run.cpython` starts this file. Two records come in: the settings, and a list of steps
(`pyrun_core.proof.run.plan`). Code is divided into statements by the browser's own module.
"""

import ast
import asyncio
import builtins
import contextlib
import importlib
import io
import json
import linecache
import os
import signal
import sys
import threading
import traceback
import types
from time import perf_counter
from typing import Any

__all__ = ["main"]

_SEPARATOR = "\x1e"


class Shown:
    """What an example has shown: the parts of its outcome."""

    def __init__(self, limit: int) -> None:
        self.parts: list[dict[str, Any]] = []
        self.dropped = 0
        self.line = 0
        self._left = limit

    def add(self, stream: str, text: str) -> None:
        """Add text, as far as there is room for it."""
        kept = text if stream == "traceback" else text[: max(0, self._left)]
        self._left -= len(kept)
        self.dropped += len(text) - len(kept)
        if not kept:
            return
        last = self.parts[-1] if self.parts else None
        if last and (last["stream"], last["line"]) == (stream, self.line):
            last["text"] += kept
        else:
            self.parts.append({"line": self.line, "stream": stream, "text": kept})


class Written(io.RawIOBase):
    """A standard stream, whose text becomes part of the outcome."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.shown: Shown | None = None

    def writable(self) -> bool:
        """As for files."""
        return True

    def write(self, content: Any) -> int:  # noqa: ANN401 - what has a buffer
        """Add text to the outcome of the example that runs."""
        encoded = bytes(content)
        if self.shown is not None:
            self.shown.add(self._name, encoded.decode(errors="replace"))
        return len(encoded)


class Stream(io.TextIOWrapper):
    """A standard stream that examples can neither close nor take apart, so that the next one has it too."""

    def __init__(self, raw: Any) -> None:  # noqa: ANN401 - text streams want a buffer, and work without
        super().__init__(raw, encoding="utf-8", write_through=True)

    def close(self) -> None:
        """Write what is left."""
        self.flush()

    def detach(self) -> Any:  # noqa: ANN401 - as in the base class
        """Return the buffer, which stays in use."""
        self.flush()
        return self.buffer


class Limit:
    """Interrupts the main thread when the time of an example is over."""

    def __init__(self) -> None:
        self.reached = False
        self._runs = False
        self._main = threading.get_ident()

    def install(self) -> None:
        """Handle the interruption, as Python does, but only while an example runs."""
        signal.signal(signal.SIGINT, self._on_signal)

    @contextlib.contextmanager
    def of(self, seconds: float) -> Any:  # noqa: ANN401 - a generator of nothing
        """Limit the time of a block."""
        self.reached = False
        timer = threading.Timer(seconds, self._interrupt)
        timer.daemon = True
        self._runs = True
        timer.start()
        try:
            yield
        finally:
            self._runs = False
            timer.cancel()

    def _interrupt(self) -> None:
        if not self._runs:
            return
        self.reached = True
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(self._main, signal.SIGINT)
        else:
            signal.raise_signal(signal.SIGINT)

    def _on_signal(self, *_: object) -> None:
        if self._runs:
            raise KeyboardInterrupt


_NEEDED_MODULES = (ast, builtins, contextlib, io, json, linecache, os, signal, threading, traceback)
"""What runs the next example, and reports how this one has ended."""


class _KeptModules:
    """Restores what code changes in modules that are needed, without the help of any of them."""

    def __init__(self) -> None:
        spaces = [vars(module) for module in _NEEDED_MODULES]
        self._before = [(space, {name: space[name] for name in space if name != "_"}) for space in spaces]

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        for space, before in self._before:
            space.update(before)


class Page:
    """Runs the steps of a page."""

    def __init__(self, statements: Any) -> None:  # noqa: ANN401 - the class comes from the browser's modules
        self._statements = statements
        self._sessions: dict[str, tuple[types.ModuleType, set[str]]] = {}
        self._files: set[str] = set()
        self._limit = Limit()
        self._raw = {"stdout": Written("stdout"), "stderr": Written("stderr")}
        self._streams = {
            # Without a buffer, so that what both streams and values show stays in order.
            name: Stream(raw)
            for name, raw in self._raw.items()
        }
        self._loops = asyncio.Runner()

    def run(self, step: dict[str, Any]) -> dict[str, Any]:
        """The outcome of a step."""
        self._limit.install()
        shown = Shown(step["outputLimit"])
        outcome: dict[str, Any] = {"ending": "done", "exception": "", "line": None}
        began = perf_counter()
        try:
            with self._limit.of(step["limit"]), self._streams_of(shown, step["stdin"]), _KeptModules():
                self._run(step, shown)
        except SystemExit as leaving:
            outcome |= _left(leaving, shown)
        except BaseException as error:  # noqa: BLE001 - every exception of the example is shown
            outcome |= {"ending": "error", "exception": type(error).__name__}
            shown.add("traceback", self._format(error))
            frames = traceback.extract_tb(error.__traceback__)
            file = step["source"] and step["source"]["fileName"]
            lines = [frame.lineno for frame in frames if frame.filename == file]
            if isinstance(error, SyntaxError) and error.filename == file:
                lines.append(error.lineno)
            outcome["line"] = lines[-1] if lines else None
        seconds = perf_counter() - began
        if self._limit.reached:
            outcome["ending"] = "timeout"
        return {**outcome, "parts": shown.parts, "dropped": shown.dropped, "seconds": seconds}

    @contextlib.contextmanager
    def _streams_of(self, shown: Shown, stdin: str) -> Any:  # noqa: ANN401 - a generator of nothing
        before = sys.stdin, sys.stdout, sys.stderr, sys.displayhook, sys.excepthook
        for raw in self._raw.values():
            raw.shown = shown
        sys.stdin = io.StringIO(stdin and f"{stdin}\n")
        sys.stdout, sys.stderr = self._streams["stdout"], self._streams["stderr"]
        try:
            yield
        finally:
            for stream in self._streams.values():
                stream.flush()
            sys.stdin, sys.stdout, sys.stderr, sys.displayhook, sys.excepthook = before

    def _run(self, step: dict[str, Any], shown: Shown) -> None:
        main, ran = self._open(step["session"])
        sys.modules["__main__"] = main
        for part in step["setup"]:
            if part["code"] not in ran:
                self._execute(part, main.__dict__, {}, shown, shows_values="none")
                ran.add(part["code"])
        source = step["source"]
        if source is None:
            return
        shows_values = "all" if step["interactive"] else "last"
        raises = {int(line): name for line, name in step["raises"].items()}
        self._execute(
            source, main.__dict__, raises, shown, shows_values=shows_values if step["showValue"] else "none"
        )
        ran.add(source["code"])

    def _open(self, session: str | None) -> tuple[types.ModuleType, set[str]]:
        new: tuple[types.ModuleType, set[str]] = (types.ModuleType("__main__"), set())
        new[0].__dict__["__builtins__"] = builtins
        return new if session is None else self._sessions.setdefault(session, new)

    def _execute(
        self,
        part: dict[str, str],
        names: dict[str, Any],
        raises: dict[int, str],
        shown: Shown,
        *,
        shows_values: str,
    ) -> None:
        code, file_name = part["code"], part["fileName"]
        self._files.add(file_name)
        linecache.cache[file_name] = (len(code), None, code.splitlines(keepends=True), file_name)
        in_places = shows_values == "all"

        def show(value: object) -> None:
            if value is not None:
                vars(builtins)["_"] = None
                shown.add("value", f"{value!r}\n")
                vars(builtins)["_"] = value

        sys.displayhook = show
        for statement in self._of(code, file_name, names, shows_values):
            if in_places:
                shown.line = statement.line
            try:
                coroutine = eval(statement.code, names)  # noqa: S307 - it is the author's code
                if coroutine:  # the statement awaits something
                    self._loops.run(coroutine)
            except BaseException as error:  # a documented one can be SystemExit
                is_documented = in_places and raises.get(statement.line) == type(error).__name__
                if not is_documented or self._limit.reached:
                    raise
                shown.add("stderr", self._format(error))
            finally:
                for stream in self._streams.values():
                    stream.flush()

    def _of(self, code: str, file_name: str, names: dict[str, Any], shows_values: str) -> list[Any]:
        """The statements of a piece of code, of which all, the last or none show their values."""
        silent = list(self._statements(code, file_name, names, shows_values=False))
        if shows_values == "none" or not silent:
            return silent
        loud = list(self._statements(code, file_name, names, shows_values=True))
        if shows_values == "all":
            return loud
        ends_with_value = isinstance(ast.parse(code).body[-1], ast.Expr)
        return [*silent[:-1], loud[-1] if ends_with_value else silent[-1]]

    def _format(self, error: BaseException) -> str:
        """The traceback, from the first frame of the page's code on."""
        trace = error.__traceback__
        while trace and trace.tb_frame.f_code.co_filename not in self._files:
            trace = trace.tb_next
        return "".join(traceback.format_exception(type(error), error, trace))


def _left(leaving: SystemExit, shown: Shown) -> dict[str, str]:
    """End as the page does: with a message unless the status means success."""
    if leaving.code is None or leaving.code == 0:
        return {}
    text = f"exit status {leaving.code}" if isinstance(leaving.code, int) else leaving.code
    shown.add("stderr", f"{text}\n")
    return {"ending": "error"}


def main() -> None:
    """Run the page."""
    del sys.path[0]  # the folder of this file
    sys.path.insert(0, "")  # where examples find modules that they have written
    records = os.fdopen(os.dup(1), "w", encoding="utf-8")
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):  # programs that an example starts must not write between the records
        os.dup2(nothing, descriptor)

    def say(record: dict[str, Any]) -> None:
        records.write(f"{_SEPARATOR}{json.dumps(record)}\n")
        records.flush()

    (_, settings), (_, steps) = (line.split(_SEPARATOR) for line in requests)
    sys.path.append(json.loads(settings)["runtime"])
    statements = importlib.import_module("pyrun_runtime.run.statements").Statements
    sys.path.pop()
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyrun_runtime"]:
        del sys.modules[name]  # examples find none of what runs them
    page = Page(statements)
    say({"python": sys.version.split()[0]})
    endings: dict[int, str] = {
        int(index): ending for index, ending in json.loads(settings)["endings"].items()
    }
    for step in json.loads(steps)["steps"]:
        say({"begins": step["index"]})
        failed = [name for index, name in step["after"] if endings.get(index, "done") != "done"]
        outcome = {"ending": "lost", "detail": failed[0]} if failed else page.run(step)
        endings[step["index"]] = outcome["ending"]
        say({"ended": step["index"], "outcome": outcome})
    say({"end": True})
    os._exit(0)  # whatever threads are left


if __name__ == "__main__":
    main()
