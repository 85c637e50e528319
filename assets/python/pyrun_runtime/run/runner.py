"""Runs one example at a time, and reports how it ended."""

import asyncio
import contextlib
import functools
import json
import linecache
import os
import platform
import sys
import traceback
from typing import TYPE_CHECKING, Any, Literal, TypedDict

import _pyrun_worker as worker
from pyrun_runtime.diagnostics import failure, missing, unawaited
from pyrun_runtime.diagnostics.explanations import add_explanation, find_explanation, name_explanation
from pyrun_runtime.diagnostics.undefined import find_undefined
from pyrun_runtime.display import animation_icons, display, figures, ipython, windows
from pyrun_runtime.io import locks, progress_bars, prompts, refusals, uploads
from pyrun_runtime.io.output_buffer import OutputBuffer
from pyrun_runtime.io.streams import StandardStreams
from pyrun_runtime.io.terminal import Terminal
from pyrun_runtime.io.waiting import can_wait
from pyrun_runtime.io.written_files import WrittenFiles
from pyrun_runtime.language import speak
from pyrun_runtime.run import event_loop, notebook_code
from pyrun_runtime.run.console_entries import first_entry
from pyrun_runtime.run.contexts import InContext
from pyrun_runtime.run.exit_functions import ExitFunctions
from pyrun_runtime.run.hooks import Hooks
from pyrun_runtime.run.interaction import Interaction
from pyrun_runtime.run.interrupts import Interrupts
from pyrun_runtime.run.notebook_code import evaluate
from pyrun_runtime.run.sessions import Session, Sessions
from pyrun_runtime.run.signals import ProcessEnd, Signals
from pyrun_runtime.run.state import RunState
from pyrun_runtime.web import adapters

if TYPE_CHECKING:
    from pyrun_runtime.run.folder import Folder

__all__ = ["Runner", "start"]

Ending = Literal["done", "error", "stopped"]


class SourceFile(TypedDict):
    """Code under the name that tracebacks show for it; ``SourceFile`` of ``protocol.js``."""

    fileName: str
    code: str


class Clues(TypedDict):
    """Hints at how to fix code that failed; ``Clues`` of ``protocol.js``."""

    missing: missing.Missing | None
    undefinedName: str | None
    explanation: str | None


class Runner:
    """The worker's entry to Python. It lives as long as the interpreter."""

    def __init__(self) -> None:
        self._loop = asyncio.get_event_loop()
        self._output = OutputBuffer(self._loop)
        self._signals = Signals()
        self._interrupts = Interrupts(self._output, self._signals)
        self.streams = StandardStreams(self._output, self._interrupts.check)
        self._terminal = Terminal()
        self._sessions = Sessions()
        self._files: set[str] = set()  # every name under which code of the page has run
        self._exit_functions = ExitFunctions(self._files)
        self._clues: Clues | None = None
        self._has_begun = False
        self._has_left = False
        self._home = os.getcwd()  # noqa: PTH109 - the text of a path
        self._folder: Folder | None = None  # of the playground that has run last
        self._written = WrittenFiles(self._home)

    def install(self) -> None:
        """Replace `input`, `asyncio.run`, `time.sleep` and others; handle the clock signal."""
        prompts.install(self.streams)
        event_loop.install(self._loop)
        self._interrupts.install()
        self._exit_functions.install()
        unawaited.install()
        missing.install()
        refusals.install()
        locks.install()
        progress_bars.install()
        animation_icons.install()
        display.install(self._output)
        windows.install()
        ipython.install()
        uploads.install(self._output, self._written, self._interrupts.check)
        adapters.install(self._interrupts.check)
        self._hooks = Hooks()
        self._state = RunState(self.streams, self._signals, self._loop)

    async def describe(self) -> str:
        """JSON: the version of Python, and the wait strategy that works (``Ready`` of ``protocol.js``)."""
        return json.dumps(
            {"python": platform.python_version(), "strategy": worker.strategy if can_wait() else "none"},
        )

    async def run(self, request_json: str) -> str:
        """Run an example, as a ``RunRequest`` of ``protocol.js`` describes it. Never raises.

        Returns:
            JSON: how it ended, hints at a fix (``Ended`` of ``protocol.js``), the files it has written, and
            whether the code has ended its program, as `exit()` does.
        """
        request = json.loads(request_json)
        self._clues = None
        self._has_left = False
        self._open_folder(request["folder"])
        self._written.begin()
        ending = await self._run(request)
        outcome = {"ending": ending, "clues": self._clues, "written": self._written.take()}
        return json.dumps({**outcome, "left": self._has_left})

    def imported(self, request_json: str) -> str:
        """JSON: the modules of packages that the code and the files of a playground import."""
        from pyrun_runtime.run.folder import imported_modules  # noqa: PLC0415 - few pages have playgrounds

        request = json.loads(request_json)
        modules = [file for file in request["folder"] if file["name"].endswith(".py")]
        codes = [request["source"]["code"], *(file["code"] for file in modules)]
        return json.dumps(imported_modules(codes, [file["name"] for file in modules]))

    def _open_folder(self, files: list[Any] | None) -> None:
        """Put the files of a playground into the working directory, and take those of another one out."""
        if files is None and self._folder is None:
            return
        from pyrun_runtime.run.folder import Folder  # noqa: PLC0415 - few pages have playgrounds

        self._folder = self._folder or Folder(self._home)
        self._files.update(self._folder.open(files or []))

    def cancel(self) -> None:
        """Cancel code that awaits.

        A run that the event loop has not begun finds out by itself: cancelled, it could not say how it ended.
        """
        if self._has_begun:
            self._interrupts.cancel_tasks()

    def assist(self, question_json: str) -> str:
        """JSON: the answer to an ``AssistRequest`` of ``assist_messages.js``, or null. Never raises.

        The worker calls this only while nothing runs.
        """
        from pyrun_runtime.assist.answers import answer  # noqa: PLC0415 - only for readers who write code

        question = json.loads(question_json)
        session = self._sessions.find(question["session"])
        return answer(question, {} if session is None else session.names, worker.importable)

    async def _run(self, request: dict[str, Any]) -> Ending:
        if worker.stop_requested():
            return "stopped"
        session = self._sessions.open(request["session"])
        self._has_begun = True
        try:
            return await InContext(self._run_in(session, request), session.context)
        finally:
            self._has_begun = False

    async def _run_in(self, session: Session, request: dict[str, Any]) -> Ending:
        speak(request["texts"])
        setup: list[SourceFile] = [part for part in request["setup"] if not session.has_run(part["code"])]
        self.streams.input.preset(request["options"]["stdin"])
        self._terminal.resize(request["terminal"])
        self._interrupts.watch(frozenset(part["fileName"] for part in [*setup, request["source"]]))
        figures.format = request["options"]["figures"]
        notebook_code.may_load = request["options"]["loadMissing"]
        try:
            with session.as_main():
                self._state.begin(session, is_console=request["console"])
                for part in setup:
                    ending = await self._execute(session, part, None)
                    if ending != "done":
                        return ending
                if setup:
                    self._state.keep(session)
                if request["console"]:
                    return await self._execute_entry(session, request)
                return await self._execute(session, request["source"], request)
        finally:
            if worker.stop_requested():
                await _take_cancellation()
            await self._state.end_tasks()
            self._call_exit_functions()
            figures.close_all()
            self._interrupts.watch(frozenset())
            self._show_drawings()
            self._state.restore()
            adapters.end_run()
            self._output.flush()

    async def _execute_entry(self, session: Session, request: dict[str, Any]) -> Ending:
        """Run the first statement of what was entered in a console. Say where it ends, unless it goes on."""
        source: SourceFile = request["source"]
        if not session.has_console:
            session.has_console = True
            self._output.add("stdout", f"Python {platform.python_version()} on {sys.platform}\n")
        entry = first_entry(source["code"], session.names)
        if entry is None:
            return "done"
        self._output.settle()
        worker.entry(entry.count("\n") + 1)
        try:
            return await self._execute(session, {"fileName": source["fileName"], "code": entry}, request)
        finally:
            self._state.keep_for_console(session)

    async def _execute(self, session: Session, part: SourceFile, request: dict[str, Any] | None) -> Ending:
        """Run one piece of code; unless it is set-up code, show what it leaves, as the request wants."""
        _offer_source(part)
        self._terminal.fit_arrays()
        self._files.add(part["fileName"])
        interaction = None if request is None else self._interaction(request)
        try:
            value = await self._evaluate(session, part, interaction)
            if interaction:
                interaction.end(value)
            hint = unawaited.explain_value(value, part["code"])
            if hint is not None:
                self._output.add("notice", f"{hint}\n")
        except ProcessEnd as end:
            self._has_left = True
            self._exit_functions.take()
            return "stopped" if worker.stop_requested() else self._end(end)
        except SystemExit as leaving:
            if worker.stop_requested() or _leaves_debugger(leaving):
                return "stopped"
            self._has_left = True
            return self._leave(leaving)
        except BaseException as error:  # noqa: BLE001 - every exception of the reader's code is shown
            if _leaves_debugger(error) or (worker.stop_requested() and _is_interruption(error)):
                return "stopped"
            with contextlib.suppress(Exception):
                (interaction.show_figures if interaction else figures.show_open)()
            self._explain(error)
            return "error"
        session.mark_run(part["code"])
        return "done"

    def _interaction(self, request: dict[str, Any]) -> Interaction:
        options = request["options"]
        return Interaction(
            self._output,
            self._hooks,
            mode="statements" if request["console"] else "places" if options["interactive"] else "whole",
            shows_values=options["showValue"],
            raises=dict(request["raises"]),
        )

    async def _evaluate(self, session: Session, part: SourceFile, interaction: Interaction | None) -> object:
        try:
            return await evaluate(part["code"], session.names, part["fileName"], interaction)
        finally:
            self._state.restore_functions()

    def _explain(self, error: BaseException) -> None:
        """Show the traceback, and collect hints at a fix."""
        add_explanation(error)
        with contextlib.suppress(Exception):  # its own methods may raise
            self._clues = {
                "missing": missing.find_missing(error),
                "undefinedName": find_undefined(error, self._files),
                "explanation": name_explanation(error),
            }
        if not self._hooks.show_error(error, self._show_error, self._note):
            self._show_error(error)

    def _show_error(self, error: BaseException) -> None:
        self._output.take_prompt()  # text of an unfinished line is not a prompt of later code
        worker.traceback(json.dumps(failure.describe(error, self._files)))

    def _call_exit_functions(self) -> None:
        for function in self._exit_functions.take():
            try:
                function()
            except SystemExit:
                continue
            except ProcessEnd:
                return
            except BaseException as error:  # noqa: BLE001 - every exception of the reader's code is shown
                if worker.stop_requested():
                    return
                self._explain(error)
            finally:
                self._state.restore_functions()

    def _note(self, text: str) -> None:
        self._output.add("stderr", text)

    def _show_drawings(self) -> None:
        # Loaded only if code has imported turtle.
        turtle_pictures = sys.modules.get("pyrun_runtime.turtle.pictures")
        if turtle_pictures is None:
            return
        try:
            turtle_pictures.show_open()
        except Exception as error:  # noqa: BLE001 - the reader's code may have changed its turtles
            self._explain(error)

    def _leave(self, leaving: SystemExit) -> Ending:
        """End as the interpreter would: with a message unless the status means success."""
        if leaving.code is None or leaving.code == 0:
            return "done"
        text = f"exit status {leaving.code}" if isinstance(leaving.code, int) else leaving.code
        self._output.add("stderr", f"{text}\n")
        with contextlib.suppress(Exception):  # the methods of its causes may raise
            # A program often leaves where it has caught what cannot work here.
            if sentence := find_explanation(leaving):
                self._output.add("stderr", f"({sentence})\n")
        return "error"

    def _end(self, end: ProcessEnd) -> Ending:
        """End as the process would: without a traceback."""
        if end.status == 0:
            return "done"
        self._note(f"{end.message or f'exit status {end.status}'}\n")
        return "error"


def _offer_source(part: SourceFile) -> None:
    """Let the debugger show the code, for which it looks by absolute path."""
    lines = part["code"].splitlines(keepends=True)
    linecache.cache[os.path.abspath(part["fileName"])] = (len(part["code"]), None, lines, part["fileName"])  # noqa: PTH100


async def _take_cancellation() -> None:
    """Await once, so that a pending cancellation is raised here and does not end this task.

    Stop cancels every task, and a task that was suspended inside ``asyncio.run`` gets its cancellation late.
    """
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.sleep(0)


def _is_interruption(error: BaseException) -> bool:
    # Code that catches KeyboardInterrupt and reads on gets EOFError.
    return isinstance(error, KeyboardInterrupt | asyncio.CancelledError | EOFError)


def _leaves_debugger(error: BaseException) -> bool:
    # By name, because importing `bdb` takes time, and few readers debug.
    if (type(error).__module__, type(error).__name__) == ("bdb", "BdbQuit"):
        return True
    # From 3.14 on, `q` ends the program.
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return isinstance(error, SystemExit) and frames[-1].f_globals.get("__name__") == "pdb"


@functools.cache
def start() -> Runner:
    """The runner, which is installed at the first call. A restored interpreter has it already."""
    runner = Runner()
    runner.install()
    return runner
