"""The option ``runtime``: the files that versions of a site share are outside of each version.

A version keeps what differs: the settlement, and the loader and style sheet that its pages name.
"""

import posixpath
from pathlib import Path

from pyrun_core.browser_files import BrowserFiles
from pyrun_core.cache import cache_folder, store
from pyrun_core.site_file import SiteFile

__all__ = ["loader_for", "runtime_folder", "runtime_url"]


def runtime_url(runtime: str, root: str) -> str:
    """The URL of the shared files, relative to pyrun's folder in the site. Empty if they are in it.

    ``runtime`` is the value of the option, ``root`` the URL of the site's root, relative to pyrun's folder.
    """
    if not runtime or _is_url(runtime):
        return runtime
    return posixpath.normpath(root + runtime) + "/"


def runtime_folder(runtime: str, site: Path) -> Path | None:
    """The folder of the shared files, or ``None`` if the option gives a URL. ``site`` is the built site."""
    return None if _is_url(runtime) else Path(posixpath.normpath((site / runtime).as_posix()))


def loader_for(url: str, files: BrowserFiles) -> SiteFile:
    """The script that pages load. It finds all others at this URL, relative to its own.

    A page cannot tell it: the addresses of the other scripts are needed before any file can be read.
    """
    source = files.folder / files.loader
    if not url:
        return SiteFile(source, files.loader)
    text = source.read_text(encoding="utf-8")
    for name in files.names:
        text = text.replace(f'"./{name}"', f'"{url}{name}"')
    stored = store(cache_folder(), "pyrun.js", text.encode())
    return SiteFile(stored, stored.name)


def _is_url(runtime: str) -> bool:
    return runtime.startswith(("/", "https://", "http://"))
