"""Files of the web that examples read: downloaded by the build, pinned, and served by the site."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

from pyrun_core.kept_download import Download, DownloadError, KeptDownloads
from pyrun_core.options.page_files import PageFiles, ascii_url, why_no_url
from pyrun_core.problems import Location, Problem, PyrunError, Report
from pyrun_core.public_downloads import NotPublicError, public_opener

__all__ = ["WebFiles"]

_MOST_BYTES = 100_000_000
"""Of one file: what GitHub Pages takes, and more than a reader should wait for."""


class _UnusableError(PyrunError):
    """A file cannot be used. The message says why, and what helps."""


@dataclass
class WebFiles:
    """Finds files of the web. ``page_files`` is what pages may name, ``config`` where that is set."""

    cache: Path
    page_files: PageFiles
    config: Location
    report: Report
    log: Callable[[str], object]
    _pins: Mapping[str, str] = field(default_factory=dict, init=False)
    _must_be_pinned: bool = field(default=False, init=False)
    _used: dict[str, str] = field(default_factory=dict, init=False)
    _downloads: dict[bool, KeptDownloads] = field(default_factory=dict, init=False)

    def follow(self, pins: Mapping[str, str], *, must_be_pinned: bool) -> None:
        """Set the checksums of the author's lock file, by URL. ``must_be_pinned`` reports missing ones."""
        self._pins = pins
        self._must_be_pinned = must_be_pinned

    @property
    def checksums(self) -> dict[str, str]:
        """The checksums of the files that have been found, by URL."""
        return dict(sorted(self._used.items()))

    def find(self, url: str, location: Location) -> Download | None:
        """The file at a URL. If it cannot be used, that is reported where a page names it."""
        try:
            download = self._find(url)
        except _UnusableError as error:
            self.report(Problem.FILES, f"files: {error}", location)
            return None
        if self._must_be_pinned and url not in self._pins:
            message = (
                f"pyrun-lock.json does not pin {url}, so the site has what its server sends today. "
                "Run 'pyrun lock', and commit the file"
            )
            self.report(Problem.LOCK, message, location)
        self._used[url] = download.sha256
        return download

    def _find(self, url: str) -> Download:
        if why := why_no_url(url):
            raise _UnusableError(f"{url} {why}")
        is_chosen = self.page_files.lists(url)
        if not is_chosen and not self.page_files.allows_public:
            raise self._refused(url, "is not among the URLs that pages of this site may name")
        downloads = self._downloads_of(is_chosen=is_chosen)
        pin = self._pins.get(url)
        try:
            address = ascii_url(url)
            if pin and (kept := downloads.kept(address, pin)):
                return kept
            download = downloads.fetch(address)
        except ValueError as error:
            raise _UnusableError(f"{url} is not a URL: {error}. Correct it") from error
        except DownloadError as error:
            cause = error.__cause__
            reason = cause.reason if isinstance(cause, URLError) else cause
            if isinstance(reason, NotPublicError):
                raise self._refused(url, f"is not public: {reason}") from error
            raise _UnusableError(
                f"{error}. Correct the URL, or put the file into the documentation"
            ) from error
        if pin and download.sha256 != pin:
            raise _UnusableError(
                f"{url} has changed since pyrun-lock.json was written. Run 'pyrun lock --upgrade' to use "
                "what its server sends now, and commit the file"
            )
        return download

    def _refused(self, url: str, why: str) -> _UnusableError:
        return _UnusableError(f"{url} {why}. {self.page_files.explain(url, self.config.file)}")

    def _downloads_of(self, *, is_chosen: bool) -> KeptDownloads:
        """A page must not get from the cache what only another site may read, so there are two lists."""
        if is_chosen not in self._downloads:
            records = "chosen-downloads" if is_chosen else "public-downloads"
            opener = public_opener(self.page_files.lists)
            self._downloads[is_chosen] = KeptDownloads(
                self.cache, self.log, records, opener.open, _MOST_BYTES
            )
        return self._downloads[is_chosen]
