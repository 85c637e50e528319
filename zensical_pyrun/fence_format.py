"""The format of the fence ``pyrun`` in Zensical's configuration."""

from dataclasses import dataclass

from pyrun_core import __version__
from pyrun_core.browser_files import bundled_files
from pyrun_core.examples.render import plain_block

__all__ = ["FenceFormat", "fence_format"]


@dataclass(frozen=True)
class FenceFormat:
    """What `pymdownx.superfences` calls for a fence that the extension ``pyrun`` has left in the text.

    The extension takes all fences out, so this happens only if the author has not listed the extension.
    Zensical pickles the format for the key of its cache. With the version and the names of the browser files
    in it, all pages are rendered again with a new version of pyrun.
    """

    version: str
    browser_files: tuple[str, str]

    def __call__(self, source: str, *details: object, **more: object) -> str:
        """The code as a block without highlighting."""
        del details, more
        return plain_block(source)


def fence_format() -> FenceFormat:
    """The format of this version of pyrun."""
    browser_files = bundled_files()
    return FenceFormat(__version__, (browser_files.loader, browser_files.style))
