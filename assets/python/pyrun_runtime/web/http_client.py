"""Adapts `http.client`, and with it `urllib.request` and all that is built on them."""

import socket
from typing import Any

from pyrun_runtime.internals import let_browser_encrypt
from pyrun_runtime.web.wire import BrowserSocket

__all__ = ["adapt"]


def adapt(module: Any) -> None:  # noqa: ANN401 - the module `http.client`
    """Have the browser make the requests of its connections. Without `ssl`, add those for https."""
    module.HTTPConnection.connect = _connect
    if hasattr(module, "HTTPSConnection"):
        module.HTTPSConnection.connect = _connect_securely
    else:
        module.HTTPSConnection = _https_connection(module)
        module.__all__.append("HTTPSConnection")
        let_browser_encrypt(module)


def _https_connection(module: Any) -> type:  # noqa: ANN401
    class HTTPSConnection(module.HTTPConnection):  # type: ignore[misc]
        """A connection that the browser encrypts."""

        default_port = module.HTTPS_PORT
        connect = _connect_securely

        def __init__(self, host: str, port: int | None = None, **options: Any) -> None:  # noqa: ANN401
            for name in ("context", "check_hostname", "key_file", "cert_file"):
                options.pop(name, None)  # the browser has its own
            super().__init__(host, port, **options)

    HTTPSConnection.__module__ = module.__name__
    return HTTPSConnection


def _connect(self: Any) -> None:  # noqa: ANN401
    self.sock = BrowserSocket("http", self.host, self.port, _seconds(self.timeout))


def _connect_securely(self: Any) -> None:  # noqa: ANN401
    self.sock = BrowserSocket("https", self.host, self.port, _seconds(self.timeout))


def _seconds(timeout: object) -> float | None:
    """A timeout; the default one is an object of `socket`."""
    return timeout if timeout is None or isinstance(timeout, int | float) else socket.getdefaulttimeout()
