"""One command, all in one run: medians of interleaved runs, as ratios to bare Pyodide; Stop; and floods.

Run it on a quiet machine: ``python -m benchmarks [--rounds 10] [--pyodide bundled]``.
"""

import argparse
import gzip
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import BrowserContext, sync_playwright

from benchmarks.browser import printed_after_click
from benchmarks.floods import flood_rows
from benchmarks.pages import BARE, PYRUN, write_pages, write_site
from benchmarks.stopping import stop_rows
from pyrun_core.browser_files import bundled_files
from tests.browser.server import SiteServer

CHROMIUM = os.environ.get("PYRUN_CHROMIUM", "/usr/bin/chromium")
# Where they come from: the project's list of flags for Debian's Chromium in a container.
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PRECISE_MEMORY = "--enable-precise-memory-info"

HELLO = "print('hello')"

_TIMED = """
def work():
{body}

import time
work()
started = time.perf_counter()
work()
print((time.perf_counter() - started) * 1000)
"""

# Milliseconds that the code itself measures, on its second pass: what polling for Stop costs.
WORKLOADS = {
    "loop": "    for i in range(3_000_000):\n        pass",
    "calls": "    def f(n):\n        return n if n < 2 else f(n - 1) + f(n - 2)\n    f(24)",
    "objects": "    rows = [{'id': i, 'name': str(i)} for i in range(200_000)]\n"
    "    sorted(rows, key=lambda row: row['name'])",
    "text": "    ' '.join(str(i) for i in range(300_000)).upper().split()",
}


def main() -> None:
    """Measure, and print a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=10, help="measured rounds; one more warms the caches")
    parser.add_argument("--pyodide", default="bundled", help="as the option of that name")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, SiteServer(Path(name)) as server, sync_playwright() as driver:
        folder = Path(name)
        write_site(folder, wanted.pyodide)
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=[*CHROMIUM_FLAGS, PRECISE_MEMORY])
        context = browser.new_context()
        print(f"Chromium {browser.version}, Pyodide {wanted.pyodide}, {wanted.rounds} rounds\n")
        print(f"Before intent: {bytes_before_intent()} bytes (gzip) of script and style\n")
        print("| | bare, ms | pyrun, ms | ratio | spread of the ratio |")
        print("|---|---|---|---|---|")
        for row in Bench(context, folder, server.url, wanted.rounds, wanted.pyodide).rows():
            print(row, flush=True)
        print()
        for row in stop_rows(browser, folder, wanted.pyodide, wanted.rounds):
            print(row, flush=True)
        print()
        for row in flood_rows(browser, folder, server.url, wanted.pyodide):
            print(row, flush=True)
        browser.close()


def bytes_before_intent() -> int:
    """What a page with examples loads of ours, compressed as hosts compress it."""
    files = bundled_files()
    return sum(
        len(gzip.compress((files.folder / name).read_bytes(), 9)) for name in (files.loader, files.style)
    )


@dataclass(frozen=True)
class Bench:
    """Pages in a browser, and how often each is tried."""

    context: BrowserContext
    folder: Path
    url: str
    rounds: int
    pyodide: str

    def rows(self) -> Iterator[str]:
        """Measure one thing after the other; a line of the table each."""
        yield line("click to first output", *self.measure("hello", HELLO, by_clock=True))
        for name, body in WORKLOADS.items():
            code = _TIMED.format(body=body)
            yield line(f"run time: {name}", *self.measure(name, code, by_clock=False))
            polled = self.measure(name, code, by_clock=False, query="?pyrun-input=service-worker")
            yield line(f"run time: {name}, service worker", *polled)

    def measure(
        self,
        name: str,
        code: str,
        *,
        by_clock: bool,
        query: str = "",
    ) -> tuple[list[float], list[float]]:
        """Milliseconds of each round, bare and ours: from the click, or as the code itself printed."""
        write_pages(self.folder, name, code, self.pyodide)
        results: dict[str, list[float]] = {BARE: [], PYRUN: []}
        for _ in range(self.rounds + 1):
            for kind, found in results.items():
                url = f"{self.url}{name}-{kind}.html{query}"
                milliseconds, text = printed_after_click(self.context, url, kind)
                found.append(milliseconds if by_clock else float(text))
        return results[BARE][1:], results[PYRUN][1:]


def line(name: str, bare: list[float], ours: list[float]) -> str:
    """A row: medians, their ratio, and the quartiles of the ratios of neighbouring runs."""
    ratios = [mine / theirs for mine, theirs in zip(ours, bare, strict=True)]
    low, _, high = quantiles(ratios, n=4)
    ratio = median(ours) / median(bare)
    return f"| {name} | {median(bare):.0f} | {median(ours):.0f} | {ratio:.2f} | {low:.2f} to {high:.2f} |"


if __name__ == "__main__":
    main()
