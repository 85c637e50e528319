"""Examples whose output is stored, with what they show, for tests of every host."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from pyrun_core.proof.outcomes import Part

if TYPE_CHECKING:
    from tests.fake_runner import FakeRunner

__all__ = ["FIGURE", "PNG", "TABLE", "TEXT", "show_all"]

TEXT, TABLE, FIGURE = "print('zebra')", "table()", "figure()"
"""The code of examples that show text, a table and a picture."""

PNG = b"\x89PNG a picture"


def show_all(runner: FakeRunner, text: str = "zebra <1>") -> None:
    """Let the examples show what they show. Their last values have addresses, which differ each time."""
    address = f"0x7f{len(runner.parts):08x}"
    table = {"text/plain": " a", "text/html": "<table><tr><td>giraffe</td></tr></table>"}
    picture = {"text/plain": "<Figure>", "image/png": base64.b64encode(PNG).decode()}
    runner.parts |= {
        TEXT: (Part(0, "stdout", f"{text}\n"), Part(0, "value", f"<object object at {address}>\n")),
        TABLE: (Part(0, "display", " a", table),),
        FIGURE: (Part(0, "display", "<Figure>", picture, "A zebra", 300, 150),),
    }
