"""Take the picture of the README: an example of the built documentation, in the middle of its run.

python tools/screenshot.py docs/_build/site docs/_static/screenshot.png
"""

from __future__ import annotations

import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Page, expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"
WIDTH, HEIGHT = 1000, 900  # narrow enough for furo to fold its sidebars away
BOOT_TIMEOUT_MS = 90_000
ANSWERS = {"Your name? ": "Ada", "Ada, what is 6 times 7? ": "41"}
MARGIN = 12


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Leave the terminal to the one line that counts."""


def main(site: Path, picture: Path) -> None:
    """Serve the site, run its program that asks until it waits for the second time, and take the picture."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT},
            device_scale_factor=2,
            color_scheme="light",
        )
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        take(page, picture)
        browser.close()
    server.shutdown()
    print(f"{picture}: {picture.stat().st_size // 1000} KB")


def take(page: Page, picture: Path) -> None:
    """Answer some of the example's questions and take it with its title."""
    block = page.locator("#asking")
    block.get_by_role("button", name="Run", exact=True).click()
    for prompt, answer in ANSWERS.items():
        box = block.get_by_role("textbox", name=prompt.strip(), exact=True)
        expect(box).to_be_visible(timeout=BOOT_TIMEOUT_MS)
        box.fill(answer)
        box.press("Enter")
    expect(block.get_by_role("log")).to_contain_text("Not quite.")
    expect(block.get_by_role("textbox", name="what is 6 times 7?")).to_be_focused()
    block.scroll_into_view_if_needed()
    # The title's block, and what is around it: the outline of the focus would be cut.
    block.evaluate("(block, margin) => { block.style.padding = margin; }", f"{MARGIN}px")
    block.screenshot(path=picture, animations="disabled", caret="initial")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
