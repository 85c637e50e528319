"""Compares pyrun with other tools and a hand-written page: time to the first output, and costs."""

from __future__ import annotations

import gzip
import sys
import time
import traceback
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from benchmarks.bench import Group
from benchmarks.building import size_mb
from benchmarks.chromium import BARE_PAGE, PYRUN_PAGE, Reader, until_shown
from benchmarks.examples import COMPARED, HELLO
from benchmarks.host import COMPRESSED, Host
from benchmarks.peers.copies import Copies, environment_of
from benchmarks.peers.jupyterlite import JUPYTERLITE
from benchmarks.peers.markdown_exec import MARKDOWN_EXEC
from benchmarks.peers.pyodide_mkdocs_theme import PYODIDE_MKDOCS_THEME
from benchmarks.rows import BARE, PYRUN, Found, Row, interleaved
from benchmarks.sites import SCIENTIFIC
from benchmarks.visits import make_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from benchmarks.bench import Bench
    from benchmarks.chromium import Where
    from benchmarks.examples import Example
    from benchmarks.peers.peer import Peer

__all__ = ["ALL_PEERS", "PEERS"]

ALL_PEERS = (MARKDOWN_EXEC, JUPYTERLITE, PYODIDE_MKDOCS_THEME)
ROUNDS = 2
TEXTS = {"hello": "hello", "numpy": "0.75", "saved": "drawn", "printed": "square"}
"""A text that the output of each example contains."""


@dataclass(frozen=True)
class Contender:
    """The site of one tool, and the copies that replace other hosts."""

    kind: str
    folder: Path
    url: str
    copies: Copies
    peer: Peer | None = None
    where: Where = BARE_PAGE

    def address(self, example: Example) -> str:
        """The URL of an example's page."""
        return self.url + (self.peer.page(example.name) if self.peer else f"{example.name}.html")

    def run(self, page: Page, example: Example) -> None:
        """Run the example, and wait for its output."""
        if self.peer:
            self.peer.run(page, TEXTS[example.name])
        else:
            until_shown(page, self.where, example.output, TEXTS[example.name])


def measure(bench: Bench) -> Iterator[Found]:
    """Measure all sites, alternating between them."""
    contenders = [
        Contender(kind, bench.site(kind, SCIENTIFIC), bench.origin(kind, SCIENTIFIC), Copies(), where=where)
        for kind, where in ((BARE, BARE_PAGE), (PYRUN, PYRUN_PAGE))
    ]
    for peer in ALL_PEERS:
        try:
            python = environment_of(peer.name, peer.requirements)
            started = time.perf_counter()
            folder = peer.build(python, bench.folder / "peers" / peer.name, COMPARED)
            yield Found("peers-build", peer.name, [time.perf_counter() - started])
            url = bench.closing.enter_context(Host(folder)).url
            contenders.append(Contender(peer.name, folder, url, Copies(peer.in_place(python)), peer))
        except Exception as error:  # noqa: BLE001 - the other tools continue
            traceback.print_exc()
            problem = f"{type(error).__name__}: {error}".partition("\n")[0]
            yield from (Found(row.key, peer.name, problem=problem) for row in ROWS)
    for contender in contenders:
        yield Found("peers-size", contender.kind, [size_mb(contender.folder)])
        yield from before_intent(bench, contender)
    known = replace(contenders[1], url=bench.origin(PYRUN, SCIENTIFIC))
    for example in COMPARED:
        yield from first_outputs(bench, example, contenders, known)


def before_intent(bench: Bench, contender: Contender) -> Iterator[Found]:
    """Measure what a page loads before intent, including the page itself and its theme."""
    with Reader.with_profile(bench.driver, bench.new_profile(f"intent-{contender.kind}")) as reader:
        contender.copies.answer_for(reader.context, contender.url)
        paths: list[Path] = []
        page = reader.context.new_page()
        page.on(
            "response",
            lambda response: (
                paths.append(contender.folder / urlsplit(response.url).path.strip("/"))
                if response.url.startswith(contender.url)
                else None
            ),
        )
        contender.copies.sent.clear()
        page.goto(contender.address(HELLO), wait_until="networkidle")
        paths += contender.copies.sent
    sizes = [size_bytes(path / "index.html" if path.is_dir() else path) for path in paths]
    yield Found("peers-bytes", contender.kind, [sum(sizes) / 1000])
    yield Found("peers-requests", contender.kind, [float(len(sizes))])


def size_bytes(path: Path) -> int:
    """The size of a file, compressed if hosts compress this type."""
    if not path.is_file():
        return 0
    content = path.read_bytes()
    return len(gzip.compress(content, 6)) if path.suffix in COMPRESSED else len(content)


def first_outputs(
    bench: Bench, example: Example, contenders: list[Contender], known: Contender
) -> Iterator[Found]:
    """Measure first visits of all tools, and second pages of pyrun. The other tools have no snapshots."""
    row = f"peers-{example.name}"
    tries = {}
    for contender in contenders:
        if contender.peer and example.packages and (reason := contender.peer.why_no_packages):
            yield Found(row, contender.kind, problem=reason)
        else:
            tries[row, contender.kind] = partial(open_and_run, bench, contender, example)
    with Reader.with_profile(bench.driver, bench.new_profile("peers-known")) as reader:
        make_snapshot(reader, known.address(example), example)
    tries[f"{row}-second", PYRUN] = partial(open_and_run, bench, known, example)
    yield from interleaved(bench.some(ROUNDS), tries, f"peers {example.name}", dropped=0)


def open_and_run(bench: Bench, contender: Contender, example: Example) -> float:
    """The milliseconds from opening the page to its output. Presses Run as soon as the button exists."""
    name = "peers-known" if contender.kind == PYRUN else f"peers-{contender.kind}"
    with Reader.with_profile(bench.driver, bench.new_profile(name)) as reader:
        if contender.peer:
            contender.copies.answer_for(reader.context, contender.url)
        page = reader.context.new_page()
        started = time.perf_counter()
        try:
            page.goto(contender.address(example), wait_until="load")
            contender.run(page, example)
        except Exception:
            print(f"  no copies of: {contender.copies.missing[-5:]}", file=sys.stderr)
            raise
        return (time.perf_counter() - started) * 1000


ROWS = (
    *(
        Row(f"peers-{example.name}{way}", f"{example.what}, from opening the page{words}", "ms")
        for example in COMPARED
        for way, words in {"": "", "-second": ", second page"}.items()
    ),
    Row("peers-bytes", "bytes loaded before intent, including page and theme", "kB"),
    Row("peers-requests", "requests before intent", "requests"),
    Row("peers-size", "size of the site", "MB"),
    Row("peers-build", "time to build it", "s"),
)

PEERS = Group("peers", "Other tools", ROWS, measure)
