"""Functions that would do nothing in a browser, or something else, raise an exception instead."""

import errno
import os
from collections.abc import Callable
from functools import wraps
from types import ModuleType
from typing import Any, NoReturn

from pyrun_runtime.after_import import after_import

__all__ = ["NO_CONNECTION", "NO_PROCESS", "NO_SERVER", "install"]

NO_CONNECTION = "a browser opens no connections"
NO_PROCESS = "emscripten does not support processes"
"""As `subprocess` says."""
NO_SERVER = "a browser accepts no connections"

_LOOKUPS = ("getaddrinfo", "gethostbyname", "gethostbyname_ex")
"""Emscripten makes up an address for any name."""

_THIS_COMPUTER = "127.0.0.1"


def install() -> None:
    """Replace functions of `os` now, and those of other modules once they are imported."""
    for name in ("system", "execv", "execve"):
        setattr(os, name, _refuse_process)
    after_import("socket", _refuse_sockets)


def _refuse_process(command: object, *_: object) -> NoReturn:
    """Raise as `subprocess` does, instead of returning -1, or an error about the format of a program."""
    raise OSError(errno.ENOTSUP, f"{NO_PROCESS}: {command!r}")


def _refuse_sockets(socket: ModuleType) -> None:
    """Emscripten would open WebSockets, which no other server expects, and say that it is connected."""
    kind: Any = socket.socket
    for name in ("connect", "connect_ex"):
        setattr(kind, name, _refusing(NO_CONNECTION))
    for name in ("bind", "listen"):
        setattr(kind, name, _refusing(NO_SERVER))
    kind.sendto = _refuse_datagram
    for name in _LOOKUPS:
        setattr(socket, name, _refusing_names(socket, getattr(socket, name)))


def _refusing(reason: str) -> Callable[..., NoReturn]:
    def refuse(_self: object, address: object = "", *_: object) -> NoReturn:
        raise OSError(errno.ENOTSUP, f"{reason}: {address!r}")

    return refuse


def _refuse_datagram(_self: object, _data: object, *flags_and_address: object) -> NoReturn:
    raise OSError(errno.ENOTSUP, f"{NO_CONNECTION}: {flags_and_address[-1:]!r}")


def _refusing_names(socket: ModuleType, look_up: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(look_up)
    def look_up_number(host: Any, *more: object, **options: object) -> Any:  # noqa: ANN401 - as in `socket`
        """Look up what needs no network: numbers, and this computer."""
        name = host.decode() if isinstance(host, bytes) else host
        if name in {"localhost", socket.gethostname()}:
            host = _THIS_COMPUTER
        elif name and not _is_number(socket, name):
            raise socket.gaierror(socket.EAI_FAIL, f"{NO_CONNECTION}: {name!r}")
        return look_up(host, *more, **options)

    return look_up_number


def _is_number(socket: ModuleType, name: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, name)
        except OSError:
            continue
        return True
    return False
