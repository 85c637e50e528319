"""A speech synthesizer that writes down what it is told to say, in place of Speech Dispatcher.

It speaks SSIP, the protocol of Speech Dispatcher (https://freebsoft.org/doc/speechd/ssip.html), as far as
Orca uses it. Nothing is audible, but each text takes the time that a voice needs, so the record knows what
listeners would never have heard because something else interrupted it.
"""

from __future__ import annotations

import re
import socketserver
import threading
from dataclasses import dataclass
from html import unescape
from time import monotonic, sleep
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["Speech", "Utterance"]

CHARACTERS_PER_SECOND = 25
"""A practised listener's rate, about 300 words a minute."""

LOOK_EVERY_SECONDS = 0.05

MARKUP = re.compile(r"<[^>]*>")
"""Orca sends SSML."""

REPLIES = {
    "HISTORY": ("245-1", "245 OK CLIENT ID SENT"),
    "GET": ("251-0", "251 OK GET RETURNED"),
    "QUIT": ("231 HAPPY HACKING",),
}
LISTS = {
    "OUTPUT_MODULES": ("250-log", "250 OK MODULES LIST SENT"),
    "SYNTHESIS_VOICES": ("249-log\ten\tnone", "249 OK VOICES LIST SENT"),
}


@dataclass
class Utterance:
    """A text, and the times between which it is spoken, in seconds of the monotonic clock."""

    text: str
    start: float
    end: float
    is_cut: bool = False
    """Whether it was interrupted before it was spoken to its end."""


class Speech:
    """Everything that was said, in order. It listens at a socket while its context is open."""

    def __init__(self, socket: Path) -> None:
        self._lock = threading.Lock()
        self._said: list[Utterance] = []
        speech = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                while line := self.rfile.readline():
                    for reply in speech.reply(line.decode().split(), self._read_text):
                        self.wfile.write(f"{reply}\r\n".encode())

            def _read_text(self) -> str:
                self.wfile.write(b"230 OK RECEIVING DATA\r\n")
                lines: list[str] = []
                while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                    lines.append(line.removeprefix("."))
                return "\n".join(lines)

        self._server = socketserver.ThreadingUnixStreamServer(str(socket), Handler)
        self._server.daemon_threads = True

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def reply(self, words: list[str], read_text: Callable[[], str]) -> tuple[str, ...]:
        """Answer one command; ``read_text`` receives the text that follows ``SPEAK``."""
        match words:
            case ["SPEAK", *_]:
                self._say(unescape(MARKUP.sub("", read_text())))
            case ["CHAR" | "KEY", *rest]:
                self._say(" ".join(rest))
            case ["STOP" | "CANCEL", *_]:
                self._interrupt()
                return ("210 OK STOPPED",)
            case ["LIST", what, *_] if what in LISTS:
                return LISTS[what]
            case [command, *_] if command in REPLIES:
                return REPLIES[command]
            case _:
                return ("203 OK SET",)
        return (f"225-{len(self._said)}", "225 OK MESSAGE QUEUED")

    def listen(self, silence_seconds: float, most_seconds: float, word: str = "") -> list[Utterance]:
        """Wait until a word is said, if one is given, then for silence; return and forget what was said."""
        deadline = monotonic() + most_seconds
        while monotonic() < deadline:
            with self._lock:
                texts = [utterance.text for utterance in self._said]
                spoken_until = self._said[-1].end if self._said else 0
            if (
                not word or any(word in text for text in texts)
            ) and monotonic() > spoken_until + silence_seconds:
                break
            sleep(LOOK_EVERY_SECONDS)
        with self._lock:
            said, self._said = self._said, []
        return said

    def _say(self, text: str) -> None:
        text = " ".join(text.split())
        with self._lock:
            start = max(monotonic(), self._said[-1].end if self._said else 0)
            self._said.append(Utterance(text, start, start + len(text) / CHARACTERS_PER_SECOND))

    def _interrupt(self) -> None:
        now = monotonic()
        with self._lock:
            for utterance in self._said:
                if utterance.end > now:
                    utterance.is_cut = True
                    utterance.start, utterance.end = min(utterance.start, now), now
