"""Files that the code never closes are complete when its run ends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from tests.browser.live_page import Cell, LivePage

WRITE = 'out = open("notes.txt", "w")\nout.write("one\\ntwo\\n")\nprint("written")\n'

ENDINGS = {"written": "done", "fails": "error", "exits": "done"}

SCENARIOS = (
    Scenario(
        "open-files",
        {
            "written": block(WRITE),
            "fails": block(WRITE + "1 / 0"),
            "exits": block(WRITE + "quit()"),
            "spins": block(WRITE + "while True: pass"),
            "isolated": block(WRITE, session="isolated"),
            "read": block('print(open("notes.txt").read(), end="")'),
            "more": block('out.write("three\\n")\nprint(out.closed)'),
            "held": block("""
                import gzip, io, os, pathlib
                class Holder: pass
                holder = Holder()
                holder.file = open("attribute.txt", "w")
                holder.file.write("attribute")
                cycle = [open("cycle.bin", "wb", buffering=100)]
                cycle.append(cycle)
                cycle[0].write(b"cycle")
                del cycle
                def suspended():
                    local = open("frame.txt", "w+", encoding="utf-16-le")
                    local.write("frame")
                    yield
                generator = suspended()
                next(generator)
                made = io.TextIOWrapper(io.BufferedWriter(io.FileIO("made.txt", "w")))
                made.write("made")
                numbered = os.fdopen(os.open("number.txt", os.O_WRONLY | os.O_CREAT), "w")
                numbered.write("number")
                path = pathlib.Path("path.txt").open("a")
                path.write("path")
                both = open("both.bin", "w+b")
                both.write(b"both")
                packed = gzip.open("packed.gz", "wt")
                packed.write("packed" * 1000)
            """),
            "unpacked": block("""
                import zlib
                print(len(zlib.decompressobj(31).decompress(open("packed.gz", "rb").read())))
            """),
        },
    ),
)


def downloaded(cell: Cell, size: str) -> str:
    """What the reader gets from the cell."""
    with cell.page.expect_download() as download:
        cell.button(f"Download notes.txt ({size})").click()
    return Path(download.value.path()).read_text(encoding="utf-8")


@pytest.mark.parametrize("key", ENDINGS)
def test_a_file_that_is_never_closed_is_complete(live: LivePage, key: str) -> None:
    cell = live.cell(key)
    cell.run_to("error" if ENDINGS[key] == "error" else "done")
    assert downloaded(cell, "8 B") == "one\ntwo\n"
    assert live.cell("read").run_to("done") == "one\ntwo\n"
    assert live.cell("more").run_to("done").splitlines()[0] == "False"
    assert downloaded(live.cell("more"), "14 B") == "one\ntwo\nthree\n"
    assert live.cell("read").run_to("done") == "one\ntwo\nthree\n"


def test_it_is_complete_after_stop(live: LivePage) -> None:
    cell = live.cell("spins")
    cell.run()
    expect(cell.output).to_contain_text("written")
    cell.stop()
    cell.wait_for("stopped")
    assert downloaded(cell, "8 B") == "one\ntwo\n"


def test_it_is_complete_after_a_run_that_is_isolated(live: LivePage) -> None:
    cell = live.cell("isolated")
    cell.run_to("done")
    assert downloaded(cell, "8 B") == "one\ntwo\n"


def test_files_are_found_wherever_the_code_holds_them(live: LivePage) -> None:
    text = " ".join(live.cell("held").run_to("done").split())
    sizes = ["attribute.txt (9 B)", "both.bin (4 B)", "cycle.bin (5 B)", "frame.txt (10 B)", "made.txt (4 B)"]
    for file in [*sizes, "number.txt (6 B)", "path.txt (4 B)"]:
        assert file in text
    assert live.cell("unpacked").run_to("done").strip() == "6000"
