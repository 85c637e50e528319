"""Output as a terminal shows it: colours, links, and a cursor that moves.

The effect of each sequence is tested in tests/js (terminal_screen, sgr_state, escape_parser and links).
"""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any, Literal

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import Cell, LivePage

LONG = 300
BOMB = 1_000_000
MOST_ELEMENTS = 6500
"""The beginning, the end and the lines the cursor can reach; each character has a different style."""
READABLE = 4.5
"""WCAG 2.2, 1.4.3."""

NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")

TERMINAL = Scenario(
    "terminal",
    {
        "styles": block(r"""
            print("\x1b[31mred\x1b[0m \x1b[1;3;4;9mall\x1b[22;23;24;29mnone")
            print("\x1b[38;2;1;20;123mtrue \x1b[38;5;196mcube\x1b[39mend")
            print("\x1b[44mbehind\x1b[49m", "\x1b[7mturned\x1b[27m")
        """),
        "carried": block(r"""
            import sys
            print("\x1b[3", end="", flush=True)
            print("5mmagenta", flush=True)
            print("still", file=sys.stderr)
            6 * 7
        """),
        "palette": block(r"""
            for number in (*range(30, 38), *range(90, 98)):
                print(f"\x1b[{number}m{number}\x1b[0m")
            for number in (*range(40, 48), *range(100, 108)):
                print(f"\x1b[{number}m{number}\x1b[0m \x1b[30;{number}m{number} black\x1b[0m")
            for number in (*range(41, 47), *range(101, 107)):
                print(f"\x1b[93;{number}m{number} yellow\x1b[0m \x1b[97;{number}m{number} white\x1b[0m")
        """),
        "lines above": block(r"""
            import time
            print("title")
            print("\x1b[?25la 0%\nb 0%", end="", flush=True)
            for percent in ("50", "100"):
                time.sleep(0.03)
                print(f"\r\x1b[2K\x1b[1A\x1b[2Ka {percent}%\nb {percent}%", end="", flush=True)
            print("\n\x1b[?25h", end="")
            print("after")
        """),
        "interrupted": block(r"""
            print("\router 50%\n\rinner 70%\x1b[A", end="")
            raise ValueError("in between")
        """),
        "links": block(r"""
            print("See https://example.com/a_(b)?c=d#e, or (http://localhost:8000/x).")
            print("\x1b]8;id=1;https://example.org/docs\x1b\\the docs\x1b]8;;\x1b\\ and more")
            print("\x1b]8;;javascript:alert(1)\x1b\\not\x1b]8;;\x07 javascript:alert(1) file:///etc/passwd")
            print("http://spl", end="", flush=True)
            import time
            time.sleep(0.03)
            print("it.example/path")
        """),
        "terminal": block("""
            import os, sys
            print(sys.stdout.isatty(), sys.stderr.isatty(), sys.stdin.isatty())
            print(os.environ["TERM"], os.environ["COLORTERM"])
        """),
        "coloured prompt": block(r"""input("\x1b[1;36mName?\x1b[0m ")"""),
        "standard library": block("""
            import argparse, traceback, unittest
            class Sums(unittest.TestCase):
                def test_sum(self):
                    self.assertEqual(1 + 1, 3)
            unittest.main(argv=["sums"], exit=False)
            try:
                {}["missing"]
            except KeyError:
                traceback.print_exc()
            argparse.ArgumentParser(prog="tool").print_help()
        """),
        "no colour": block("""
            import argparse, os
            os.environ["NO_COLOR"] = "1"
            argparse.ArgumentParser(prog="tool").print_help()
            del os.environ["NO_COLOR"]
        """),
        "flood": block(rf"""
            for number in range({BOMB // 20}):
                print(f"\x1b[3{{number % 8}}m{{number:>6}}\x1b[0m", "é")
        """),
        "each character": block(rf"""
            print("".join(f"\x1b[3{{number % 8}}mX" for number in range({BOMB // 4})))
        """),
        "filled screen": block(rf"""
            for number in range({BOMB // 100}):
                print(f"\x1b[{{number % 60}};{{number % 90}}H\x1b[4{{number % 8}}m" + "x" * 40, end="")
        """),
        "wide": block(f"print('word ' * {LONG}); print('x' * {20 * LONG})", wrap="false"),
        "wrapped": block(f"print('word ' * {LONG}); print('x' * {20 * LONG})"),
    },
)
TQDM = Scenario(
    "tqdm",
    {
        "bars": block("""
            import tqdm
            for outer in tqdm.trange(3, desc="outer", mininterval=0):
                for inner in tqdm.trange(20, desc="inner", mininterval=0, leave=False, colour="green"):
                    pass
        """),
        "rich": block("""
            import time
            from rich.progress import track
            for _ in track(range(3), description="stirring"):
                time.sleep(0.15)
        """),
    },
)

SCENARIOS = (TERMINAL,)

PIP_DOWNLOAD = (
    *(sys.executable, "-m", "pip", "download", "--quiet", "--retries=10"),
    *("--no-deps", "--only-binary", ":all:"),
)

LOOKS = """
spans => spans.map((span) => {
  const { color, backgroundColor, fontWeight, fontStyle, textDecorationLine } = getComputedStyle(span);
  return [span.textContent.trim(), { color, backgroundColor, fontWeight, fontStyle, textDecorationLine }];
})
"""
CONTRASTS = """
log => {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const luminance = (colors) => {
    for (const color of ["#fff", ...colors]) {
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
    }
    const [red, green, blue] = [...context.getImageData(0, 0, 1, 1).data]
      .map((level) => level / 255)
      .map((level) => (level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const page = getComputedStyle(document.body).backgroundColor;
  return [...log.querySelectorAll("pre span")].filter((span) => span.textContent.trim()).map((span) => {
    const { color, backgroundColor } = getComputedStyle(span);
    const behind = luminance([page, backgroundColor]);
    const text = luminance([page, backgroundColor, color]);
    const [dark, light] = [behind, text].sort((one, other) => one - other);
    return [span.textContent.trim(), (light + 0.05) / (dark + 0.05)];
  });
}
"""


def looks(cell: Cell) -> dict[str, dict[str, str]]:
    """The style of each part of the output, by its text."""
    pieces: list[tuple[str, Any]] = cell.output.locator("pre :is(span, a)").evaluate_all(LOOKS)
    return dict(pieces)


def elements(cell: Cell) -> int:
    """The number of elements in the output after everything is drawn."""
    expect(cell.output).not_to_have_attribute("aria-busy", "true")
    count: int = cell.output.evaluate("log => log.querySelectorAll('*').length")
    return count


def test_colours_and_styles_apply_until_they_are_switched_off(live: LivePage) -> None:
    cell = live.cell("styles")
    assert cell.run_to("done").splitlines() == ["red allnone", "true cubeend", "behind turned"]
    shown = looks(cell)
    plain = shown["none"]
    assert shown["red"]["color"] != plain["color"]
    assert (shown["all"]["fontWeight"], shown["all"]["fontStyle"]) == ("700", "italic")
    assert shown["all"]["textDecorationLine"] == "underline line-through"
    assert (plain["fontWeight"], plain["fontStyle"], plain["textDecorationLine"]) == ("400", "normal", "none")
    assert shown["true"]["color"] == "rgb(1, 20, 123)"
    assert shown["cube"]["color"] == "rgb(255, 0, 0)"
    assert shown["end"] == plain
    assert shown["behind"]["backgroundColor"] not in {"rgba(0, 0, 0, 0)", shown["turned"]["backgroundColor"]}
    assert shown["turned"]["color"] != plain["color"]


def test_a_style_continues_over_lines_and_messages_but_only_in_printed_text(live: LivePage) -> None:
    cell = live.cell("carried")
    assert cell.run_to("done").splitlines() == ["magenta", "still", "42"]
    shown = looks(cell)
    assert shown["magenta"]["color"] == shown["still"]["color"] != shown["42"]["color"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_sixteen_colours_are_readable(live: LivePage, scheme: Literal["light", "dark"]) -> None:
    live.page.emulate_media(color_scheme=scheme)
    cell = live.cell("palette")
    cell.run_to("done")
    expect(cell.locator).to_have_css("color-scheme", scheme)
    contrasts: list[tuple[str, float]] = cell.output.evaluate(CONTRASTS)
    assert len(contrasts) == 2 * len(NAMES) * 3 + 24
    assert [piece for piece in contrasts if piece[1] < READABLE] == []
    live.page.emulate_media(color_scheme="light")


def test_the_cursor_moves_as_in_a_terminal(live: LivePage) -> None:
    lines = live.cell("lines above").run_to("done").splitlines()
    assert lines == ["title", "a 100%", "b 100%", "after"]


def test_an_error_does_not_overwrite_progress_bars(live: LivePage) -> None:
    lines = live.cell("interrupted").run_to("error").splitlines()
    assert lines[:3] == ["outer 50%", "inner 70%", "Traceback (most recent call last):"]


def test_only_web_addresses_are_links(live: LivePage) -> None:
    cell = live.cell("links")
    cell.run_to("done")
    expect(cell.output.get_by_role("link", name="it.example")).to_be_visible()
    links: list[list[str]] = cell.output.get_by_role("link").evaluate_all(
        "links => links.map((link) => [link.textContent, link.href, link.rel, link.target])",
    )
    safely = ["noopener noreferrer", "_blank"]
    assert links == [
        ["https://example.com/a_(b)?c=d#e", "https://example.com/a_(b)?c=d#e", *safely],
        ["http://localhost:8000/x", "http://localhost:8000/x", *safely],
        ["the docs", "https://example.org/docs", *safely],
        ["http://split.example/path", "http://split.example/path", *safely],
    ]
    assert "not javascript:alert(1) file:///etc/passwd\n" in cell.text
    assert looks(cell)["the docs"]["textDecorationLine"] == "underline"


def test_python_is_told_that_it_writes_to_a_terminal(live: LivePage) -> None:
    assert live.cell("terminal").run_to("done").splitlines() == [
        "True True False",
        "xterm-256color truecolor",
    ]


def test_the_name_of_a_prompt_has_no_colour_sequences(live: LivePage) -> None:
    cell = live.cell("coloured prompt")
    cell.run()
    cell.answer("Name?", "Ada")
    cell.wait_for("done")
    assert cell.text.splitlines() == ["Name? Ada", "'Ada'"]


def test_colours_of_the_standard_library_are_shown(live: LivePage) -> None:
    cell = live.cell("standard library")
    text = cell.run_to("done")
    assert "\x1b" not in text
    assert "KeyError: 'missing'\n" in text
    assert "AssertionError: 2 != 3\n" in text
    assert "show this help message and exit" in text
    assert len({look["color"] for look in looks(cell).values()}) > len(("stdout", "stderr"))


def test_code_that_disables_colours_has_none(live: LivePage) -> None:
    cell = live.cell("no colour")
    assert "show this help message" in cell.run_to("done")
    assert len({look["color"] for look in looks(cell).values()}) == 1


def test_a_flood_of_colours_stays_small_and_its_file_has_no_sequences(live: LivePage) -> None:
    cell = live.cell("flood")
    cell.run_to("done")
    assert elements(cell) < MOST_ELEMENTS
    assert cell.download_all() == "".join(f"{number:>6} é\n" for number in range(BOMB // 20))


@pytest.mark.parametrize(
    ("key", "end"),
    [
        ("each character", "X"),
        ("filled screen", "x"),
    ],
)
def test_no_sequence_makes_the_page_large(live: LivePage, key: str, end: str) -> None:
    cell = live.cell(key)
    cell.run_to("done")
    assert elements(cell) < MOST_ELEMENTS
    assert end in cell.text


def test_long_lines_are_wrapped_unless_the_author_disables_it(live: LivePage) -> None:
    for key, scrolls in (("wide", True), ("wrapped", False)):
        cell = live.cell(key)
        cell.run_to("done")
        assert cell.output.evaluate("log => log.scrollWidth > log.clientWidth") is scrolls


def alone(wheel: Path) -> Path:
    """The wheel without its requirements: its progress bars don't need them."""
    with zipfile.ZipFile(wheel) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, content in files.items():
            lines = content.splitlines(keepends=True)
            kept = [line for line in lines if not line.startswith(b"Requires-Dist:")]
            archive.writestr(name, b"".join(kept) if name.endswith(".dist-info/METADATA") else content)
    return wheel


def test_progress_bars_of_tqdm_and_rich_stay_on_their_lines(
    open_page: OpenPage, make_site: MakeSite, tmp_path: Path
) -> None:
    subprocess.run([*PIP_DOWNLOAD, "--dest", str(tmp_path), "tqdm", "rich"], check=True)
    wheels = [str(alone(wheel)) for wheel in tmp_path.glob("*.whl")]  # Pyodide's core doesn't contain them
    live = open_page(TQDM, make_site("tqdm", Plan("sphinx", (TQDM,), {"packages": wheels})))
    (line,) = live.cell("bars").run_to("done").strip().splitlines()
    assert re.match(r"outer: 100%\|█{20,}\| 3/3", line)  # as wide as the output
    (line,) = live.cell("rich").run_to("done").strip().splitlines()
    assert line.startswith("stirring")
    assert "100%" in line
