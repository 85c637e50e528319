"""Walk through live examples with Orca, and write down what it says.

python -m tools.screen_reader [--write]

Needs Debian's packages orca, at-spi2-core, xvfb, openbox, xdotool and chromium, and takes two minutes. With
--write, the transcript goes into docs/reference/screen-reader.json, which the page Accessibility shows.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.browser.server import SiteServer
from tests.browser.sites import Plan, build
from tools.screen_reader.desktop import Desktop
from tools.screen_reader.steps import EXAMPLES
from tools.screen_reader.walk import walk

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tools.screen_reader.speech import Utterance

TRANSCRIPT = Path(__file__).parents[2] / "docs" / "reference" / "screen-reader.json"

ARGUMENTS = (
    *CHROMIUM_ARGUMENTS,
    "--force-renderer-accessibility",
    "--test-type",  # without a bar above the page about --no-sandbox
    "--window-size=1280,1000",
    "--window-position=0,0",
)


class _Chromium:
    def __init__(self, page: Page) -> None:
        self._page = page

    def call(self, function: str, argument: int) -> str:
        return str(self._page.evaluate(function, argument))


def main() -> None:
    """Walk, print the transcript, and write it if asked to."""
    parser = argparse.ArgumentParser(prog="python -m tools.screen_reader", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {TRANSCRIPT.name}")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder, Desktop() as desktop:
        site_folder = Path(folder, "www")
        site_folder.mkdir()
        with SiteServer(site_folder) as server:
            site = build(Plan("sphinx", [EXAMPLES]), Path(folder, "source"), site_folder, server.url)
            transcript = _in_chromium(desktop, site.address(EXAMPLES.name), Path(folder, "profile"))
    if arguments.write:
        TRANSCRIPT.write_text(json.dumps(transcript, indent=2) + "\n", encoding="utf-8")


def _in_chromium(desktop: Desktop, address: str, profile: Path) -> dict[str, Any]:
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=CHROMIUM,
            headless=False,
            no_viewport=True,
            args=[*ARGUMENTS, f"--app={address}"],
            ignore_default_args=["--disable-renderer-accessibility"],
            env={name: value for name, value in desktop.environment.items() if name != "HOME"},
        )
        page = context.pages[0]
        page.wait_for_load_state()
        sections = []
        for section, steps in walk(desktop, _Chromium(page)):
            print(f"\n{section.title}")
            told = [
                {"does": step.does, "keys": [*step.types, *step.keys], "hears": [*map(_text, heard)]}
                for step, heard in steps
            ]
            for step in told:
                print(f"  {step['does']}")
                for text in step["hears"]:
                    print(f"    {text}")
            sections.append(
                {"title": section.title, "code": EXAMPLES.blocks[section.example].code, "steps": told}
            )
        version = context.browser.version if context.browser else ""
        context.close()
    return {
        "reader": desktop.reader,
        "browser": f"Chromium {version.partition('.')[0]}",
        "sections": sections,
    }


def _text(utterance: Utterance) -> str:
    return f"{utterance.text} …" if utterance.is_cut else utterance.text


if __name__ == "__main__":
    main()
