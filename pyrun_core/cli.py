"""The command ``pyrun``: tasks for a site that do not build it.

Hosts register themselves as entry points of the group ``pyrun.hosts``, so the core imports none of them.
"""

import argparse
import gc
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pyrun_core import __version__
from pyrun_core.finish.arguments import add_finish
from pyrun_core.live.left_alone import LeftAlone
from pyrun_core.packages.publish.overview import describe_pages
from pyrun_core.packages.resolve.project_lock import LOCK_NAME
from pyrun_core.packages.resolve_site import LockMode
from pyrun_core.problems import PyrunError
from pyrun_core.proof.checked import CheckedPage
from pyrun_core.proof.command import add_check, run_check
from pyrun_core.proof.jobs import PageMaker
from pyrun_core.proof.places import Places
from pyrun_core.settlement.folder import write_files
from pyrun_core.settlement.settlement import Settlement
from pyrun_core.site import Site

if TYPE_CHECKING:
    from pyrun_core.finish.finisher import CheckCells
    from pyrun_core.finish.noted_examples import NotedExamples

__all__ = ["Host", "Outcome", "main"]

_GROUP = "pyrun.hosts"

_CONFIG_NAMES = {
    "mkdocs": ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml"),
    "sphinx": ("conf.py",),
    "zensical": ("zensical.toml",),
}
"""The names that configuration files can have, by the names of the hosts: to import a host takes long."""

_OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""The default of Python, 700, costs an unchanged site of 1,000 examples an eighth of its check."""

_OTHER_NAMES = {"mkdocs": (".yml", ".yaml")}
"""The ends of other names, for sites with several configurations."""

_INTERRUPTED = 130
"""The exit status of a program that Ctrl-C has ended, as shells report it."""


@dataclass(frozen=True)
class Outcome:
    """A settled site. ``problems`` counts the warnings of its build.

    ``pages`` are those with examples, and ``left_alone`` the blocks that ``live`` finds and that stay as they
    are, if the host was asked for them.
    """

    settlement: Settlement
    problems: int
    pages: Sequence[CheckedPage] = ()
    left_alone: Sequence[LeftAlone] = ()


class Host(Protocol):
    """The interface between the command and a documentation generator."""

    def resolve(self, config: Path, lock_mode: LockMode) -> Outcome:
        """Read all pages of a site and resolve its packages. Problems go to standard error.

        Raises:
            PyrunError: the site cannot be read.
        """

    def read_examples(self, config: Path) -> Outcome:
        """Read all pages of a site with their examples, and settle it. Problems go to standard error.

        Raises:
            PyrunError: the site cannot be read.
        """


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Look for garbage less often: the pages of a site are many objects, nearly all of which stay."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@_rare_collections()
def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Returns its exit status."""
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # an example can show what this terminal cannot
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        return _run(options)
    except PyrunError as error:
        sys.stderr.write(f"pyrun: {error}\n")
    except BrokenPipeError:  # the reader of the report, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        sys.stderr.write(f"pyrun: {error.filename}: {error.strerror}\n")
    except KeyboardInterrupt:
        sys.stderr.write("pyrun: interrupted\n")
        return _INTERRUPTED
    return 2


def _run(options: argparse.Namespace) -> int:
    if options.command == "finish":
        from pyrun_core.finish.command import run_finish  # noqa: PLC0415 - other commands don't need it

        return run_finish(options, _check_finished)
    if options.command == "check":
        return _check(options)
    host, config = _find_site(options.site)
    if options.command == "lock":
        return _lock(host, config, upgrade=options.upgrade)
    outcome = host.resolve(config, LockMode.FOLLOW)
    if options.command == "runtime":
        write_files(outcome.settlement, options.folder)
        sys.stdout.write(f"Wrote the files that versions of the site can share into {options.folder}.\n")
    else:
        sys.stdout.write(describe_pages(outcome.settlement.requirements, outcome.settlement.resolved))
    return 1 if outcome.problems else 0


def _check(options: argparse.Namespace) -> int:
    if options.config:
        # Imported where they are needed, because most sites are checked by their generator.
        from pyrun_core.finish.command import CountingReport  # noqa: PLC0415
        from pyrun_core.proof.finished_site import read_finished_site  # noqa: PLC0415

        finished = read_finished_site(options.site, options.config, CountingReport(), _ignore)
        return run_check(options, *finished)
    host, config = _find_site(options.site)
    outcome = host.read_examples(config)
    return run_check(options, outcome.settlement, outcome.pages, outcome.left_alone)


def _check_finished(site: Site, folders: tuple[Path, ...], noted: "NotedExamples") -> "CheckCells":
    """The check of a site that ``pyrun finish`` finishes."""
    from pyrun_core.proof.finishing import FinishingCheck  # noqa: PLC0415 - other commands don't need it

    return FinishingCheck(PageMaker(Places(folders)), noted.all, site.report, site.log)


def _ignore(message: str) -> None:
    """Say nothing of what is going on, because the report is on standard output."""
    del message


def _lock(host: Host, config: Path, *, upgrade: bool) -> int:
    outcome = host.resolve(config, LockMode.UPGRADE if upgrade else LockMode.WRITE)
    if not outcome.settlement.requirements.pages:
        sys.stdout.write(f"The site of {config} has no live examples, so there is nothing to lock.\n")
        return 0
    if outcome.problems:
        sys.stderr.write("pyrun: the lock file may lack packages because of the warnings above\n")
    sys.stdout.write(f"Wrote {config.parent / LOCK_NAME}. Commit it.\n")
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
        help="the site's configuration file (conf.py, mkdocs.yml, zensical.toml) or its folder "
        "(default: this folder)",
    )
    lock = commands.add_parser(
        "lock",
        parents=[site],
        help=f"resolve the packages of a site, and write {LOCK_NAME} next to its configuration file",
    )
    lock.add_argument("--upgrade", action="store_true", help="use newer versions than those in the lock file")
    commands.add_parser(
        "packages",
        parents=[site],
        help="list the packages of each page, their origin and their size",
    )
    runtime = commands.add_parser(
        "runtime",
        help="write the files that versions of a site can share into a folder, and delete nothing there",
    )
    runtime.add_argument("site", type=Path, help="the site's configuration file or its folder")
    runtime.add_argument("folder", type=Path, help="the folder to publish at the URL of the option 'runtime'")
    add_check(commands, site)
    add_finish(commands)
    return parser


def _find_site(path: Path) -> tuple[Host, Path]:
    """The host of a site, and its configuration file."""
    installed = {each.name: each for each in entry_points(group=_GROUP)}
    found = [(name, config) for name in _CONFIG_NAMES if name in installed for config in _configs(path, name)]
    if not found:
        names = " or ".join(config for names in _CONFIG_NAMES.values() for config in names)
        raise PyrunError(
            f"{path.resolve()} is not the folder of a site: it has no {names}. Name the site's folder"
        )
    hosts = [(host, config) for name, config in found for host in _load(installed[name])]
    if not hosts:
        raise PyrunError(
            f"the generator of {found[0][1]} is not installed here. Install pyrun where you build the site"
        )
    if len(hosts) > 1:
        names = " and ".join(config.name for _, config in hosts)
        raise PyrunError(f"{path.resolve()} has {names}. Name the one you mean")
    return hosts[0]


def _configs(path: Path, host: str) -> Iterator[Path]:
    """The configuration files of a host: the path itself, or those in it."""
    if not path.is_file():
        yield from (path / name for name in _CONFIG_NAMES[host] if (path / name).is_file())
    elif path.name in _CONFIG_NAMES[host] or path.suffix in _OTHER_NAMES.get(host, ()):
        yield path


def _load(entry_point: EntryPoint) -> Iterator[Host]:
    """The host, unless its generator is not installed."""
    with suppress(ImportError):
        yield entry_point.load()()
