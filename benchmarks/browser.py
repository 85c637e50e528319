"""Clicks and looks at the clock, inside the page, so that the driver's own delays are not measured."""

from playwright.sync_api import BrowserContext

__all__ = ["printed_after_click"]

TIMEOUT_MS = 120_000

_CLICK = """([button, output]) => new Promise((resolve) => {
  const root = document.querySelector("pyrun-cell")?.shadowRoot ?? document.body;
  let started;
  new MutationObserver((_, observer) => {
    const text = root.querySelector(output)?.textContent ?? "";  // the box itself may come with the output
    if (!text.endsWith("\\n")) return;
    observer.disconnect();
    resolve([performance.now() - started, text]);
  }).observe(root, { childList: true, subtree: true, characterData: true });
  started = performance.now();
  root.querySelector(button).click();
})"""

_SELECTORS = {"pyrun": [".run", ".text"], "bare": ["button", "pre"]}


def printed_after_click(context: BrowserContext, url: str, kind: str) -> tuple[float, str]:
    """Open a page, click Run, and return milliseconds to the first printed line, and that line."""
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    try:
        # Both sites have loaded what they load before a click; a click follows when a reader is ready.
        page.goto(url, wait_until="networkidle")
        milliseconds, text = page.evaluate(_CLICK, _SELECTORS[kind])
        return milliseconds, text.strip()
    finally:
        page.close()
