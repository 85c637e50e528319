"""Makes a request through the browser, for all adapters: method, URL, headers and body in, an answer out."""

import json
import mimetypes
import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypedDict, cast
from urllib.parse import urldefrag, urlsplit

from pyodide.ffi import can_run_sync, to_js

import _pyrun_worker as worker
from pyrun_runtime.io.waiting import wait_for
from pyrun_runtime.web import adapters
from pyrun_runtime.web.body import Body

if TYPE_CHECKING:
    from collections.abc import Awaitable

__all__ = ["Answer", "RequestError", "end_run", "send", "send_async"]

Headers = Iterable[tuple[str, str]]

_LEFT_TO_BROWSER = re.compile(
    "accept-(charset|encoding)|access-control-request-(headers|method)|connection|content-length|cookie2?|date"
    "|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|user-agent|via"
    "|(proxy|sec)-.*",
    re.IGNORECASE,
)
"""Browsers refuse these from code: https://fetch.spec.whatwg.org/#forbidden-request-header.

``User-Agent`` they allow, but ask the other site first, which few sites answer.
"""

_ABOUT_ENCODING = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers that describe the body as it was sent. Browsers have decoded it."""

_ALL_HEADERS_VISIBLE = frozenset({"basic", "copy"})
"""Types of answers: https://fetch.spec.whatwg.org/#concept-response-type, and copies of the site."""

_REFUSALS = {
    "offline": "the browser is offline",
    "policy": "the Content-Security-Policy of this site forbids it",
    "insecure": "its address begins with http, and that of this site with https",
    "other-site": "its server does not allow other sites to read it",
    "unreachable": "its server does not answer",
}
"""What the message says, by the words of ``Refusal`` of ``refused_requests.js``."""


class RequestError(ConnectionError):
    """The browser does not make a request, or does not show its answer. ``refusal`` says why."""

    def __init__(self, url: str, refusal: str, detail: str) -> None:
        super().__init__(f"{url} cannot be read: {_REFUSALS.get(refusal, detail)}")
        self.refusal = refusal
        self.host = urlsplit(url).netloc


class _Head(TypedDict, total=False):
    """What `web_requests.js` says of an answer, or the problem with the request."""

    status: int
    reason: str
    url: str
    redirected: bool
    type: str
    headers: list[tuple[str, str]]
    problem: str
    detail: str


class Answer:
    """What a server has answered. ``headers`` describe the ``body`` as it can be read here."""

    def __init__(self, status: int, reason: str, headers: list[tuple[str, str]], body: Body) -> None:
        self.status = status
        self.reason = reason or _phrase(status)
        self.headers = headers
        self.body = body


class _Redirected:
    """The answer at the end of a redirect, which browsers follow by themselves.

    Libraries are told of the redirect, so that they know the address, and get the answer when they follow.
    """

    def __init__(self) -> None:
        self._answers: dict[str, Answer] = {}

    def keep(self, url: str, answer: Answer) -> None:
        """Keep the answer of a URL."""
        self._drop(url)
        self._answers[urldefrag(url)[0]] = answer

    def take(self, method: str, url: str) -> Answer | None:
        """The kept answer, if there is one of this URL. Libraries follow redirects by GET and HEAD.

        Any other request must be made, and its site may answer differently from then on.
        """
        if method.upper() in {"GET", "HEAD"}:
            return self._answers.pop(urldefrag(url)[0], None)
        self._drop(url)
        return None

    def drop_all(self) -> None:
        """Forget answers that nobody has followed."""
        for url in list(self._answers):
            self._drop(url)

    def _drop(self, url: str) -> None:
        if answer := self._answers.pop(urldefrag(url)[0], None):
            answer.body.close()


_redirected = _Redirected()


def end_run() -> None:
    """Close what a run has left."""
    _redirected.drop_all()


def send(method: str, url: str, headers: Headers, body: bytes | None, timeout: float | None) -> Answer:
    """Make a request and wait for the answer. ``timeout`` is in seconds.

    Raises:
        RequestError: there is no answer, or none that this page may read.
        TimeoutError: the time is over.
    """
    if kept := _redirected.take(method, url):
        return kept
    request = _describe(method, url, headers, body, timeout)
    if worker.strategy == "jspi" and can_run_sync():
        answer: worker.WebAnswer | None = wait_for(worker.request(*request))
    else:
        answer = worker.request_now(*request)
    return _read(answer, method, url, timeout, may_wait=True)


async def send_async(
    method: str,
    url: str,
    headers: Headers,
    body: bytes | None,
    timeout: float | None,  # noqa: ASYNC109 - the worker ends the request
) -> Answer:
    """Make a request in a coroutine: as `send`, while other tasks go on if the browser can suspend Python."""
    if kept := _redirected.take(method, url):
        return kept
    request = _describe(method, url, headers, body, timeout)
    if worker.strategy == "jspi":
        answer = await cast("Awaitable[worker.WebAnswer | None]", worker.request(*request))
    else:
        answer = worker.request_now(*request)
    return _read(answer, method, url, timeout, may_wait=False)


def _describe(
    method: str, url: str, headers: Headers, body: bytes | None, timeout: float | None
) -> tuple[str, Any]:
    """A request as the worker takes it."""
    sent = [(name, value) for name, value in headers if not _LEFT_TO_BROWSER.fullmatch(name)]
    request = {"method": method.upper(), "url": url, "headers": sent, "timeout": timeout or 0}
    return json.dumps(request), to_js(body) if body else None


def _read(
    answer: "worker.WebAnswer | None", method: str, url: str, timeout: float | None, *, may_wait: bool
) -> Answer:
    adapters.after_wait()
    if answer is None:
        raise KeyboardInterrupt
    head: _Head = json.loads(answer.head)
    if "problem" in head:
        if head["problem"] == "timeout":
            raise TimeoutError("timed out")
        raise RequestError(url, head["problem"], head["detail"])
    body = Body(answer, timeout)
    headers = [(name, value) for name, value in head["headers"] if name.lower() not in _ABOUT_ENCODING]
    if head["type"] == "copy" and (kind := mimetypes.guess_type(urlsplit(url).path)[0]):
        headers.append(("Content-Type", kind))
    length = _length(head, body, method, may_wait=may_wait)
    if length is not None:
        headers.append(("Content-Length", str(length)))
    final = Answer(head["status"], head["reason"], headers, body)
    if not head["redirected"] or urldefrag(head["url"])[0] == urldefrag(url)[0]:
        return final
    _redirected.keep(head["url"], final)
    location = [("Location", head["url"]), ("Content-Length", "0")]
    return Answer(HTTPStatus.FOUND.value, "", location, Body(None, None))


def _length(head: _Head, body: Body, method: str, *, may_wait: bool) -> str | int | None:
    """The length of the body as it can be read here; None if only its end will tell."""
    told = {name.lower(): value for name, value in head["headers"]}
    length = told.get("content-length")
    if length is None or method.upper() == "HEAD":
        return length
    # Another site may show a length, and hide that it is the one of compressed data.
    if head["type"] in _ALL_HEADERS_VISIBLE and "content-encoding" not in told:
        return length
    return body.length() if may_wait else None


def _phrase(status: int) -> str:
    """The text beside a status code, which HTTP/2 does not send."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
