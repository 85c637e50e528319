"""A file that is not the one that was published is refused with a sentence, and nothing of it runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan
from tests.browser.test_freshness import restart
from tests.packages.wheels import make_wheel
from tests.security.test_hostile_cells import attack

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Route

    from tests.browser.conftest import MakeSite, OpenPage

REFUSED = "A file of this site is not the one that was published, so it was not run; your code is kept."

FOR_START = {
    r"/pyodide\.mjs$": b"\nconsole.error('changed code ran');",
    r"/pyodide\.asm\.mjs$": b"\nconsole.error('changed code ran');",
    r"/pyodide\.asm\.wasm$": b"\0\2\1x",  # an empty section of the name x, which every engine accepts
    r"/python_stdlib\.zip$": b"\0",
    r"/runtime-\w+\.zip$": b"\0",
    r"/pyodide-lock[^/]*\.json$": b" ",
    r"/small-[^/]*\.whl$": b"\0",
}
"""What Python starts from, by the end of its URL, and a change with which it would still work."""

SENTENCE_MS = 5_000
"""The cell has failed by then, so that the sentence is there."""

LATER_WHEEL = {r"/later-[^/]*\.whl$": b"\0"}
LATER = {**LATER_WHEEL, r"/note[^/]*\.txt$": b"\0"}
"""What single runs need."""


class Tampered:
    """A server that changes one file at a time."""

    def __init__(self) -> None:
        self.pattern = ""
        self.added = b""

    def __call__(self, context: BrowserContext) -> None:
        context.route(re.compile(r"\.(mjs|wasm|zip|json|whl|txt)(\?|$)"), self._answer)

    def _answer(self, route: Route) -> None:
        if not self.pattern or not re.search(self.pattern, route.request.url):
            return route.continue_()
        response = route.fetch()
        return route.fulfill(response=response, body=response.body() + self.added)


@pytest.mark.first_visit("a snapshot holds what these files hold")
@pytest.mark.parametrize("isolation", ["origin", "opaque"])
def test_a_changed_file_is_refused_and_not_run(
    isolation: str, open_page: OpenPage, make_site: MakeSite, tmp_path_factory: pytest.TempPathFactory
) -> None:
    wheels = tmp_path_factory.mktemp("wheels")
    small, later = make_wheel(wheels, "small", "1.5"), make_wheel(wheels, "later", "2.0")
    scenario = Scenario(
        "tampered",
        {
            "start": block("import small\nprint(small.__version__)"),
            "later": block(
                "import later\nprint(later.__version__, open('data/note.txt').read())",
                packages=str(later),
                files="data/note.txt",
            ),
            "patch": attack("patchBuiltIns"),
            "turtle": block("import turtle"),
        },
    )
    options = {"packages": [str(small)], "isolation": isolation, "page_packages": [str(later)]}
    plan = Plan("sphinx", [scenario], options, data={"data/note.txt": "noted"})
    server = Tampered()
    live = open_page(scenario, make_site(f"tampered-{isolation}", plan), before=server)
    live.watch.allow("integrity", "request failed: ", "has been changed", "wasm instantiation failed")
    live.watch.allow(
        r"console error: (.*loading small|.*Python|.*standard library|Mod|Current|  <no| \()"
    )  # Pyodide says why it ended

    def refuses(key: str, changes: dict[str, bytes]) -> None:
        cell = live.cell(key)
        for pattern, added in changes.items():
            server.pattern, server.added = pattern, added
            cell.run()
            cell.wait_for("error")
            expect(cell.output, pattern).to_contain_text(REFUSED, timeout=SENTENCE_MS)
        server.pattern = ""

    refuses("start", FOR_START)
    live.cell("start").run_to("done")

    refuses("later", LATER_WHEEL)
    live.cell("patch").run_to("done")
    refuses("later", LATER)
    restart(live.cell("later"))  # what code did to its worker ends with it
    assert live.cell("later").run_to("done").strip() == "2.0 noted"

    server.pattern, server.added = r"/turtle[^/]*\.txt$", b"\nprint('changed code ran')"
    turtle = live.cell("turtle")
    turtle.run()
    turtle.wait_for("error")
    expect(turtle.output).to_contain_text("turtle could not be loaded")
    expect(turtle.output).not_to_contain_text("changed code ran\n")
    server.pattern = ""
    live.cell("turtle").run_to("done")
