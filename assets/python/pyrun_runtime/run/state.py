"""What belongs to a run and ends with it, however it ends; all else belongs to the session and stays.

A run can replace or close what all of Python uses: a stream, the current folder, `len`. An installed Python
forgets that when the program ends. Here the next run starts in the same Python, so `RunState` restores it.
"""

import asyncio
import io
import logging
import sys
from collections.abc import Iterator

from pyrun_runtime.io.open_files import flush_open_files
from pyrun_runtime.io.streams import StandardStreams
from pyrun_runtime.run.leftovers import Leftovers
from pyrun_runtime.run.originals import Originals
from pyrun_runtime.run.sessions import Session
from pyrun_runtime.run.settings import Settings
from pyrun_runtime.run.signals import Signals

__all__ = ["RunState"]


class RunState:
    """Begins and ends runs. There is one for the interpreter; it costs a run less than a millisecond."""

    def __init__(self, streams: StandardStreams, signals: Signals, loop: asyncio.AbstractEventLoop) -> None:
        """Remember how everything is; called once all of pyrun is installed."""
        self._streams = streams
        self._signals = signals
        self._settings = Settings(loop)
        self._leftovers = Leftovers(loop)
        self._originals = Originals()

    def begin(self, session: Session, *, is_console: bool = False) -> None:
        """Start a run in a session. What an earlier entry of a console has set holds for the next one."""
        self._leftovers.begin()
        self._settings.begin(session.settings | (session.console_settings if is_console else {}))

    def keep(self, session: Session) -> None:
        """Let what set-up code has set hold for all examples of its session."""
        session.settings = self._settings.changed()

    def keep_for_console(self, session: Session) -> None:
        """Let what an entry of a console has set hold for all entries in its session."""
        session.console_settings = self._settings.changed()

    def restore_functions(self) -> None:
        """Put back functions that code has overwritten, before the runtime needs them to report anything."""
        self._originals.restore()

    async def end_tasks(self) -> None:
        """Cancel what the code has left on the event loop. It cleans up with the streams of the code."""
        await self._leftovers.end()
        self._originals.restore()

    def restore(self) -> None:
        """End the run."""
        self._originals.restore()
        self._signals.restore()
        before = {name: getattr(sys, name, None) for name in ("stdout", "stderr")}
        self._streams.restore()
        self._settings.restore()
        _revive_log_handlers(
            {id(stream): name for name, stream in before.items() if stream is not getattr(sys, name)}
        )
        flush_open_files()


def _revive_log_handlers(replaced: dict[int, str]) -> None:
    """Let handlers that write to a stream which is gone write to the page.

    ``replaced`` has the names of the standard streams that code has replaced, by the identity of its own.
    """
    for handler in _log_handlers():
        stream = getattr(handler, "stream", None)
        name = replaced.get(id(stream), "stderr" if _is_closed(stream) else None)
        if name is not None and isinstance(handler, logging.StreamHandler):
            handler.stream = getattr(sys, name)


def _log_handlers() -> Iterator[logging.Handler]:
    yield from logging.root.handlers
    for logger in list(logging.root.manager.loggerDict.values()):
        yield from getattr(logger, "handlers", ())


def _is_closed(stream: object) -> bool:
    return isinstance(stream, io.IOBase) and stream.closed
