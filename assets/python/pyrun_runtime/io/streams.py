"""The standard streams: files on descriptors 0, 1 and 2, which lead to the page."""

import codecs
import errno
import io
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, cast

from pyrun_runtime.io.open_files import flush_files_on
from pyrun_runtime.io.output_buffer import ERRORS, FLUSH_CHARACTERS, OutputBuffer
from pyrun_runtime.io.page_input import INPUT_SIGNAL, Kind, PageInput

__all__ = ["InputStream", "OutputStream", "StandardStreams"]

_DEVICES = ("/dev/stdin", "/dev/stdout", "/dev/stderr")
"""The page's end of each descriptor; the worker connects them (`assets/worker/run/descriptors.js`)."""


class _Stream(io.TextIOWrapper):
    """A standard stream. It knows whether it is as it was made."""

    _made: dict[str, object]

    @property
    def buffer(self) -> Any:  # noqa: ANN401 - as in the standard library
        """The bytes below. What wraps them may close them later, or keep some."""
        self._is_wrapped = True
        return super().buffer

    def detach(self) -> Any:  # noqa: ANN401 - as in the standard library
        """Separate the bytes from this object, which cannot be used any more."""
        self._is_detached = True
        return super().detach()

    def is_intact(self) -> bool:
        """Whether the next run can use it: code has not closed it, wrapped it, or replaced its methods."""
        return vars(self) == {**self._made, "_made": self._made} and not self.closed


class OutputStream(_Stream):
    """`sys.stdout` or `sys.stderr`: writes text to the page, without its bytes where they say the same."""

    def __init__(self, name: str, descriptor: int, output: OutputBuffer) -> None:
        raw = io.FileIO(descriptor, "wb", closefd=False)
        raw.name = f"<{name}>"
        self._stream = name
        self._output = output
        self._bytes = _OutputBytes(raw, name, output, self._slow_down)
        super().__init__(self._bytes, "utf-8", ERRORS, "\n", line_buffering=True, write_through=True)
        self.mode = "w"  # type: ignore[misc]  # as the interpreter does
        self._line_end: str | None = "\n"
        self.connect()
        self._made = dict(vars(self))

    def connect(self) -> None:
        """Take the short way to the page if the descriptor leads there, otherwise that of any file."""
        self._slow_down()
        leads_to_page = _leads_to_page(self.fileno())
        self._bytes.leads_to_page = leads_to_page
        is_utf_8 = codecs.lookup(self.encoding).name == "utf-8"
        if leads_to_page and is_utf_8 and self.errors == ERRORS and self._line_end in (None, "", "\n"):
            self.write = _text_writer(self._stream, self._output)  # type: ignore[method-assign]
            self.flush = self._output.flush  # type: ignore[method-assign]

    def reconfigure(self, **options: Any) -> None:  # noqa: ANN401 - as in the standard library
        """Change the encoding and the like. Text is never held back: other streams could overtake it."""
        super().reconfigure(**{**options, "write_through": True})
        self._line_end = options.get("newline", self._line_end)
        self.connect()

    def close(self) -> None:
        """End this object. The page shows what others write."""
        self._slow_down()
        super().close()

    def detach(self) -> Any:  # noqa: ANN401 - as in the standard library
        """Separate the bytes from this object, which cannot be used any more."""
        self._slow_down()
        return super().detach()

    def _slow_down(self) -> None:
        for method in ("write", "flush"):
            vars(self).pop(method, None)


def _text_writer(stream: str, output: OutputBuffer) -> Callable[[str], int]:
    """The method ``write``. All output passes here, so this repeats `OutputBuffer.add` in place of a call."""

    def write(text: str, /) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if not text:
            return 0
        if not output.parts:
            output.loop.call_soon(output.flush)
        output.parts.append((stream, text))  # the list of now: that call may have flushed the buffer
        length = len(text)
        output.size += length
        if output.size >= FLUSH_CHARACTERS:
            output.flush()
        return length

    return write


class _OutputBytes(io.BufferedWriter):
    """`sys.stdout.buffer`: holds nothing back, so that bytes and text stay in order."""

    def __init__(
        self, raw: io.FileIO, stream: str, output: OutputBuffer, on_close: Callable[[], None]
    ) -> None:
        super().__init__(raw)
        self._stream = stream
        self._output = output
        self._on_close = on_close
        self.leads_to_page = False

    def write(self, content: Any, /) -> int:  # noqa: ANN401 - as in the standard library
        if not self.leads_to_page or self.closed:
            written = super().write(content)
            super().flush()
            return written
        with memoryview(content) as view:
            self._output.add(self._stream, view.tobytes())
            return view.nbytes

    def flush(self) -> None:
        super().flush()
        if self._output.parts:
            self._output.flush()

    def close(self) -> None:
        self._on_close()
        super().close()


class InputStream(_Stream):
    """`sys.stdin`."""

    def __init__(self, page: PageInput) -> None:
        raw = io.FileIO(0, "rb", closefd=False)
        raw.name = "<stdin>"
        super().__init__(io.BufferedReader(raw), "utf-8")
        self.mode = "r"  # type: ignore[misc]  # as the interpreter does
        self._page = page
        self._made = dict(vars(self))

    def reconfigure(self, **options: Any) -> None:  # noqa: ANN401 - as in the standard library
        """Change the encoding and the like. The next run gets another stream."""
        super().reconfigure(**options)
        self._made = {}

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # typeshed: no None
        """The next line with its line break; empty at the end of the input. Raises as `PageInput.more`."""
        return self.read_line("stream", -1 if size is None else size)

    def read_line(self, kind: Kind, size: int = -1) -> str:
        """The same for code that expects a certain kind of line.

        It waits here. In the middle of reading, it would keep other tasks from reading.
        """
        line = ""
        while True:
            line += self._read_available(size if size < 0 else size - len(line))
            if line.endswith("\n") or len(line) == size or not _leads_to_page(0) or not self._page.more(kind):
                return line

    def _read_available(self, size: int) -> str:
        self._page.waits = False
        try:
            return super().readline(size)
        except OSError as error:
            if error.errno != errno.EBADF:
                raise
            _open_device(0)  # `open(0)` has closed it, as it does everywhere
            return super().readline(size)
        finally:
            self._page.waits = True


class StandardStreams:
    """The page's streams, under the names by which code knows them."""

    def __init__(self, output: OutputBuffer, after_wait: Callable[[], None]) -> None:
        """Make them the standard streams."""
        self._output = output
        self.input = PageInput(output, after_wait)
        self._makers: dict[str, Callable[[], _Stream]] = {
            "stdin": lambda: InputStream(self.input),
            "stdout": lambda: OutputStream("stdout", 1, output),
            "stderr": lambda: OutputStream("stderr", 2, output),
        }
        self._streams: dict[str, _Stream] = {}
        signal.signal(INPUT_SIGNAL, lambda *_: self.input.wait())
        self.restore()
        os.dup2 = self._following(os.dup2)

    @property
    def stdin(self) -> InputStream:
        """The page's, also while code has replaced `sys.stdin`."""
        return cast("InputStream", self._streams["stdin"])

    # What the worker calls when anything reads from a descriptor or writes to it.

    def written(self, stream: str, content: Any) -> None:  # noqa: ANN401 - JavaScript's array of bytes
        """Show bytes that were written to a descriptor."""
        self._output.add(stream, content.to_bytes())

    def read(self, size: int) -> bytes | None:
        """Bytes for descriptor 0. After None, the worker sends a signal, whose handler waits for more.

        Here, in a call by JavaScript, Python could not wait in most browsers.
        """
        return self.input.read(size)

    def size(self) -> int:
        """The size of descriptor 0."""
        return self.input.size()

    def restore(self) -> None:
        """Make them the standard streams again. Those that code has closed or changed are new."""
        for name in ("stdout", "stderr"):
            replaced: Any = getattr(sys, name, None)
            if replaced is not self._streams.get(name):
                with suppress(Exception):  # it is closed, or no stream at all
                    replaced.flush()
        worn = {name for name, stream in self._streams.items() if not stream.is_intact()}
        if not worn.isdisjoint({"stdout", "stderr"}):
            flush_files_on(frozenset({1, 2}))  # what code has put above their bytes
        if self.input.was_read:
            worn.add("stdin")  # it may hold a rest of a line
        self._output.settle()
        for descriptor, (name, make) in enumerate(self._makers.items()):
            stream = self._streams.get(name)
            if stream is None or name in worn:
                if not _leads_to_page(descriptor):
                    _open_device(descriptor)
                stream = self._streams[name] = make()
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)

    def _following(self, dup2: Callable[..., int]) -> Callable[..., int]:
        """Let `sys.stdout` go where code has redirected descriptor 1."""

        @wraps(dup2)
        def redirect(fd: int, fd2: int, inheritable: bool = True) -> int:  # noqa: FBT001, FBT002 - as it is
            result = dup2(fd, fd2, inheritable)
            for stream in self._streams.values():
                if isinstance(stream, OutputStream):
                    with suppress(ValueError):  # closed or detached
                        stream.connect()
            return result

        return redirect


def _leads_to_page(descriptor: int) -> bool:
    try:
        return os.fstat(descriptor).st_rdev == os.stat(_DEVICES[descriptor]).st_rdev  # noqa: PTH116 - at each line
    except OSError:  # it is closed
        return False


def _open_device(descriptor: int) -> None:
    opened = os.open(_DEVICES[descriptor], os.O_RDONLY if descriptor == 0 else os.O_WRONLY)
    if opened != descriptor:
        os.dup2(opened, descriptor)
        os.close(opened)
