"""How long a reader waits after a click on Stop, in each way in which Python can hear of it."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser

from benchmarks.pages import PYRUN, write_pages
from tests.browser.server import SiteServer

__all__ = ["stop_rows"]

TIMEOUT_MS = 120_000

WAYS = ("jspi", "shared", "service-worker")

ISOLATION = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}

# Each says that it is there before it goes on for ever.
ENDLESS = {
    "loop": "print('on', flush=True)\nwhile True: pass",
    "callbacks of C": "print('on', flush=True)\nfor _ in map(lambda n: n, iter(int, 1)): pass",
    "slow calls of C": "print('on', flush=True)\nwhile True: sum(range(300_000))",
    "time.sleep": "import time\nprint('on', flush=True)\ntime.sleep(3600)",
    "asyncio.sleep": "import asyncio\nprint('on', flush=True)\nawait asyncio.sleep(3600)",
    "input()": "print('on', flush=True)\ninput()",
}

_STOP = """async (pause) => {
  const cell = document.querySelector("pyrun-cell");
  const press = (name) => cell.shadowRoot.querySelector(name).click();
  const until = (condition) => new Promise((resolve) => {
    const look = () => (condition() ? resolve() : requestAnimationFrame(look));
    look();
  });
  press(".run");
  await until(() => cell.shadowRoot.querySelector(".text")?.textContent.includes("on"));
  await new Promise((resolve) => setTimeout(resolve, pause));
  const stopped = new Promise((resolve) => cell.addEventListener("pyrun:state", resolve, { once: true }));
  const clicked = performance.now();
  press(".stop");
  await stopped;
  return [performance.now() - clicked, cell.dataset.input];
}"""


def stop_rows(browser: Browser, folder: Path, pyodide: str, clicks: int) -> Iterator[str]:
    """A table: milliseconds from click to ``stopped``, median and upper quartile."""
    yield "| Stop of | " + " | ".join(f"{way}, ms" for way in WAYS) + " |"
    yield "|---|" + "---|" * len(WAYS)
    for name, code in ENDLESS.items():
        page = f"stop-{name.replace(' ', '-').replace('()', '').replace('.', '-')}"
        write_pages(folder, page, code, pyodide)
        cells = [_measure(browser, folder, f"{page}-{PYRUN}.html", way, clicks) for way in WAYS]
        yield f"| {name} | " + " | ".join(cells) + " |"


def _measure(browser: Browser, folder: Path, page_name: str, way: str, clicks: int) -> str:
    with SiteServer(folder, ISOLATION if way == "shared" else {}) as server:
        page = browser.new_page()
        page.set_default_timeout(TIMEOUT_MS)
        page.goto(f"{server.url}{page_name}?pyrun-input={way}", wait_until="networkidle")
        found = []
        for click in range(clicks + 1):
            # Clicks that fall into every part of the time between two looks.
            milliseconds, real_way = page.evaluate(_STOP, 300 + click * 37 % 200)
            found.append(milliseconds)
            if real_way != way:
                raise RuntimeError(f"{way} was asked for, and it is {real_way}")
        page.close()
    return f"{median(found[1:]):.0f} (upper quartile {quantiles(found[1:], n=4)[2]:.0f})"
