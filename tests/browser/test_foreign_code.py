"""Code of strangers in a cell runs isolated from the site, and leaves the Python of the page alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan
from tests.security.test_isolation_policy import STRICT, with_policy

if TYPE_CHECKING:
    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import Cell

WHERE = "import js\nprint(js.origin)"

FOREIGN = Scenario(
    "foreign",
    {
        "setup": block("base = 1", hidden=None),
        "secret": block("secret = 'of the page'\nprint(secret)"),
        "needed": block("print('needed')\nstep = base + 1", name="needed"),
        "taken": block(f"{WHERE}\nresult = step", name="taken", needs="needed"),
        "on taken": block("print(result, secret)", needs="taken"),
    },
)


def take(cell: Cell, code: str) -> None:
    """Let the cell have code of a stranger."""
    cell.locator.evaluate("cell => { cell.isForeign = true }")
    cell.write(code)


def test_code_of_strangers_has_its_own_python_and_leaves_that_of_the_page_alone(
    open_page: OpenPage, make_site: MakeSite
) -> None:
    live = open_page(FOREIGN, make_site("foreign", Plan("sphinx", [FOREIGN])))
    secret, needed, taken = (live.cell(key) for key in ("secret", "needed", "taken"))
    live.page.evaluate(
        """() => {
            window.restarts = [];
            document.addEventListener("pyrun:restart", ({ detail }) => restarts.push(detail.isForeign));
        }"""
    )
    secret.run_to("done")
    take(
        taken,
        f"{WHERE}\nprint(step, 'secret' in globals(), input('Name?'))\nopen('made.txt', 'w').write('x')",
    )
    taken.run()
    taken.answer("Name?", "Ada")
    taken.wait_for("done")
    assert taken.text.split("\n")[:2] == ["needed", "null"]
    assert "2 False" in taken.text
    assert needed.state == "idle"
    with live.page.expect_download() as download:
        taken.button("Download made.txt (1 B)").click()
    assert download.value.suggested_filename == "made.txt"

    # A name of the page is not there, until the reader has its example run there, too.
    taken.write("print(secret)")
    taken.run_to("error")
    taken.button("Run example 1 first").click()
    taken.wait_for("done")
    assert "of the page\nof the page" in taken.text
    assert secret.locator.get_attribute("data-run") == "1"

    taken.write("while True:\n    pass")
    taken.run()
    taken.wait_for("running")
    assert secret.run_to("done").strip() == "of the page"  # meanwhile
    taken.stop()
    taken.wait_for("stopped")

    # What others need of this cell is what its author wrote.
    assert "2 of the page" in live.cell("on taken").run_to("done")
    assert "taken ran with the author's code" in live.cell("on taken").text

    taken.locator.evaluate("cell => cell.interpreter.restart()")
    assert live.page.evaluate("restarts") == [True]
    assert secret.locator.get_attribute("data-stale") is None
    assert taken.locator.get_attribute("data-stale") == "restarted"

    # The author's code runs in the page again. Undo brings the other code back, which still does not.
    taken.write(f"{WHERE}\nprint('back')")
    taken.choose("Reset")
    assert live.page.url.startswith(taken.run_to("done").split("\n")[-1].strip())
    taken.edit()
    live.page.keyboard.press("Control+z")
    expect(taken.editor).to_contain_text("back")
    assert taken.run_to("done").split()[-2:] == ["null", "back"]


def test_code_of_strangers_is_refused_where_it_cannot_be_isolated(
    open_page: OpenPage, make_site: MakeSite
) -> None:
    site = make_site("foreign", Plan("sphinx", [FOREIGN]))
    live = open_page(FOREIGN, site, before=with_policy(STRICT))
    live.watch.allow("Content Security Policy", "request failed: data:")
    taken = live.cell("taken")
    take(taken, WHERE)
    taken.run_to("error")
    expect(taken.output).to_contain_text("Code from a link only runs isolated from the site")
    taken.choose("Reset")
    assert live.page.url.startswith(taken.run_to("done").strip().split("\n")[-1])
