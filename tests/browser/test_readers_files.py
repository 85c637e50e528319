"""Files pass from the code to the reader, and from the reader to the code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload

    from tests.browser.conftest import OpenPage
    from tests.browser.live_page import Cell, LivePage
    from tests.browser.sites import Site

SCENARIOS = (
    Scenario(
        "readers-files",
        {
            "writes": block("""
                from pathlib import Path

                Path("out").mkdir(exist_ok=True)
                Path("out/report.csv").write_text("a,b\\n" * 300)
                Path("raw.bin").write_bytes(bytes(range(256)))
                Path(".hidden").write_text("no")
            """),
            "writes none": block("open('raw.bin', 'rb').read(3)"),
            "writes many": block("""
                for number in range(60):
                    open(f"note{number:02}.txt", "w").write("x")
            """),
            "removes": block(
                "import os\nfor name in os.listdir():\n    os.path.isfile(name) and os.remove(name)"
            ),
            "asks": block("""
                from pyrun import upload

                path = upload("Your data:", accept=".csv")
                print(path, path and path.read_text())
            """),
            "asks for several": block("""
                from pyrun import upload

                [(path.name, path.stat().st_size) for path in upload("Pictures:", multiple=True)]
            """),
            "opens": block("print(open('dropped.txt').read())"),
        },
    ),
)

GIFT = "grün\n"


def handed(*files: tuple[str, bytes]) -> list[FilePayload]:
    """Files in the form in which Playwright puts them into a control."""
    return [{"name": name, "mimeType": "text/plain", "buffer": content} for name, content in files]


def drop(cell: Cell, name: str, text: str) -> None:
    """Drag a file onto the cell and drop it."""
    transfer = cell.page.evaluate_handle(
        """([name, text]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], name));
            return transfer;
        }""",
        [name, text],
    )
    cell.locator.dispatch_event("dragenter", {"dataTransfer": transfer})
    expect(cell.button("Run")).to_be_visible()
    cell.page.wait_for_function(
        """([cell, dataTransfer]) => {
            const event = new DragEvent("dragover", { dataTransfer, bubbles: true, cancelable: true });
            cell.dispatchEvent(event);
            return event.defaultPrevented && cell.hasAttribute("data-drop");
        }""",
        arg=[cell.locator.element_handle(), transfer],
    )
    cell.locator.dispatch_event("drop", {"dataTransfer": transfer})
    expect(cell.locator).not_to_have_attribute("data-drop", "")


def test_files_that_the_code_wrote_can_be_downloaded(live: LivePage) -> None:
    cell = live.cell("writes")
    text = cell.run_to("done")
    assert "Files: out/report.csv (1.2 kB) raw.bin (256 B)" in " ".join(text.split())
    with cell.page.expect_download() as download:
        cell.button("Download raw.bin (256 B)").click()
    assert download.value.suggested_filename == "raw.bin"
    assert Path(download.value.path()).read_bytes() == bytes(range(256))
    with cell.page.expect_download() as download:
        cell.button("Download out/report.csv (1.2 kB)").press("Enter")
    assert download.value.suggested_filename == "report.csv"
    assert Path(download.value.path()).read_text(encoding="utf-8") == "a,b\n" * 300
    assert "Files:" not in live.cell("writes none").run_to("done")
    assert "and 10 more" in live.cell("writes many").run_to("done")


def test_a_missing_file_is_reported(live: LivePage) -> None:
    cell = live.cell("writes")
    cell.run_to("done")
    live.cell("removes").run_to("done")
    cell.button("Download raw.bin (256 B)").click()
    expect(cell.output).to_contain_text("raw.bin no longer exists.")
    cell.choose("Restart Python")
    cell.button("Download raw.bin (256 B)").click()
    expect(cell.output).to_contain_text("Python was restarted, so raw.bin is lost.")


@pytest.mark.parametrize("strategy", ["", "service-worker"])
def test_code_asks_for_a_file_and_gets_it(open_page: OpenPage, site: Site, strategy: str) -> None:
    live = open_page(SCENARIOS[0], site, query=strategy and f"?pyrun-input={strategy}")
    cell = live.cell("asks")
    cell.run()
    cell.wait_for("input")
    box = cell.output.get_by_label("Your data:")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("accept", ".csv")
    box.set_input_files(handed(("data.csv", GIFT.encode())))
    cell.wait_for("done")
    assert cell.text.splitlines()[:2] == ["Your data: data.csv", f"data.csv {GIFT.strip()}"]
    assert "Files:" not in cell.text

    cell.run()
    cell.wait_for("input")
    cell.button("Cancel").click()
    cell.wait_for("done")
    assert "None None" in cell.text

    cell.run()
    cell.wait_for("input")
    cell.stop()
    cell.wait_for("stopped")

    several = live.cell("asks for several")
    several.run()
    several.wait_for("input")
    large = b"x" * 3_000_000
    several.output.get_by_label("Pictures:").set_input_files(handed(("a.png", b"a"), ("b.png", large)))
    several.wait_for("done")
    assert "[('a.png', 1), ('b.png', 3000000)]" in several.text


def test_a_file_dropped_on_a_cell_is_still_there_after_a_restart(live: LivePage) -> None:
    cell = live.cell("opens")
    drop(cell, "dropped.txt", GIFT)
    expect(cell.output).to_contain_text("The code can open dropped.txt (6 B) by name.")
    assert cell.run_to("done").strip() == GIFT.strip()
    cell.choose("Restart Python")
    assert cell.run_to("done").strip() == GIFT.strip()


def test_files_are_added_with_the_keyboard(live: LivePage) -> None:
    cell = live.cell("opens")
    cell.point()
    cell.button("More").press("Enter")
    add = cell.locator.get_by_role("menuitem", name="Add files")
    with cell.page.expect_file_chooser() as chooser:
        add.press("Enter")
    chooser.value.set_files(handed(("dropped.txt", b"again"), ("other.txt", b"2")))
    expect(cell.output).to_contain_text("The code can open dropped.txt (5 B) and other.txt (1 B) by name.")
    assert cell.run_to("done").strip() == "again"
