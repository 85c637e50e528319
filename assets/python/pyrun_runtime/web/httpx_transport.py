"""Adapts `httpx`: its transports have the browser make requests."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

from pyrun_runtime.web.body import Body
from pyrun_runtime.web.transport import Answer, RequestError, send, send_async

__all__ = ["adapt"]

_PIECE_BYTES = 1 << 16


def adapt(httpx: Any) -> None:  # noqa: ANN401 - the module
    """Replace what its transports do with a request. Clients, redirects and cookies stay the library's."""
    _adapt_transport(httpx)
    _adapt_async_transport(httpx)


def _adapt_transport(httpx: Any) -> None:  # noqa: ANN401
    class Stream(httpx.SyncByteStream):  # type: ignore[misc]
        def __init__(self, body: Body, request: Any) -> None:  # noqa: ANN401
            self._body = body
            self._request = request

        def __iter__(self) -> Iterator[bytes]:
            while True:
                with _translated(httpx, self._request):
                    piece = self._body.read(_PIECE_BYTES)
                if not piece:
                    return
                yield piece

        def close(self) -> None:
            self._body.close()

    def handle_request(_self: object, request: Any) -> Any:  # noqa: ANN401
        with _translated(httpx, request):
            answer = send(*_described(request), request.read(), _timeout(request))
        return _response(httpx, answer, Stream(answer.body, request))

    httpx.HTTPTransport.handle_request = handle_request


def _adapt_async_transport(httpx: Any) -> None:  # noqa: ANN401
    class Stream(httpx.AsyncByteStream):  # type: ignore[misc]
        def __init__(self, body: Body, request: Any) -> None:  # noqa: ANN401
            self._body = body
            self._request = request

        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                with _translated(httpx, self._request):
                    piece = await self._body.next_piece()
                if not piece:
                    return
                yield piece

        async def aclose(self) -> None:
            self._body.close()

    async def handle_async_request(_self: object, request: Any) -> Any:  # noqa: ANN401
        body = await request.aread()
        with _translated(httpx, request):
            answer = await send_async(*_described(request), body, _timeout(request))
        return _response(httpx, answer, Stream(answer.body, request))

    httpx.AsyncHTTPTransport.handle_async_request = handle_async_request


def _described(request: Any) -> tuple[str, str, list[tuple[str, str]]]:  # noqa: ANN401
    return request.method, str(request.url), request.headers.multi_items()


def _timeout(request: Any) -> float | None:  # noqa: ANN401
    timeout: float | None = (request.extensions.get("timeout") or {}).get("read")
    return timeout


def _response(httpx: Any, answer: Answer, stream: object) -> Any:  # noqa: ANN401
    about = {"reason_phrase": answer.reason.encode()}
    return httpx.Response(answer.status, headers=answer.headers, stream=stream, extensions=about)


@contextmanager
def _translated(httpx: Any, request: object) -> Iterator[None]:  # noqa: ANN401
    """Raise the library's exceptions."""
    try:
        yield
    except TimeoutError as error:
        raise httpx.ReadTimeout(str(error), request=request) from error
    except RequestError as error:
        raise httpx.ConnectError(str(error), request=request) from error
    except ConnectionResetError as error:
        raise httpx.ReadError(str(error), request=request) from error
