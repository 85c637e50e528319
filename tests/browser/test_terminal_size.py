"""Code learns how much text the output has room for, and what it prints fits."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan
from tests.browser.test_terminal import PIP_DOWNLOAD, alone

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import Cell, LivePage
    from tests.browser.sites import Host

SIZE = Scenario(
    "terminal-size",
    {
        "size": block("""
            import os, shutil
            print(*os.get_terminal_size(), *os.get_terminal_size(2), *shutil.get_terminal_size())
            print(os.environ["COLUMNS"], os.environ["LINES"])
        """),
        "fits": block("import os\nprint('0' * os.get_terminal_size().columns, end='')"),
        "too long": block("import os\nprint('0' * (os.get_terminal_size().columns + 1), end='')"),
        "lines": block("""
            import argparse, os, shutil, textwrap
            words = "pneumonia " * 40
            parser = argparse.ArgumentParser(prog="tool", description=words)
            parser.add_argument("--option", help=words)
            parser.print_help()
            print(textwrap.fill(words, shutil.get_terminal_size().columns))
        """),
        "cursor": block(r"print('\x1b[999C|', end='')"),
        "author": block("""
            import os, shutil
            os.environ["COLUMNS"] = "33"
            print(shutil.get_terminal_size().columns)
        """),
        "still": block("print(shutil.get_terminal_size().columns, os.environ.pop('COLUMNS'))"),
        "gone": block("print(os.environ.get('COLUMNS'))"),
        "hidden": block("import os\nprint(*os.get_terminal_size())"),
    },
)

PRINTERS = Scenario(
    "printers",
    {
        "rich": block("""
            from rich.console import Console
            from rich.table import Table
            console = Console()
            table = Table(expand=True)
            for name in ("one", "two", "three"):
                table.add_column(name)
            table.add_row(*["words " * 20] * 3)
            console.print(table)
        """),
        "rich again": block("console.print(table)"),
        "rule": block("console.rule()"),
    },
)

SCENARIOS = (SIZE,)

PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 3,
    "is_mobile": True,
    "has_touch": True,
}

ROWS = """
pre => Math.round(pre.getBoundingClientRect().height / parseFloat(getComputedStyle(pre).lineHeight))
"""


def columns_of(live: LivePage) -> int:
    """What code learns, which is the same wherever it asks."""
    size, environment = live.cell("size").run_to("done").splitlines()
    columns, lines, *others = map(int, size.split())
    assert others == [columns, lines] * 2
    assert environment == f"{columns} {lines}"
    return columns


def rows(cell: Cell) -> int:
    """How many lines the output has in the page, with those of lines that are broken."""
    cell.run_to("done")
    count: int = cell.output.locator("pre").evaluate(ROWS)
    return count


def expect_fit(cell: Cell, columns: int) -> None:
    """Run it; no line of its output is broken, and the longest is nearly as long as the output is wide."""
    shown = rows(cell)
    lines = cell.text.splitlines()
    assert shown == len(lines)
    assert columns * 0.7 < max(map(len, lines)) <= columns


def expect_true_size(live: LivePage, columns: int) -> None:
    """As many characters as code learns of fit into a line of the output, and not one more."""
    assert rows(live.cell("fits")) == 1
    assert rows(live.cell("too long")) == 2
    expect_fit(live.cell("lines"), columns)
    assert live.cell("cursor").run_to("done") == " " * (columns - 1) + "|"


@pytest.mark.parametrize(
    ("generator", "theme"),
    [("sphinx", "furo"), ("sphinx", "alabaster"), ("mkdocs", "material"), ("sphinx", "sphinx_rtd_theme")],
)
def test_the_size_is_that_of_the_output(
    open_page: OpenPage, make_site: MakeSite, generator: Host, theme: str
) -> None:
    site = make_site(f"size-{theme}", Plan(generator, (SIZE,), theme=theme))
    live = open_page(SIZE, site)
    expect_true_size(live, columns_of(live))


def test_the_size_is_that_of_the_output_on_a_phone(open_page: OpenPage, make_site: MakeSite) -> None:
    live = open_page(SIZE, make_site("size-furo", Plan("sphinx", (SIZE,), theme="furo")), **PHONE)
    columns = columns_of(live)
    assert columns < 45
    expect_true_size(live, columns)


def test_the_size_changes_between_runs(live: LivePage) -> None:
    before = columns_of(live)
    live.page.set_viewport_size({"width": 480, "height": 720})
    after = columns_of(live)
    assert after < before
    expect_true_size(live, after)
    live.page.set_viewport_size({"width": 1280, "height": 720})
    assert columns_of(live) == before


def test_what_code_sets_in_the_environment_holds(open_page: OpenPage, make_site: MakeSite) -> None:
    live = open_page(SIZE, make_site("size-furo", Plan("sphinx", (SIZE,), theme="furo")))
    columns_of(live)
    assert live.cell("author").run_to("done").strip() == "33"
    assert live.cell("still").run_to("done").strip() == "33 33"
    assert live.cell("gone").run_to("done").strip() == "None"


def test_an_output_that_is_not_displayed_has_a_usual_size(live: LivePage) -> None:
    cell = live.cell("hidden")
    cell.locator.evaluate("cell => { cell.style.display = 'none'; void cell.run(); }")
    cell.wait_for("done")
    assert cell.locator.locator("[role=log] pre").text_content() == "80 24\n"
    cell.locator.evaluate("cell => { cell.style.display = ''; }")


def test_tables_of_packages_fit_also_after_a_change(
    open_page: OpenPage, make_site: MakeSite, tmp_path: Path
) -> None:
    subprocess.run([*PIP_DOWNLOAD, "--dest", str(tmp_path), "rich"], check=True)
    wheels = [str(alone(wheel)) for wheel in tmp_path.glob("*.whl")]
    live = open_page(PRINTERS, make_site("printers", Plan("sphinx", (PRINTERS,), {"packages": wheels})))
    live.cell("rich").run_to("done")
    expect_fit(live.cell("rich"), len(live.cell("rule").run_to("done").strip()))
    live.page.set_viewport_size({"width": 400, "height": 720})
    columns = len(live.cell("rule").run_to("done").strip())
    assert columns < 50
    expect_fit(live.cell("rich again"), columns)
