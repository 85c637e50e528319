"""How long a picture takes to appear, and how smoothly a page with a thousand pictures or tables scrolls.

The baseline of the first is the same picture, inserted by a script in the page. The baseline of the second is
the page before the pictures or tables appear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.bench import Group
from benchmarks.chromium import CHROMIUM, CHROMIUM_FLAGS
from benchmarks.pages import write_site
from benchmarks.rows import BARE, PYRUN, Found, Row
from tests.browser.server import SiteServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from benchmarks.bench import Bench

__all__ = ["DISPLAYS"]

MANY = 1000
TIMEOUT_MS = 300_000

# Random pixels, which do not compress.
PNG = r"""
import os, struct, time, zlib
from js import performance

def png(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + os.urandom(3 * width) for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
"""

# The alternative text of each picture is the time at which the example displays it.
PICTURES = f"""{PNG}
figure = png(640, 480)
for _ in range(30):
    now = performance.timeOrigin + performance.now()
    described = {{"image/png": {{"alt": str(now)}}}}
    display({{"image/png": figure, "text/plain": ""}}, raw=True, metadata=described)
    time.sleep(0.2)
"""

THINGS = {
    "figures": "display({'image/png': figure, 'text/plain': ''}, raw=True)",
    "tables": "display({'text/html': table, 'text/plain': ''}, raw=True)",
}

SEEN = """() => {
  const log = document.querySelector("pyrun-cell").shadowRoot.querySelector("[role=log]");
  self.ours = []; self.baseline = [];
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  new MutationObserver(async () => {
    const [image] = [...log.querySelectorAll("img:not([data-seen])")];
    if (!image) return;
    image.dataset.seen = "";
    await image.decode(); await painted();
    self.ours.push(performance.timeOrigin + performance.now() - Number(image.alt));
    const bytes = await (await fetch(image.src)).arrayBuffer();
    const began = performance.now();
    const copy = document.createElement("img");
    copy.src = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
    document.body.prepend(copy);
    await copy.decode(); await painted();
    self.baseline.push(performance.now() - began);
    copy.remove();
  }).observe(log, { childList: true, subtree: true });
}"""

SCROLLED = """async (steps) => {
  const log = document.querySelector("pyrun-cell").shadowRoot.querySelector("[role=log]");
  const frames = [];
  let last = await new Promise(requestAnimationFrame);
  for (let step = 0; step < steps; step++) {
    log.scrollTop += 300; window.scrollTo(0, step % 2);
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - last);
    last = now;
  }
  return frames;
}"""


def measure(bench: Bench) -> Iterator[Found]:
    """Measure one page for the pictures, and one page for each kind of scrolling output."""
    folder = bench.folder / "displays"
    folder.mkdir()
    figure = "figure = png(200, 150)"
    table = "table = '<table>' + '<tr><td>1<td>2<td>3' * 20 + '</table>'"
    loops = {
        things: f"{PNG}\n{figure}\n{table}\nfor _ in range({MANY}):\n    {code}"
        for things, code in THINGS.items()
    }
    write_site(folder, {"pictures": PICTURES, **loops})
    browser = bench.driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
    try:
        with SiteServer(folder) as server:
            page = browser.new_page()
            page.goto(f"{server.url}pictures-{PYRUN}.html")
            page.evaluate(SEEN)
            run(page)
            yield Found("picture", BARE, page.evaluate("baseline"))
            yield Found("picture", PYRUN, page.evaluate("ours"))
            for things in THINGS:
                page.goto(f"{server.url}{things}-{PYRUN}.html")
                yield Found(f"scrolling-{things}", BARE, page.evaluate(SCROLLED, 100))
                run(page)
                yield Found(f"scrolling-{things}", PYRUN, page.evaluate(SCROLLED, 100))
    finally:
        browser.close()


def run(page: Page) -> None:
    """Press Run, and wait until the run has ended."""
    page.get_by_role("button", name="Run", exact=True).click()
    page.locator("pyrun-cell[data-state=done]").wait_for(timeout=TIMEOUT_MS)


DISPLAYS = Group(
    "displays",
    "Pictures and tables",
    (
        Row("picture", "time until a picture of 900 KB appears; bare: inserted by a script", "ms"),
        *(
            Row(
                f"scrolling-{things}",
                f"duration of a frame while {MANY:,} {things} scroll; bare: the page without {things}",
                "ms",
            )
            for things in THINGS
        ),
    ),
    measure,
)
