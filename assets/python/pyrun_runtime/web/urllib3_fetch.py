"""Adapts `urllib3`, and with it `requests`, whose own requests of the browser Stop cannot end."""

import io
from typing import Any

from pyrun_runtime.web.transport import send

__all__ = ["adapt"]


def adapt(module: Any) -> None:  # noqa: ANN401 - the module `urllib3.contrib.emscripten.connection`
    """Have its connections make their requests here, and know the text beside a status code."""
    from urllib3.exceptions import ReadTimeoutError  # noqa: PLC0415 - only where it is installed

    def send_request(request: Any) -> Any:  # noqa: ANN401
        headers = request.headers.items()
        try:
            answer = send(request.method, request.url, headers, _content(request.body), request.timeout)
        except TimeoutError:
            raise ReadTimeoutError(None, request.url, "Read timed out.") from None  # type: ignore[arg-type]
        body = io.BufferedReader(answer.body)
        response = module.EmscriptenResponse(answer.status, dict(answer.headers), body, request)
        response.reason = answer.reason
        return response

    class Response(module.EmscriptenHttpResponseWrapper):  # type: ignore[misc]
        def __init__(self, internal_response: Any, *given: Any, **named: Any) -> None:  # noqa: ANN401
            super().__init__(internal_response, *given, **named)
            self.reason = internal_response.reason

    module.EmscriptenHttpResponseWrapper = Response
    module.send_request = module.send_streaming_request = send_request


def _content(body: Any) -> bytes | None:  # noqa: ANN401 - all that the library takes as a body
    if hasattr(body, "read"):
        body = body.read()
    if body is None:
        return None
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, bytes | bytearray | memoryview):
        return bytes(body)
    return b"".join(part.encode() if isinstance(part, str) else part for part in body)
