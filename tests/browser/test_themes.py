"""How cells look in every theme, light and dark, wide and narrow, in every state; what axe finds in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tools.accessibility.audit import Audit
from tools.accessibility.browsers import PlaywrightTab
from tools.accessibility.states import PAGE
from tools.accessibility.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import ViewportSize

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import Cell, LivePage
    from tools.accessibility.audit import Finding
    from tools.accessibility.themes import Theme

ARTIFACTS = Path(__file__).parent / "artifacts"
"""Where screenshots are saved for inspection."""

WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
ZOOMED: ViewportSize = {"width": 320, "height": 256}
"""A window of 1280 by 1024 pixels at 400 %: WCAG 2.2, 1.4.10."""

ROOMY = {"furo", "material"}
"""Themes on which tests look at all that opens in an example. The tool looks at all themes."""


def ours(findings: Iterable[Finding]) -> list[str]:
    """What pyrun has to mend."""
    return [str(finding) for finding in findings if finding.is_ours]


def boxes(live: LivePage) -> list[dict[str, float]]:
    """The position of every cell in its page."""
    found: list[dict[str, float]] = live.page.evaluate(
        """() => [...document.querySelectorAll("pyrun-cell")].map((cell) => {
            const { x, y, width, height } = cell.getBoundingClientRect();
            return { x, y: y + scrollY, width, height };
        })""",
    )
    return found


def answer(live: LivePage, cell: Cell, text: str) -> None:
    """Type an answer key by key, with the keys that turn pages in between."""
    address = live.page.url
    box = cell.prompt("What is your name?")
    box.click()
    for key in (*text, "Control+k", "ArrowRight", "ArrowLeft"):
        live.page.keyboard.press(key)
    expect(box).to_have_value(text)
    expect(box).to_be_focused()
    live.page.keyboard.press("Enter")
    cell.wait_for("running")
    cell.output.focus()
    for key in ("ArrowRight", "ArrowLeft"):
        live.page.keyboard.press(key)
    assert live.page.url == address


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_cells_fit_the_theme_in_every_state(theme: Theme, make_site: MakeSite, open_page: OpenPage) -> None:
    site = make_site(f"theme-{theme.name}-{theme.host}", theme.plan(PAGE))
    live = open_page(PAGE, site, color_scheme=theme.schemes[0], viewport=WIDE, reduced_motion="reduce")
    # Errors of the themes: pydata and themes based on it, and MkDocs' own themes without highlight.js.
    live.watch.allow("Got invalid theme mode", "Cannot set properties of null \\(setting 'disabled'\\)")
    audit = Audit(PlaywrightTab(live.page))

    before = boxes(live)
    audit.point()
    for old, new in zip(before, boxes(live), strict=True):
        assert new == pytest.approx(old, abs=0.5)

    if theme.name in ROOMY:
        for example in audit.rooms():
            assert ours(audit.of_room(example)) == []
    together = next(audit.states())
    assert audit.call("moving") == 0
    ARTIFACTS.mkdir(exist_ok=True)
    for scheme in theme.schemes:
        live.page.emulate_media(color_scheme=scheme)
        assert ours(audit.of_states(together)) == []
        live.page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        live.page.screenshot(path=ARTIFACTS / f"{theme.name}-{scheme}-wide.png", full_page=True)
    for viewport in (PHONE, ZOOMED):
        live.page.set_viewport_size(viewport)
        assert audit.call("misfits") == []
    live.page.screenshot(path=ARTIFACTS / f"{theme.name}-{scheme}-narrow.png", full_page=True)
    audit.call("space")
    assert audit.call("misfits") == []
    live.page.set_viewport_size(WIDE)
    assert audit.call("misfits") == []
    audit.call("unspace")
    assert audit.call("covered") == []

    cell = live.cell("input")
    answer(live, cell, "Anna Pips/f?,.")
    assert ours(audit.of_states(("running",))) == []
    if theme.turns_page:
        cell.locator.evaluate("() => document.activeElement.blur()")
        address = live.page.url
        live.page.keyboard.press(theme.turns_page)
        live.page.wait_for_url(lambda url: url != address)
