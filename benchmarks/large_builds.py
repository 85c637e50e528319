"""How much longer the build of a large site takes with live examples than with the same code in code blocks.

The first build resolves and repacks the packages, and has its own row. All others find them in the cache.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import TYPE_CHECKING
from unittest.mock import patch

from markdown import Markdown

from benchmarks.bench import Group
from benchmarks.large_sites import PAGES, markdown_page, rst_page, write_mkdocs, write_sphinx, write_zensical
from benchmarks.peers.copies import environment_of
from benchmarks.rows import PYRUN, Found, Row, interleaved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from benchmarks.bench import Bench

__all__ = ["LARGE"]

CODE_BLOCKS = "code blocks"
"""The kind of the site without live examples."""

ROUNDS = 5
LIMIT = 1.1
PAGE_LIMIT_MS = 2
FINISH_LIMIT_S = 0.3

ROOT = Path(__file__).parents[1]
ZENSICAL = ("zensical==0.0.73",)

CHANGED_PAGE = 500
PAGES_WITHOUT_FRONT_MATTER = range(0, 400, 4)

EXTENSIONS = ("tables", "toc", "pymdownx.highlight", "pymdownx.superfences")
"""Of the page in Markdown: those with which Zensical and Material for MkDocs render code blocks."""


def measure(bench: Bench) -> Iterator[Found]:
    """Build both sites with each host, in turn, with a cache that is empty at first."""
    folders = {kind: bench.folder / "large" / kind.replace(" ", "-") for kind in (CODE_BLOCKS, PYRUN)}
    for kind, folder in folders.items():
        write_sphinx(folder / "sphinx", live=kind == PYRUN)
        write_mkdocs(folder / "mkdocs", live=kind == PYRUN)
        write_zensical(folder / "zensical", live=kind == PYRUN)
    with patch.dict(os.environ, PYRUN_CACHE=str(bench.folder / "large" / "cache")):
        yield from measured(folders, bench.some(ROUNDS))


def measured(folders: Mapping[str, Path], rounds: int) -> Iterator[Found]:
    """The results for the sites in these folders, by kind."""
    tries: dict[tuple[str, str], Callable[[], float]] = {}
    python = str(environment_of("zensical", ZENSICAL))
    subprocess.run([python, "-m", "pip", "install", "-q", "--force-reinstall", str(ROOT)], check=True)
    for kind, folder in folders.items():
        serial, parallel = sphinx(folder, "html", "-E"), sphinx(folder, "j2", "-E", "-j2")
        command = (sys.executable, "-m", "mkdocs", "build", "-q", "-s")
        mkdocs = Build(command, folder / "mkdocs", cleared=("site",))
        zensical = Build((python, "-m", "zensical", "build", "-s"), folder / "zensical", ("site", ".cache"))
        if kind == PYRUN:
            yield Found("sphinx-first", kind, [serial.run()])
        tries["sphinx", kind] = serial.run
        tries["sphinx-cpu", kind] = serial.cpu_time
        tries["sphinx-j2", kind] = parallel.run
        tries["sphinx-page", kind] = OnePage(folder, sphinx(folder, "html"), live=kind == PYRUN).run
        tries["mkdocs", kind] = mkdocs.run
        tries["mkdocs-cpu", kind] = mkdocs.cpu_time
        tries["zensical", kind] = zensical.run
        tries["zensical-cpu", kind] = zensical.cpu_time
        tries["zensical-again", kind] = replace(zensical, cleared=()).run
        if kind == PYRUN:
            finish = (str(Path(python).with_name("pyrun")), "finish", "site")
            tries["finish", kind] = Build(finish, folder / "zensical").run
    tries["markdown-page", PYRUN] = added_per_page_ms
    yield from interleaved(rounds, tries, "large", dropped=0)


@dataclass
class Build:
    """A build in a separate process. ``cleared`` are folders to remove before."""

    command: Sequence[str]
    folder: Path
    cleared: tuple[str, ...] = ()
    cpu_s: float = 0

    def run(self) -> float:
        """The seconds that it takes.

        Raises:
            RuntimeError: it fails or warns. The message contains its output.
        """
        for name in self.cleared:
            shutil.rmtree(self.folder / name, ignore_errors=True)
        started, started_cpu_s = time.perf_counter(), children_cpu_s()
        done = subprocess.run(self.command, cwd=self.folder, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - started
        self.cpu_s = children_cpu_s() - started_cpu_s
        if done.returncode:
            raise RuntimeError(f"{' '.join(self.command)} failed: {done.stdout}{done.stderr}")
        return seconds

    def cpu_time(self) -> float:
        """The CPU time of the last build, in seconds."""
        return self.cpu_s


@dataclass
class OnePage:
    """Builds again after the text and the packages of one page have changed."""

    folder: Path
    build: Build
    live: bool
    times: int = 0

    def run(self) -> float:
        """The seconds that the build takes."""
        self.times += 1
        text = rst_page(CHANGED_PAGE + 2 + self.times % 2, live=self.live)
        (self.folder / "sphinx" / f"page{CHANGED_PAGE}.rst").write_text(text, encoding="utf-8")
        return self.build.run()


def sphinx(folder: Path, target: str, *options: str) -> Build:
    """A build with Sphinx. With ``-E``, everything is built again."""
    command = (sys.executable, "-m", "sphinx", "-q", "-W", *options, "-b", "html", "sphinx", target)
    return Build(command, folder, cleared=(target,) if "-E" in options else ())


def children_cpu_s() -> float:
    """The CPU time of all processes that have ended."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def added_per_page_ms() -> float:
    """The additional time for converting a page from Markdown."""
    return (conversion_s(live=True) - conversion_s(live=False)) * 1000 / len(PAGES_WITHOUT_FRONT_MATTER)


def conversion_s(*, live: bool) -> float:
    """The CPU time for converting pages, each with its own instance, as generators do."""
    texts = [markdown_page(number, live=live) for number in PAGES_WITHOUT_FRONT_MATTER]
    extensions = (*EXTENSIONS, "markdown_pyrun.extension") if live else EXTENSIONS
    started = time.process_time()
    for text in texts:
        Markdown(extensions=extensions).convert(text)
    return time.process_time() - started


LARGE = Group(
    "large",
    f"A site with {PAGES:,} pages and five examples on each",
    (
        Row("sphinx", "Sphinx", "s", LIMIT),
        Row("sphinx-cpu", "Sphinx: CPU time", "s"),
        Row("sphinx-j2", "Sphinx with `-j2`", "s", LIMIT),
        Row("sphinx-page", "Sphinx, after the packages of one page have changed", "s"),
        Row("sphinx-first", "Sphinx, the first build, which resolves and repacks the packages", "s"),
        Row("mkdocs", "MkDocs", "s", LIMIT),
        Row("mkdocs-cpu", "MkDocs: CPU time", "s"),
        Row("zensical", "Zensical", "s", LIMIT),
        Row("zensical-cpu", "Zensical: CPU time", "s"),
        Row("zensical-again", "Zensical, if nothing has changed", "s"),
        Row("finish", "`pyrun finish`, if nothing has changed", "s", FINISH_LIMIT_S, limits_ratio=False),
        Row(
            "markdown-page",
            "what the Markdown extension adds to each page",
            "ms",
            PAGE_LIMIT_MS,
            limits_ratio=False,
        ),
    ),
    measure,
    compared_with=CODE_BLOCKS,
)
