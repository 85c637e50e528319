"""Opens URLs that a stranger may have written: only public addresses, also behind redirects."""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from pyrun_core import __version__

__all__ = ["NotPublicError", "RefusedError", "public_opener"]

_SHARED_PREFIX = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that contain one of IPv4: https://www.rfc-editor.org/rfc/rfc6052"""

_IPV4_BITS = 32

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class RefusedError(OSError):
    """A URL is not opened. That says nothing about others of its server."""


class NotPublicError(RefusedError):
    """A server is in a private network, or on this machine."""


def public_opener(is_chosen: Callable[[str], bool]) -> urllib.request.OpenerDirector:
    """Opens http and https. Of the URLs that ``is_chosen`` refuses, only those of public addresses.

    Opening another one raises `NotPublicError`, as a cause or as the reason of a `urllib.error.URLError`.
    """
    opener = urllib.request.OpenerDirector()
    opener.addheaders = [("User-Agent", f"pyrun/{__version__}")]
    for handler in (
        urllib.request.ProxyHandler(),
        _Handler(is_chosen),
        _SecureHandler(is_chosen),
        _RedirectHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener


class _Handler(urllib.request.HTTPHandler):
    def __init__(self, is_chosen: Callable[[str], bool]) -> None:
        super().__init__()
        self._is_chosen = is_chosen

    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        kind = _connection_for(request, self._is_chosen, http.client.HTTPConnection, _PublicConnection)
        return self.do_open(kind, request)


class _SecureHandler(urllib.request.HTTPSHandler):
    def __init__(self, is_chosen: Callable[[str], bool]) -> None:
        super().__init__()
        self._is_chosen = is_chosen

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        kind = _connection_for(request, self._is_chosen, http.client.HTTPSConnection, _PublicSecureConnection)
        return self.do_open(kind, request)


class _RedirectHandler(urllib.request.HTTPRedirectHandler):
    """Follows redirects to http and https alone; the handlers above look at each address."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:  # noqa: ANN401, PLR0913, PLR0917 - as in the base class
        if urlsplit(newurl).scheme not in {"http", "https"}:
            fp.close()
            raise RefusedError(f"it leads to {newurl!r}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _connection_for(
    request: urllib.request.Request,
    is_chosen: Callable[[str], bool],
    plain: type[http.client.HTTPConnection],
    public: type[http.client.HTTPConnection],
) -> type[http.client.HTTPConnection]:
    """The class of the connection for a request."""
    if is_chosen(request.full_url):
        return plain
    parts = urlsplit(request.full_url)
    if "%" in parts.netloc:  # urllib decodes it, so what is looked at would differ from what is opened
        raise NotPublicError("its host is written with %, so it may be any")
    if request.host == parts.netloc:
        return public
    # A proxy makes the connection, in a network of which this machine may not know all names.
    with contextlib.suppress(socket.gaierror):
        list(_public_addresses(parts.hostname or "", parts.port or 0))
    return plain


class _PublicConnection(http.client.HTTPConnection):
    def connect(self) -> None:
        """Connect to an address after it was looked at, and not to what its name means a moment later."""
        self.sock = _connect(self.host, self.port, self.timeout)


class _PublicSecureConnection(http.client.HTTPSConnection):
    def connect(self) -> None:
        """Connect to an address after it was looked at."""
        connection = _connect(self.host, self.port, self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(connection, server_hostname=self.host)


def _connect(host: str, port: int, timeout: float | None) -> socket.socket:
    problem: OSError = OSError(f"{host} has no address")
    for address in list(_public_addresses(host, port)):
        try:
            return socket.create_connection((address, port), timeout)
        except OSError as error:
            problem = error
    raise problem


def _public_addresses(host: str, port: int) -> Iterator[str]:
    """The addresses of a server.

    Raises:
        NotPublicError: one of them is not public.
    """
    for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        address = str(place[0])
        if not all(each.is_global and not each.is_multicast for each in _meanings(address)):
            raise NotPublicError(f"{host} is in a private network, or on the machine that builds the site")
        yield address


def _meanings(address: str) -> Iterator[Address]:
    """An address, and those of IPv4 to which it may lead."""
    read = ipaddress.ip_address(address)
    yield read
    if isinstance(read, ipaddress.IPv6Address):
        within = [read.ipv4_mapped, read.sixtofour]
        if read in _SHARED_PREFIX:
            within.append(ipaddress.IPv4Address(int(read) & ((1 << _IPV4_BITS) - 1)))
        yield from filter(None, within)
