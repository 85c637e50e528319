"""The command ``pyrun``: what can be done for a site without building it.

Hosts register themselves as entry points of the group ``pyrun.hosts``, so that core knows none of them.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

from pyrun_core import __version__
from pyrun_core.packages.publish.overview import describe_pages
from pyrun_core.packages.publish.resolved import Settled
from pyrun_core.packages.request.page_requirements import SiteNeeds
from pyrun_core.packages.resolve.project_lock import LOCK_NAME
from pyrun_core.packages.resolve.select_versions import LockMode
from pyrun_core.problems import PyrunError

__all__ = ["Host", "Outcome", "main"]

_GROUP = "pyrun.hosts"


@dataclass(frozen=True)
class Outcome:
    """A settled site. ``problems`` counts the warnings of its build."""

    needs: SiteNeeds
    settled: Settled
    problems: int


class Host(Protocol):
    """How the command works with a documentation generator."""

    config_names: Sequence[str]
    """What its configuration file can be called."""

    def settle(self, config: Path, lock_mode: LockMode) -> Outcome:
        """Read all pages of a site and settle its packages. Its problems go to the standard error.

        Raises:
            PyrunError: the site cannot be read.
        """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    options = _parser().parse_args(arguments)
    try:
        host, config = _find_site(options.site)
        if options.command == "lock":
            return _lock(host, config, upgrade=options.upgrade)
        outcome = host.settle(config, LockMode.FOLLOW)
    except PyrunError as error:
        sys.stderr.write(f"pyrun: {error}\n")
        return 2
    sys.stdout.write(describe_pages(outcome.needs, outcome.settled))
    return 1 if outcome.problems else 0


def _lock(host: Host, config: Path, *, upgrade: bool) -> int:
    outcome = host.settle(config, LockMode.UPGRADE if upgrade else LockMode.WRITE)
    if not outcome.needs.pages:
        sys.stdout.write(f"{config} is of a site without live examples: there is nothing to lock.\n")
        return 0
    if outcome.problems:
        sys.stderr.write("pyrun: what is wrong above may be missing in the lock file\n")
    sys.stdout.write(f"{config.parent / LOCK_NAME} is written. Commit it.\n")
    return 1 if outcome.problems else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pyrun", description="Live Python examples in documentation.")
    parser.add_argument("--version", action="version", version=f"pyrun {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    site = argparse.ArgumentParser(add_help=False)
    site.add_argument(
        "site",
        nargs="?",
        type=Path,
        default=Path(),
        help="the site's configuration file (conf.py, mkdocs.yml) or its folder; this folder if left out",
    )
    lock = commands.add_parser(
        "lock",
        parents=[site],
        help=f"choose the packages of a site, and write {LOCK_NAME} beside its configuration file",
    )
    lock.add_argument("--upgrade", action="store_true", help="take newer versions than the lock file has")
    commands.add_parser(
        "packages",
        parents=[site],
        help="say what each page needs, from where, and how many bytes",
    )
    return parser


def _find_site(path: Path) -> tuple[Host, Path]:
    hosts = list(_hosts())
    for host in hosts:
        if path.is_file() and path.name in host.config_names:
            return host, path
    found = [(host, path / name) for host in hosts for name in host.config_names if (path / name).is_file()]
    names = " or ".join(name for host in hosts for name in host.config_names)
    if not hosts:
        raise PyrunError("neither Sphinx nor MkDocs is installed here")
    if not found:
        raise PyrunError(f"{path.resolve()} is no site: it has no {names}. Name its folder")
    if len(found) > 1:
        raise PyrunError(f"{path.resolve()} has more than one of {names}. Name the one you mean")
    return found[0]


def _hosts() -> Iterator[Host]:
    for entry_point in entry_points(group=_GROUP):
        try:
            host: Host = entry_point.load()()
        except ImportError:  # that generator is not installed
            continue
        yield host
