"""The arguments of the command ``pyrun finish``, without what it imports to run."""

from pathlib import Path
from typing import TYPE_CHECKING

from pyrun_core.packages.resolve_site import LockMode

if TYPE_CHECKING:
    import argparse
    from argparse import _SubParsersAction

__all__ = ["LOCK_MODES", "add_finish"]

LOCK_MODES = {"follow": LockMode.FOLLOW, "write": LockMode.WRITE, "upgrade": LockMode.UPGRADE}
"""The words of ``--lock``."""


def add_finish(commands: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to a parser."""
    parser = commands.add_parser(
        "finish",
        help="make the examples of a built site live, whatever generator has built it",
    )
    parser.add_argument("folder", metavar="SITE", type=Path, help="the folder of the built site")
    parser.add_argument(
        "--config",
        type=Path,
        help="the configuration file (default: pyrun.toml, or that of the generator, in this folder)",
    )
    parser.add_argument(
        "--lock",
        choices=LOCK_MODES,
        default="follow",
        help="follow pyrun-lock.json if it exists (the default), write it, or write newer versions",
    )
    parser.add_argument(
        "--runtime",
        metavar="FOLDER",
        type=Path,
        help="also write the files that versions of the site can share into this folder, as 'pyrun runtime'",
    )
    parser.add_argument("--strict", action="store_true", help="exit with status 1 if there are warnings")
    parser.add_argument("--watch", action="store_true", help="finish the site again whenever it has changed")
