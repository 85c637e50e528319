"""Audit live examples in every state, on every theme, in Chromium and Firefox.

python -m tools.accessibility [--write] [--theme NAME]

Needs Debian's packages chromium and firefox-esr, and takes some minutes. With --write, the results go into
docs/reference/accessibility.json, which the page Accessibility shows. It fails if an element of pyrun breaks
a rule.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.browser.server import SiteServer
from tests.browser.sites import build
from tools.accessibility.browsers import BROWSERS
from tools.accessibility.report import REPORT, Report
from tools.accessibility.states import PAGE
from tools.accessibility.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tools.accessibility.browsers import Browser
    from tools.accessibility.themes import Theme


def main() -> int:
    """Audit, print what was found, and write it if asked to."""
    parser = argparse.ArgumentParser(prog="python -m tools.accessibility")
    parser.add_argument("--write", action="store_true", help=f"write {REPORT.name}")
    parser.add_argument("--theme", action="append", help="audit this theme only; can be repeated")
    arguments = parser.parse_args()
    themes = [theme for theme in THEMES if not arguments.theme or theme.name in arguments.theme]
    report = Report()
    for _ in _audit(report, themes):
        if arguments.write:
            report.write()
    for line in report.ours:
        print(line)
    return 1 if report.ours else 0


def _audit(report: Report, themes: Sequence[Theme]) -> Iterator[Theme]:
    """Audit theme by theme, and yield each when its results are in the report."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="pyrun-audit-")))
        www = folder / "www"
        www.mkdir()
        server = stack.enter_context(SiteServer(www))
        browsers = [stack.enter_context(start()) for start in BROWSERS]
        for theme in themes:
            print(theme.title, file=sys.stderr)
            source = folder / f"{theme.host}-{theme.name}"
            address = build(theme.plan(PAGE), source, www, server.url).address(PAGE.name)
            for browser in browsers:
                _look(report, browser, theme, address)
            yield theme


def _look(report: Report, browser: Browser, theme: Theme, address: str) -> None:
    schemes = [scheme for scheme in theme.schemes if scheme in browser.schemes]
    with browser.open(address) as page:
        page.audit.point()
        for example in page.audit.rooms():
            for scheme in schemes:
                page.show(scheme)
                report.add_states(browser.name, theme, scheme, page.audit.of_room(example))
        for states in page.audit.states():
            for scheme in schemes:
                page.show(scheme)
                report.add_states(browser.name, theme, scheme, page.audit.of_states(states))
                if "idle" in states:
                    report.add_page(browser.name, theme, scheme, page.audit)


if __name__ == "__main__":
    sys.exit(main())
