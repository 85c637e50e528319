"""Take the README's screenshot: an example of the built documentation that waits for input.

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
        """Log nothing, so that the terminal shows only the result."""


def main(site: Path, picture: Path) -> None:
    """Serve the site, open its start page, and take the screenshot."""
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
    """Run the example, answer its first questions, and take a screenshot of it with its title."""
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
    # Add a margin, because otherwise the screenshot would cut off the outline of the focus.
    block.evaluate("(block, margin) => { block.style.padding = margin; }", f"{MARGIN}px")
    block.screenshot(path=picture, animations="disabled", caret="initial")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
