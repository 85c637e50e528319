"""Adapts `aiohttp`: its connections have the browser make requests."""

import asyncio
from typing import Any, cast

from pyrun_runtime.web.transport import send_async
from pyrun_runtime.web.wire import BLANK_LINE, Request, head_of

__all__ = ["adapt"]

_CLOSES = ("Connection", "close")


def adapt(aiohttp: Any) -> None:  # noqa: ANN401 - the module
    """Replace the connector that its sessions use."""

    class TCPConnector(aiohttp.TCPConnector):  # type: ignore[misc]
        """Connections that the browser makes."""

        async def _create_connection(self, req: Any, _traces: object, timeout: Any) -> Any:  # noqa: ANN401, ASYNC109 - as aiohttp calls it
            protocol = aiohttp.client_proto.ResponseHandler(loop=asyncio.get_running_loop())
            request = Request(req.url.scheme, req.url.host, req.url.port)
            protocol.connection_made(_Transport(request, protocol, timeout.sock_read or timeout.total))
            return protocol

    TCPConnector.__module__ = aiohttp.TCPConnector.__module__
    aiohttp.TCPConnector = aiohttp.client.TCPConnector = TCPConnector


class _Transport(asyncio.Transport):
    """Takes the bytes of one request, and gives those of its answer to a protocol."""

    def __init__(self, request: Request, protocol: asyncio.Protocol, timeout: float | None) -> None:
        super().__init__()
        self._request = request
        self._protocol = protocol
        self._timeout = timeout
        self._is_closing = False
        self._may_go_on = asyncio.Event()
        self._may_go_on.set()
        self._task: asyncio.Task[None] | None = None

    def write(self, data: Any) -> None:  # noqa: ANN401 - bytes of any kind
        """Take a part of the request, and make it when it is complete."""
        self._request.feed(bytes(data))
        if self._request.is_complete and self._task is None:
            self._task = asyncio.ensure_future(self._answer())

    async def _answer(self) -> None:
        problem: Exception | None = None
        request = self._request
        try:
            answer = await send_async(
                request.method, request.url, request.headers, request.body, self._timeout
            )
            answer.headers.append(_CLOSES)
            self._receive(head_of(answer) + BLANK_LINE)
            try:
                while not self._is_closing and (piece := await answer.body.next_piece()):
                    await self._may_go_on.wait()
                    self._receive(piece)
            finally:
                answer.body.close()
        except KeyboardInterrupt:
            for task in asyncio.all_tasks():  # those that wait for this one
                task.cancel()
        except Exception as error:  # noqa: BLE001 - it belongs to the code that waits
            problem = error
        self._is_closing = True
        self._protocol.connection_lost(problem)

    def _receive(self, data: bytes) -> None:
        if not self._is_closing:
            self._protocol.data_received(data)

    def is_closing(self) -> bool:
        """Whether the connection is of no use any more."""
        return self._is_closing

    def close(self) -> None:
        """End the transfer."""
        self._is_closing = True
        self._may_go_on.set()

    def abort(self) -> None:
        """End the transfer."""
        self.close()

    def pause_reading(self) -> None:
        """Keep what arrives."""
        self._may_go_on.clear()

    def resume_reading(self) -> None:
        """Give what has arrived."""
        self._may_go_on.set()

    def get_write_buffer_size(self) -> int:
        """Nothing waits."""
        return 0

    def get_extra_info(self, name: str, default: object = None) -> object:
        """Nothing is known of the browser's connections."""
        return cast("object", super().get_extra_info(name, default))
