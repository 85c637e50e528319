"""How cells look and are announced in every theme, light and dark, wide and narrow, in every state."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Host, Plan
from tests.messages import messages

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import Cell, LivePage, State

ARTIFACTS = Path(__file__).parent / "artifacts"
"""Where screenshots are saved for inspection."""

STATES = Scenario(
    "states",
    {
        "idle": block("""
            # Not touched by anybody
            def greet(name="Ada", times=2):
                return [f"Hello, {name}!"] * times
        """),
        "done": block("""
            import sys
            print("A line of text")
            print("A line of an error", file=sys.stderr)
            {"the": "value", "of": ["the", "last", "expression"]}
        """),
        "error": block("""
            def divide(number):
                return number / 0
            divide(1)
        """),
        "stopped": block(
            """
            print("working ...")
            while True:
                pass
        """,
            linenos=None,
        ),
        "input": block(
            """
            name = input("What is your name? ")
            print(f"Hello, {name}!")
            while True:
                pass
        """,
            emphasize_lines="2",
        ),
        "loading": block("print('waits for the one above')", caption="A title above the example"),
    },
)

WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
SMALLEST_TARGET_PX = 24
"""WCAG 2.2, 2.5.8."""

PALETTE = [
    {"media": "(prefers-color-scheme: light)", "scheme": "default"},
    {"media": "(prefers-color-scheme: dark)", "scheme": "slate"},
]


KEYS = {"navigation_with_keys": True}
"""With Sphinx, the arrow keys turn the page."""

NO_CDN = {"highlightjs": False}
"""The two themes that come with MkDocs load highlight.js from another host."""


class Look(NamedTuple):
    """A theme in one of its colour schemes."""

    host: Host
    theme: str
    scheme: str = "light"
    theme_options: dict[str, Any] = {}  # noqa: RUF012 - never changed

    def __str__(self) -> str:
        return f"{self.theme}-{self.scheme}"


LOOKS = [
    Look("sphinx", "alabaster", theme_options=KEYS),
    Look("sphinx", "sphinx_rtd_theme", theme_options=KEYS),
    *(
        Look("sphinx", theme, scheme, KEYS)
        for theme in ("furo", "pydata_sphinx_theme", "sphinx_book_theme")
        for scheme in ("light", "dark")
    ),
    *(Look("mkdocs", "material", scheme, {"palette": PALETTE}) for scheme in ("light", "dark")),
    *(Look("mkdocs", "mkdocs", scheme, {"color_mode": "auto", **NO_CDN}) for scheme in ("light", "dark")),
    Look("mkdocs", "readthedocs", "light", NO_CDN),
]


def into_every_state(live: LivePage) -> None:
    live.cell("done").run_to("done")
    live.cell("error").run_to("error")
    stopped = live.cell("stopped")
    stopped.run()
    expect(stopped.output).to_contain_text("working")
    stopped.stop()
    stopped.wait_for("stopped")
    live.cell("input").run()
    live.cell("input").wait_for("input")
    live.cell("loading").run()


def violations(live: LivePage, *keys: State, state: State | None = None) -> list[str]:
    """The violations that axe finds in cells, each in the state it is named after or in the given one."""
    for key in keys:
        assert live.cell(key).state == (state or key)
    cells = [live.cell(key).locator.element_handle() for key in keys]
    found: list[dict[str, Any]] = live.page.evaluate(
        "async (cells) => (await axe.run({ include: cells })).violations",
        cells,
    )
    return [
        f"{violation['id']}: {node['target']}: {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
        if not (violation["id"] == "color-contrast" and is_code(node["target"]))
    ]


def is_code(target: list[str | list[str]]) -> bool:
    """Whether an element belongs to the host's block, coloured by the theme, and not to the shadow tree."""
    return all(isinstance(part, str) for part in target)


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


def boxes(live: LivePage) -> list[dict[str, float]]:
    """The position of every cell in its page."""
    found: list[dict[str, float]] = live.page.evaluate(
        """() => [...document.querySelectorAll("pyrun-cell")].map((cell) => {
            const { x, y, width, height } = cell.getBoundingClientRect();
            return { x, y: y + scrollY, width, height };
        })""",
    )
    return found


def assert_usable(live: LivePage) -> None:
    """Nothing extends beyond the window, and every button is large enough to hit."""
    width = live.page.evaluate("innerWidth")
    labels = messages()["TOOLBAR_LABELS"].values()
    for key in STATES.blocks:
        cell = live.cell(key)
        box = cell.locator.bounding_box()
        assert box is not None
        assert box["x"] >= 0, key
        assert box["x"] + box["width"] <= width, key
        # On a phone, a busy cell keeps only the controls that it needs then.
        names = ("Run", "Stop") if key in {"input", "loading"} else (*(set(labels) - {"Stop"}),)
        for name in names:
            button = cell.button(name).bounding_box()
            assert button is not None, (key, name)
            assert button["x"] >= box["x"] - 1, (key, name)
            assert button["x"] + button["width"] <= box["x"] + box["width"] + 1, (key, name)
            assert min(button["width"], button["height"]) >= SMALLEST_TARGET_PX, (key, name)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_cells_fit_the_theme_in_every_state(
    look: Look,
    make_site: MakeSite,
    open_page: OpenPage,
    project: Path,
) -> None:
    plan = Plan(
        look.host,
        [STATES],
        theme=look.theme,
        theme_options=look.theme_options,
        # The themes that come with MkDocs don't style Pygments' markup.
        config={"markdown_extensions": []} if "highlightjs" in look.theme_options else {},
    )
    site = make_site(f"theme-{look.theme}", plan)
    live = open_page(STATES, site, color_scheme=look.scheme, viewport=WIDE, reduced_motion="reduce")
    # Errors of the themes: pydata and themes based on it, and MkDocs' own themes without highlight.js.
    live.watch.allow("Got invalid theme mode", "Cannot set properties of null \\(setting 'disabled'\\)")
    live.page.evaluate((project / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))

    before = boxes(live)
    for key in STATES.blocks:
        live.cell(key).locator.dispatch_event("pointerenter")
        expect(live.cell(key).editor).to_be_attached()
    for old, new in zip(before, boxes(live), strict=True):
        assert new == pytest.approx(old, abs=0.5)

    into_every_state(live)
    ARTIFACTS.mkdir(exist_ok=True)
    for name, viewport in {"wide": WIDE, "phone": PHONE}.items():
        live.page.set_viewport_size(viewport)
        live.page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        live.page.screenshot(path=ARTIFACTS / f"{look}-{name}.png", full_page=True)
        assert violations(live, "idle", "done", "error", "stopped", "input", "loading") == []
        assert_usable(live)

    cell = live.cell("input")
    answer(live, cell, "Anna Pips/f?,.")
    assert violations(live, "input", state="running") == []
    if look.theme != "readthedocs":  # has no shortcuts
        cell.locator.evaluate("() => document.activeElement.blur()")
        address = live.page.url
        live.page.keyboard.press("ArrowLeft" if look.host == "sphinx" else "p")
        live.page.wait_for_url(lambda url: url != address)
