"""Functions that a browser only pretends to have raise an exception."""

from __future__ import annotations

import socket
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def refusals(runtime_module: Callable[[str], Any]) -> Any:  # noqa: ANN401
    """The module. It is not installed, because the tests need their Python."""
    return runtime_module("io.refusals")


@pytest.fixture
def sockets(refusals: Any) -> Any:  # noqa: ANN401
    """A module `socket` whose functions for names return the host that they are asked for."""
    names = {
        name: getattr(socket, name) for name in ("AF_INET", "AF_INET6", "EAI_FAIL", "gaierror", "inet_pton")
    }
    lookups = dict.fromkeys(("getaddrinfo", "gethostbyname", "gethostbyname_ex"), lambda host, *_: host)
    kind = type("socket", (), {})
    module = SimpleNamespace(**names, **lookups, gethostname=lambda: "emscripten", socket=kind)
    refusals._refuse_sockets(module)
    return module


@pytest.mark.parametrize("method", ["connect", "connect_ex", "bind", "listen"])
def test_a_socket_does_nothing(sockets: Any, method: str) -> None:  # noqa: ANN401
    with pytest.raises(OSError, match=r"a browser (opens|accepts) no connections: \('example.org', 80\)"):
        getattr(sockets.socket(), method)(("example.org", 80))


def test_a_datagram_is_not_sent(sockets: Any) -> None:  # noqa: ANN401
    with pytest.raises(OSError, match="a browser opens no connections"):
        sockets.socket().sendto(b"", ("127.0.0.1", 80))


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("localhost", "127.0.0.1"),
        ("emscripten", "127.0.0.1"),
        ("192.0.2.1", "192.0.2.1"),
        ("::1", "::1"),
        ("", ""),
        (None, None),
    ],
)
def test_this_computer_and_numbers_are_looked_up(sockets: Any, host: str | None, found: str | None) -> None:  # noqa: ANN401
    assert sockets.getaddrinfo(host, 80) == found
    assert sockets.gethostbyname(host) == found


@pytest.mark.parametrize("host", ["example.org", b"example.org"], ids=["text", "bytes"])
def test_other_names_are_not_looked_up(sockets: Any, host: str | bytes) -> None:  # noqa: ANN401
    with pytest.raises(socket.gaierror, match=r"no connections: 'example\.org'"):
        sockets.getaddrinfo(host, 80)
