"""What a page loads before intent because it contains an example."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.bench import Group
from benchmarks.chromium import Reader
from benchmarks.examples import HELLO
from benchmarks.rows import BARE, PYRUN, Found, Row
from benchmarks.sites import BUNDLED, PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.bench import Bench

__all__ = ["INTENT", "loaded"]


def measure(bench: Bench) -> Iterator[Found]:
    """Measure the transferred bytes: compressed, and including headers."""
    profile = bench.new_profile("intent")
    plain_bytes, plain_requests = loaded(bench, profile, f"{bench.origin(PLAIN, BUNDLED)}{HELLO.name}.html")
    for kind, (less_bytes, less_requests) in {BARE: (0, 1), PYRUN: (plain_bytes, plain_requests)}.items():
        size, requests = loaded(bench, profile, f"{bench.origin(kind, BUNDLED)}{HELLO.name}.html")
        yield Found("intent-bytes", kind, [(size - less_bytes) / 1000])
        yield Found("intent-requests", kind, [float(requests - less_requests)])


def loaded(bench: Bench, profile: Path, url: str) -> tuple[int, int]:
    """The bytes and requests of a page on a first visit, until the page stops loading."""
    with Reader.with_profile(bench.driver, profile) as reader:
        page = reader.context.new_page()
        session = reader.context.new_cdp_session(page)
        session.send("Network.enable")
        sizes: list[int] = []
        session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        page.goto(url, wait_until="networkidle")
        return sum(sizes), len(sizes)


INTENT = Group(
    "intent",
    "Before intent",
    (
        Row("intent-bytes", "additional bytes of a page with an example, compressed", "kB"),
        Row("intent-requests", "additional requests", "requests"),
    ),
    measure,
)
