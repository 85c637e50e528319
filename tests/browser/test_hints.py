"""Hints for code that fails: an example that must run first, or a missing `await`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.live_page import LivePage
    from tests.browser.sites import Site

SCENARIOS = (
    Scenario(
        "hints",
        {
            "values": block("total, (count, *rest) = 5, (2, 3)", caption="Some values"),
            "uses": block("total / count"),
            "uses what comes below": block("print(below)"),
            "below": block("""
                def below():
                    inside = 1
            """),
            "elsewhere": block("other = 1", session="elsewhere"),
            "uses what nobody defines": block("print(inside)"),
            "uses another session": block("print(other)"),
            "coroutine": block("""
                async def fetch(number):
                    return {"number": number}

                fetch(1)
            """),
            "forgotten": block("""
                fetch(1)
                print("end")
            """),
            "used coroutine": block("""
                answer = fetch(1)
                answer["number"]
            """),
            "attribute of a coroutine": block("fetch(1).items()"),
        },
    ),
)

STATEMENTS = """
a = b = 1
(c, [d, *e]), f = g.x, h[0] = value
i: int = 1
j: int
for k, (l, m) in value: n = 1
with value as o, value() as p: pass
import q.x, x.x as r
from x.x import s, x as t
async def u(x, y=1): x = 2
@decorator
class v: x = 1
if x := value: w = [x for x in value]
try: y = lambda x: x
except Error as x: pass
x += 1
print(x == 1, x=1)
"""


def test_a_name_of_an_example_that_has_not_run_is_one_click_away(live: LivePage) -> None:
    cell = live.cell("uses")
    assert "name 'total' is not defined" in cell.run_to("error")
    expect(cell.output).to_contain_text("total is defined in Some values, which has to run first.")
    cell.button("Run Some values first").click()
    cell.wait_for("done")
    assert cell.text.strip() == "2.5"
    assert live.cell("values").state == "done"


def test_an_example_below_is_offered_as_such(live: LivePage) -> None:
    cell = live.cell("uses what comes below")
    cell.run_to("error")
    number = live.scenario.position("below") + 1
    expect(cell.output).to_contain_text(
        f"below is defined in example {number} below, which has to run first.",
    )
    expect(cell.button(f"Run example {number} first")).to_be_visible()


def test_names_defined_elsewhere_are_not_offered(live: LivePage) -> None:
    failing = [live.cell(key) for key in ("uses what nobody defines", "uses another session")]
    for cell in failing:
        assert "is not defined" in cell.run_to("error")
    later = live.cell("uses what comes below")
    later.run_to("error")
    expect(later.output.get_by_role("button", name="first")).to_have_count(1)
    for cell in failing:
        expect(cell.output.get_by_role("button", name="first")).to_have_count(0)


def test_a_coroutine_that_is_not_awaited_is_explained(live: LivePage) -> None:
    value = live.cell("coroutine").run_to("done")
    assert value.splitlines()[0].startswith("<coroutine object fetch")
    assert value.splitlines()[1:] == ["This is a coroutine: write `await fetch(1)`."]
    for _ in range(2):
        text = live.cell("forgotten").run_to("done")
        assert "RuntimeWarning: coroutine 'fetch' was never awaited" in text
        assert "(This is a coroutine: write `await fetch()`.)\nend" in text
    for key in ("used coroutine", "attribute of a coroutine"):
        text = live.cell(key).run_to("error").strip()
        assert text.endswith("(This is a coroutine: write `await fetch()`.)")
        assert "never awaited" not in text


def test_the_names_that_code_defines_are_found_in_its_source(
    live: LivePage, site: Site, browser_files: Path
) -> None:
    (editor,) = browser_files.glob("editor-*.js")
    names = live.page.evaluate(
        """async ([url, code]) => {
            const { evaluateEditor } = await import(url);
            return [...(await evaluateEditor()).definedNames(code)].sort();
        }""",
        [site.assets_url + editor.name, STATEMENTS],
    )
    assert names == list("abcdefiklmnopqrstuvwy")
