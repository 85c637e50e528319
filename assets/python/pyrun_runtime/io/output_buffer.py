"""Collects what code writes, text and bytes of all streams in order, for the page."""

import codecs
from asyncio import AbstractEventLoop
from itertools import groupby
from operator import itemgetter

import _pyrun_worker as worker

__all__ = ["ERRORS", "FLUSH_CHARACTERS", "OutputBuffer"]

FLUSH_CHARACTERS = 8192

ERRORS = "backslashreplace"
"""How bytes and surrogates that are no text are shown: as escape sequences, so that none is lost."""

Part = tuple[str, str | bytes]
"""A stream, and what was written to it."""


class OutputBuffer:
    """Collects the output of all streams in order, so that one message carries many writes.

    It is flushed when it is full, by the clock signal (`Interrupts`), before Python waits for anything,
    and at the next turn of the event loop.
    """

    def __init__(self, loop: AbstractEventLoop) -> None:
        self.loop = loop
        self.parts: list[Part] = []
        """What was written since the last flush. Streams that are fast append to it; see `add`."""
        self.size = 0
        """Of ``parts``, in characters or bytes."""
        self._decoders: dict[str, codecs.IncrementalDecoder] = {}
        self._unfinished_line = ""

    def add(self, stream: str, written: str | bytes) -> None:
        """Append text, or bytes of text. A character may be in two pieces of bytes."""
        if not self.parts:
            self.loop.call_soon(self.flush)
        self.parts.append((stream, written))
        self.size += len(written)
        if self.size >= FLUSH_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        """Send everything to the page, except for a character whose last bytes are missing."""
        # The clock signal may call this method in the middle of itself, at any call. It must not find
        # parts that are being sent already. No signal is handled within this one statement.
        parts, self.parts = self.parts, []
        self.size = 0
        for stream, group in groupby(parts, key=itemgetter(0)):
            text = self._decode(stream, [part for _, part in group])
            _, newline, last = text.rpartition("\n")
            self._unfinished_line = last if newline else self._unfinished_line + last
            worker.write(stream, text)
        worker.send()

    def settle(self) -> None:
        """Send everything. Of a character whose last bytes are missing, show those that are there."""
        if self.parts:
            self.flush()
        for stream in tuple(self._decoders):
            self.add(stream, "")  # what follows the bytes is text
            self.flush()

    def begin_section(self, line: int) -> None:
        """Let what follows belong to the statement that ends in this line, from 1."""
        self.settle()
        self._unfinished_line = ""
        worker.section(line)

    def take_prompt(self) -> str:
        """Send everything; return the text of the last line, if it has no line break."""
        self.flush()
        prompt, self._unfinished_line = self._unfinished_line, ""
        return prompt

    def _decode(self, stream: str, parts: list[str | bytes]) -> str:
        if stream in self._decoders or any(isinstance(part, bytes) for part in parts):
            text = "".join(self._decode_each(stream, parts))
        else:
            text = "".join(parts)  # type: ignore[arg-type]  # no bytes among them
        # Half a surrogate pair is no text that a page could show.
        return text if text.isascii() else text.encode("utf-8", ERRORS).decode()

    def _decode_each(self, stream: str, parts: list[str | bytes]) -> list[str]:
        decoder = self._decoders.pop(stream, None) or codecs.getincrementaldecoder("utf-8")(ERRORS)
        found = []
        for part in parts:
            if isinstance(part, bytes):
                found.append(decoder.decode(part))
            else:
                found += decoder.decode(b"", final=True), part
        if decoder.getstate()[0]:
            self._decoders[stream] = decoder  # its next bytes complete a character
        return found
