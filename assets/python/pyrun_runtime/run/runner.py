"""Runs one example at a time, and says how it ended."""

import asyncio
import contextlib
import functools
import json
import linecache
import os
import platform
import sys
import traceback
from typing import Any, Literal, TypedDict

from pyodide.code import eval_code_async

import _pyrun_worker as worker
from pyrun_runtime.diagnostics import failure, hints, unawaited
from pyrun_runtime.diagnostics.missing import Missing, find_missing
from pyrun_runtime.diagnostics.undefined import find_undefined
from pyrun_runtime.display import animation_icons, display, figures
from pyrun_runtime.io import progress_bars, prompts, streams, uploads
from pyrun_runtime.io.waiting import can_wait
from pyrun_runtime.io.written_files import WrittenFiles
from pyrun_runtime.run import event_loop
from pyrun_runtime.run.interrupts import Interrupts
from pyrun_runtime.run.sessions import Session, Sessions

__all__ = ["Runner", "start"]

Ending = Literal["done", "error", "stopped"]


class SourceFile(TypedDict):
    """Code under the name that tracebacks show for it; ``SourceFile`` of ``protocol.js``."""

    fileName: str
    code: str


class Clues(TypedDict):
    """What would mend code that failed; ``Clues`` of ``protocol.js``."""

    missing: Missing | None
    undefinedName: str | None


class Runner:
    """The worker's way into Python. It lives as long as the interpreter."""

    def __init__(self) -> None:
        self._loop = asyncio.get_event_loop()
        self._output = streams.OutputBuffer(self._loop)
        self._interrupts = Interrupts(self._output)
        self._stdin = streams.InputStream(self._output, self._interrupts.check)
        self._sessions = Sessions()
        self._files: set[str] = set()  # every name under which code of the page has run
        self._clues: Clues | None = None
        self._written = WrittenFiles(os.getcwd())  # noqa: PTH109 - the text of a path

    def install(self) -> None:
        """Take over the standard streams, the event loop, the clock signal and `time.sleep`."""
        stdout, stderr = (streams.OutputStream(n, self._output) for n in ("stdout", "stderr"))
        streams.install(self._stdin, stdout, stderr)
        prompts.install(self._stdin)
        event_loop.install(self._loop)
        self._interrupts.install()
        hints.install()
        progress_bars.install()
        animation_icons.install()
        display.install(self._output)
        uploads.install(self._output, self._written, self._interrupts.check)

    async def describe(self) -> str:
        """JSON: the version of Python, and how it really waits (``Ready`` of ``protocol.js``)."""
        return json.dumps(
            {"python": platform.python_version(), "way": worker.way if can_wait() else "none"},
        )

    async def run(self, request_json: str) -> str:
        """Run what a ``RunRequest`` of ``protocol.js`` asks for. Never raises.

        JSON: how it ended, what would mend it (``Ended`` of ``protocol.js``), and which files it has written.
        """
        self._clues = None
        self._written.begin()
        ending = await self._run(json.loads(request_json))
        return json.dumps({"ending": ending, "clues": self._clues, "written": self._written.take()})

    def cancel(self) -> None:
        """End code that awaits something."""
        self._interrupts.cancel_tasks()

    async def _run(self, request: dict[str, Any]) -> Ending:
        session = self._sessions.open(request["session"])
        setup: list[SourceFile] = [part for part in request["setup"] if not session.has_run(part["code"])]
        self._stdin.preset(request["options"]["stdin"])
        self._interrupts.watch(frozenset(part["fileName"] for part in [*setup, request["source"]]))
        figures.format = request["options"]["figures"]
        try:
            with session.as_main():
                for part in setup:
                    ending = await self._execute(session, part, shows_value=False)
                    if ending != "done":
                        return ending
                return await self._execute(session, request["source"], shows_value=True)
        finally:
            figures.close_all()
            self._interrupts.watch(frozenset())
            self._show_drawings()
            self._output.flush()
            if worker.stop_requested():
                await _take_cancellation()

    async def _execute(self, session: Session, part: SourceFile, *, shows_value: bool) -> Ending:
        _offer_source(part)
        self._files.add(part["fileName"])
        try:
            value = await eval_code_async(
                part["code"],
                globals=session.names,
                filename=part["fileName"],
            )
            if shows_value:
                display.show_value(value)
                figures.show_open()
            hint = unawaited.explain_value(value, part["code"])
            if hint is not None:
                self._output.add("notice", f"{hint}\n")
        except SystemExit as leaving:
            if worker.stop_requested() or _leaves_debugger(leaving):
                return "stopped"
            return self._leave(leaving)
        except BaseException as error:  # noqa: BLE001 - whatever the reader's code raises is shown
            if _leaves_debugger(error) or (worker.stop_requested() and _is_interruption(error)):
                return "stopped"
            with contextlib.suppress(Exception):
                figures.show_open()
            self._explain(error)
            return "error"
        session.mark_run(part["code"])
        return "done"

    def _explain(self, error: BaseException) -> None:
        """Show the traceback, and remember what would mend the code."""
        hints.add_hint(error)
        with contextlib.suppress(Exception):  # what the exception's own methods raise
            self._clues = {
                "missing": find_missing(error),
                "undefinedName": find_undefined(error, self._files),
            }
        self._output.take_prompt()  # what was on the unfinished line is no prompt of later code
        worker.traceback(json.dumps(failure.describe(error, self._files)))

    def _show_drawings(self) -> None:
        # Where nobody has imported turtle there is nothing to show.
        turtle_pictures = sys.modules.get("pyrun_runtime.turtle.pictures")
        if turtle_pictures is None:
            return
        try:
            turtle_pictures.show_open()
        except Exception as error:  # noqa: BLE001 - of what the reader's code has made of its turtles
            self._explain(error)

    def _leave(self, leaving: SystemExit) -> Ending:
        """End as the interpreter would: without a message only for a status of success."""
        if leaving.code is None or leaving.code == 0:
            return "done"
        text = f"exit status {leaving.code}" if isinstance(leaving.code, int) else leaving.code
        self._output.add("stderr", f"{text}\n")
        return "error"


def _offer_source(part: SourceFile) -> None:
    """Let the debugger show the code: it looks for a file, by its whole path."""
    lines = part["code"].splitlines(keepends=True)
    linecache.cache[os.path.abspath(part["fileName"])] = (len(part["code"]), None, lines, part["fileName"])  # noqa: PTH100


async def _take_cancellation() -> None:
    """Be the ``await`` that a cancellation still waits for, or else this very task ends in it.

    Stop cancels every task, and one that had been suspended inside ``asyncio.run`` hears of it late.
    """
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.sleep(0)


def _is_interruption(error: BaseException) -> bool:
    # Whoever catches KeyboardInterrupt and reads on is told that there is no more input.
    return isinstance(error, KeyboardInterrupt | asyncio.CancelledError | EOFError)


def _leaves_debugger(error: BaseException) -> bool:
    # By name: importing `bdb` would cost every reader time, and hardly one debugs.
    if (type(error).__module__, type(error).__name__) == ("bdb", "BdbQuit"):
        return True
    # From 3.14 on, `q` ends the program.
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return isinstance(error, SystemExit) and frames[-1].f_globals.get("__name__") == "pdb"


@functools.cache
def start() -> Runner:
    """Install everything, when the interpreter is up; in one that was restored that has been done."""
    runner = Runner()
    runner.install()
    return runner
