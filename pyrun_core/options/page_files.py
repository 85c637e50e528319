"""The option ``page-files``: the URLs that pages may name in ``files``.

The author of a page may be somebody whom the owner of the site does not know. The machine that builds the
site can be in a network that its author cannot reach, so a page names only what everybody can read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from pyrun_core.options.config_line import config_line
from pyrun_core.options.package_entries import CONTROL_CHARACTER
from pyrun_core.problems import shorten

__all__ = ["PUBLIC", "PageFiles", "ascii_url", "is_web_url", "read_page_files", "why_no_url"]

PUBLIC = "public"
"""The word for every URL of a public address of the internet."""

_MOST_CHARACTERS = 2000

_KEPT = "/%:=&?~+!$,;'@()*[]"
"""What has a meaning in a path or a query, or is encoded already."""


def is_web_url(name: str) -> bool:
    """Whether an entry of ``files`` is a URL, and not a path."""
    return name.lower().startswith(("http://", "https://"))


def why_no_url(url: str) -> str:
    """Why nothing is looked for at a URL. Empty if there is no reason."""
    if CONTROL_CHARACTER.search(url) or " " in url:
        return "has a space or a control character. Write %20 for a space"
    if len(url) > _MOST_CHARACTERS:
        return f"has more than {_MOST_CHARACTERS} characters. Use a shorter URL"
    try:
        parts = urlsplit(url)
        is_url = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return "is not a URL. Correct it"
    if not is_url:
        return "is not a URL. Correct it"
    if "@" in parts.netloc:
        return "has a user name or a password, which readers could see. Put the file into the documentation"
    return ""


def ascii_url(url: str) -> str:
    """The URL as a request has it: authors may write letters of all languages.

    Raises:
        ValueError: its host cannot be written so.
    """
    parts = urlsplit(url)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    path, query = quote(parts.path, _KEPT), quote(parts.query, _KEPT)
    return urlunsplit((parts.scheme, host, path or "/", query, ""))


def read_page_files(value: object) -> tuple[str, ...]:
    """The value of the option: URLs, and `PUBLIC`.

    Raises:
        ValueError: the value is something else.
    """
    entries = value.split() if isinstance(value, str) else value
    if not isinstance(entries, list | tuple) or not all(isinstance(entry, str) for entry in entries):
        raise ValueError(f"{shorten(value)} is not a list of URLs")
    for entry in entries:
        if entry != PUBLIC and (not is_web_url(entry) or why_no_url(entry)):
            raise ValueError(f"{shorten(entry)} is neither a URL nor `{PUBLIC}`")
    return tuple(dict.fromkeys(entries))


@dataclass(frozen=True)
class PageFiles:
    """What pages may name: ``listed`` are URLs, and `PUBLIC`. A slash at the end allows all below."""

    listed: tuple[str, ...] = (PUBLIC,)

    def lists(self, url: str) -> bool:
        """Whether the author of the site has chosen this very URL, wherever its server is."""
        is_plain = ".." not in unquote(urlsplit(url).path).split("/")  # servers go up there
        return any(
            url == each or (is_plain and each.endswith("/") and url.startswith(each)) for each in self._urls()
        )

    @property
    def allows_public(self) -> bool:
        """Whether pages may name what everybody can read."""
        return PUBLIC in self.listed

    def explain(self, url: str, config_file: str) -> str:
        """What the author of the site can do about a URL. ``config_file`` is that of the site."""
        line = config_line("page-files", [*self.listed, url], config_file)
        return f"To allow it on all pages, {line}"

    def _urls(self) -> Iterable[str]:
        return (each for each in self.listed if each != PUBLIC)
