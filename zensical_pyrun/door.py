"""The only module that uses names of Zensical, all undocumented. They are in Zensical 0.0.73 to 0.1.3."""

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from click import ClickException
from markdown import Markdown

from pyrun_core.problems import PyrunError

__all__ = ["PageContext", "UnknownZensicalError", "build_site", "current_config", "page_context"]


_CONFIG_NAMES = ("docs_dir", "markdown_extensions", "root_dir", "site_dir")


class UnknownZensicalError(PyrunError):
    """This version of Zensical lacks a name that pyrun uses."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"pyrun does not know Zensical {version('zensical')} ({reason}), so the site is not finished. "
            "Run 'pyrun finish' after each build, or install a version of Zensical that pyrun supports"
        )


class PageContext(NamedTuple):
    """The page that Zensical renders. ``file`` is relative to the folder of the documentation."""

    file: str
    front_matter: Mapping[str, Any]
    config: Mapping[str, Any]


def build_site(config: Path, *, is_clean: bool = False) -> None:
    """Build a site as ``zensical build`` does. ``is_clean``: render all pages, those in its cache too.

    Raises:
        PyrunError: Zensical cannot build it.
    """
    from zensical import build  # noqa: PLC0415 - only where Zensical runs

    try:
        build(str(config), {"clean": is_clean, "strict": False})
    except (ClickException, RuntimeError) as error:
        raise PyrunError(f"{config}: {error}") from error


def current_config() -> Mapping[str, Any] | None:
    """The configuration that Zensical has read last, ``None`` if it has not read it yet.

    Raises:
        UnknownZensicalError: Zensical has no such configuration.
    """
    try:
        from zensical.config import get_config  # noqa: PLC0415 - only where Zensical runs
    except ImportError as error:
        raise UnknownZensicalError(str(error)) from error
    config: Mapping[str, Any] | None = get_config()
    if config is not None and (missing := [name for name in _CONFIG_NAMES if name not in config]):
        raise UnknownZensicalError(f"its configuration has no {missing[0]}")
    return config


def page_context(md: Markdown) -> PageContext | None:
    """The page that Zensical renders with this Markdown, ``None`` if another program uses it.

    Raises:
        UnknownZensicalError: Zensical says it in another way.
    """
    try:
        from zensical.extensions.context import ContextPreprocessor  # noqa: PLC0415 - only where Zensical runs

        found = ContextPreprocessor.from_markdown(md)
        return PageContext(found.page.path, found.page.meta, found.config) if found else None
    except (ImportError, AttributeError) as error:
        raise UnknownZensicalError(str(error)) from error
