"""A stand-in for a socket that speaks HTTP/1.1: it takes a request as bytes, and has the browser make it."""

import io
from urllib.parse import urlsplit

from pyrun_runtime.web.transport import Answer, send

__all__ = ["BLANK_LINE", "BrowserSocket", "Request", "head_of"]

_DEFAULT_PORTS = {"http": 80, "https": 443}
BLANK_LINE = b"\r\n\r\n"
_LAST_CHUNK = b"0\r\n\r\n"


class Request:
    """A request that arrives in pieces."""

    def __init__(self, scheme: str, host: str, port: int) -> None:
        host = f"[{host}]" if ":" in host else host
        self._origin = f"{scheme}://{host}" if port == _DEFAULT_PORTS[scheme] else f"{scheme}://{host}:{port}"
        self._received = bytearray()
        self._body_at = 0
        self.method = self.url = ""
        self.headers: list[tuple[str, str]] = []

    def feed(self, data: bytes) -> None:
        """Take a piece."""
        self._received += data
        if not self._body_at and BLANK_LINE in self._received:
            self._body_at = self._received.index(BLANK_LINE) + len(BLANK_LINE)
            first, *lines = self._received[: self._body_at - len(BLANK_LINE)].decode("latin-1").split("\r\n")
            self.method, target, _ = first.split(" ", 2)
            self.url = target if urlsplit(target).scheme else self._origin + target
            parts = (line.partition(":") for line in lines)
            self.headers = [(name, value.strip()) for name, _, value in parts]

    @property
    def is_complete(self) -> bool:
        """Whether it has its whole body."""
        if not self._body_at:
            return False
        if self._is_chunked:
            is_ended = self._received.endswith(_LAST_CHUNK, self._body_at)
            return is_ended and b"" in _chunks(bytes(self._received[self._body_at :]))
        return len(self._received) - self._body_at >= int(self._header("content-length") or 0)

    @property
    def body(self) -> bytes:
        """The body, without the marks of its chunks."""
        sent = bytes(self._received[self._body_at :])
        return b"".join(_chunks(sent)) if self._is_chunked else sent

    @property
    def _is_chunked(self) -> bool:
        return self._header("transfer-encoding").lower() == "chunked"

    def _header(self, name: str) -> str:
        return next((value for each, value in self.headers if each.lower() == name), "")


class BrowserSocket:
    """What `http.client` uses of a socket. The browser makes the connection, and encrypts it."""

    def __init__(self, scheme: str, host: str, port: int, timeout: float | None) -> None:
        self._place = (scheme, host, port)
        self._timeout = timeout
        self._request = Request(*self._place)
        self._answer: Answer | TimeoutError | None = None

    def sendall(self, data: bytes) -> None:
        """Take a part of a request, and make it when it is complete."""
        self._request.feed(data)
        if self._request.is_complete:
            try:
                self._answer = self._send()
            except TimeoutError as error:
                self._answer = error  # raised where code expects it: while it waits for the answer

    def makefile(self, _mode: str = "rb", *_: object, **_options: object) -> io.BufferedReader:
        """The answer, as a server would write it."""
        answer = self._answer or self._send()
        self._answer = None
        if isinstance(answer, TimeoutError):
            raise answer
        return io.BufferedReader(_Reply(answer))

    def _send(self) -> Answer:
        request, self._request = self._request, Request(*self._place)
        return send(request.method, request.url, request.headers, request.body, self._timeout)

    def settimeout(self, seconds: float | None) -> None:
        """Set the time that the server has to answer."""
        self._timeout = seconds

    def gettimeout(self) -> float | None:
        """The time that the server has to answer."""
        return self._timeout

    def setsockopt(self, *_: object) -> None:
        """Do nothing: options are the browser's."""

    def shutdown(self, _how: int) -> None:
        """Do nothing: the answer may still be read."""

    def close(self) -> None:
        """Do nothing: the answer may still be read."""


class _Reply(io.RawIOBase):
    """An answer with its status and its headers in front."""

    def __init__(self, answer: Answer) -> None:
        self._head = io.BytesIO(head_of(answer) + BLANK_LINE)
        self._body = answer.body

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The next bytes of head or body."""
        return self._head.readinto(buffer) or self._body.readinto(buffer)

    def close(self) -> None:
        """End the transfer."""
        self._body.close()
        super().close()


def head_of(answer: Answer) -> bytes:
    """The status and the headers of an answer, as a server would write them."""
    lines = [f"HTTP/1.1 {answer.status} {answer.reason}", *map(": ".join, answer.headers)]
    return "\r\n".join(lines).encode("latin-1")


def _chunks(sent: bytes) -> list[bytes]:
    """The content of chunks, of which the last one is empty: https://www.rfc-editor.org/rfc/rfc9112#name-chunked-transfer-coding."""
    chunks: list[bytes] = []
    while sent:
        size, _, sent = sent.partition(b"\r\n")
        length = int(size.partition(b";")[0], 16)
        chunks.append(sent[:length])
        if not length:
            break
        sent = sent[length + 2 :]
    return chunks
