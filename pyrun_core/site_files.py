"""Which files a built site serves, and from where they are copied."""

from collections.abc import Iterable, Iterator

from pyrun_core.browser_files import BrowserFiles
from pyrun_core.pyodide.distribution import Distribution
from pyrun_core.site_file import SiteFile

__all__ = ["site_files"]


def site_files(
    browser_files: BrowserFiles,
    distribution: Distribution,
    more: Iterable[SiteFile] = (),
) -> Iterator[SiteFile]:
    """Every file that a site with live examples serves, in a stable order.

    ``more`` are those of its packages and of its examples.
    """
    for name in browser_files.names:
        yield SiteFile(browser_files.folder / name, name)
    if distribution.folder is not None:
        for path in distribution.served_files():
            yield SiteFile(distribution.source(path), distribution.url + path.as_posix())
    yield from more
