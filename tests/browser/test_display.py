"""Output besides text: images, tables, formulas and sounds, in the formats that objects offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.test_science_output import pictures

if TYPE_CHECKING:
    from tests.browser.live_page import LivePage

SHOWS = Scenario(
    "shows",
    {
        "all forms": block(
            """
            class Shown:
                def __init__(self, **forms):
                    for name, form in forms.items():
                        setattr(self, f"_repr_{name}_", lambda form=form: form)

            display(Shown(html="<b>bold</b>"), Shown(markdown="some *text*"), Shown(json={"a": [1]}))
            display({"text/plain": "plain"}, raw=True)
            svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
            Shown(svg=svg.format("<script>parent.hacked = 1</script>"))
            """
        ),
        "bundles": block(
            """
            class Bundle:
                def __init__(self, bundle):
                    self.bundle = bundle
                def __repr__(self):
                    return "a bundle"
                def _repr_mimebundle_(self, include=None, exclude=None):
                    return self.bundle

            nonsense = {"text/html": 3}, {"image/png": "no base64!"}, {3: None}, {"x/y": "z"}
            for bundle in 7, ("a", "b", "c"), *nonsense:
                display(Bundle(bundle))
            """
        ),
        "raises": block(
            """
            class Broken:
                def _repr_html_(self):
                    raise ValueError("no table today")
                def __repr__(self):
                    return "a broken table"
            Broken()
            """
        ),
        "broken pictures": block(
            """
            from IPython.display import Image, SVG, display
            display(SVG("<svg"), Image(b"no picture"))
            """
        ),
        "notebook": block(
            """
            import math
            from IPython.display import HTML, Audio, Image, Markdown, Math, Video, display
            pixel = bytes.fromhex("47494638396101000100800000ff00000000002c00000000010001000002024401003b")
            display(Image(pixel, width=40, height=30, alt="A red pixel"), HTML("<u>under</u>"), Math("x^2"))
            Audio([math.sin(n / 10) for n in range(800)], rate=8000)
            """
        ),
        "update": block(
            """
            from IPython.display import clear_output, display
            print("gone")
            clear_output(wait=True)
            handle = display(1, display_id=True)
            print("below")
            handle.update(2)
            """
        ),
        "itself": block(
            """
            class Itself:
                def _ipython_display_(self):
                    print("by itself")
            from unittest.mock import Mock
            display(Mock(name="answers to every name"))
            Itself()
            """
        ),
        "formula": block("from IPython.display import Math\nMath(r'\\frac{1}{2}')"),
        "large": block("display({'image/png': bytes(100_000_000), 'text/plain': 'large'}, raw=True)"),
        "many": block(
            """
            svg = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="40"></svg>'
            for n in range(3000):
                display({"image/svg+xml": svg.format(n + 1), "text/plain": ""}, raw=True)
            """
        ),
        "endless": block(
            """
            from IPython.display import HTML, clear_output, display
            while True:
                clear_output(wait=True)
                display(HTML("<b>again</b>"))
            """
        ),
    },
)
SCENARIOS = (SHOWS,)


WATCH_ENDS = """
document.addEventListener("pyrun:state", ({ target, detail }) => {
  if (detail.state !== "done") return;
  const displays = target.shadowRoot.querySelectorAll(".display");
  window.filledAtEnd = [...displays].map((display) => display.hasChildNodes());
});
"""


def test_everything_is_in_the_page_when_the_state_says_done(live: LivePage) -> None:
    """HTML, Markdown and formulas need scripts that load when they are first shown."""
    live.page.evaluate(WATCH_ENDS)
    live.cell("all forms").run_to("done")
    filled = live.page.evaluate("filledAtEnd")
    assert len(filled) > 1
    assert all(filled)


def test_every_format_that_an_object_offers_is_shown(live: LivePage) -> None:
    cell = live.cell("all forms")
    text = cell.run_to("done")
    expect(cell.output.locator("b")).to_have_text("bold")
    expect(cell.output.locator("em")).to_have_text("text")
    assert '"a": [' in text
    assert "plain" in text
    assert pictures(cell) == ["Picture"]
    assert live.page.evaluate("self.hacked === undefined")


def test_an_invalid_bundle_is_reported_and_its_text_shown(live: LivePage) -> None:
    text = live.cell("bundles").run_to("done")
    assert text.count("a bundle") == 6
    assert "Bundle._repr_mimebundle_() returned int, not a dictionary of MIME types" in text
    assert "The text/html of Bundle cannot be shown: it is int, not text" in text
    assert "The image/png of Bundle cannot be shown: it is not base64" in text


def test_a_format_that_raises_is_reported_and_the_text_is_shown(live: LivePage) -> None:
    lines = live.cell("raises").run_to("done").splitlines()
    assert lines == ["Broken._repr_html_() failed: ValueError: no table today", "a broken table"]


def test_an_invalid_image_is_reported(live: LivePage) -> None:
    cell = live.cell("broken pictures")
    cell.run_to("done")
    expect(cell.output.get_by_text("This picture cannot be shown")).to_have_count(2)


def test_code_for_notebooks_finds_its_imports(live: LivePage) -> None:
    cell = live.cell("notebook")
    text = cell.run_to("done")
    assert "x^2" in text  # no renderer for formulas here
    image = cell.output.get_by_role("img", name="A red pixel")
    expect(image).to_have_js_property("width", 40)
    expect(cell.output.locator("u")).to_have_text("under")
    player = cell.output.locator("audio")
    player.evaluate("async (player) => { await player.play(); player.pause(); }")


def test_output_can_be_replaced_by_the_code(live: LivePage) -> None:
    cell = live.cell("update")
    assert cell.run_to("done").split() == ["2", "below"]
    mock, itself = live.cell("itself").run_to("done").splitlines()
    assert "answers to every name" in mock
    assert itself == "by itself"


def test_formulas_are_shown_by_the_renderer_of_the_page(live: LivePage) -> None:
    live.page.evaluate(
        """() => { self.katex = { renderToString: (tex, { output }) =>
            `<p onclick="hacked=1"><math onclick="hacked=1"><mi>${tex} ${output}</mi></math></p>` } }"""
    )
    cell = live.cell("formula")
    cell.run_to("done")
    expect(cell.output.locator("math")).to_have_text("\\displaystyle \\frac{1}{2} mathml")
    assert cell.output.locator("[onclick]").count() == 0
    live.page.evaluate("delete self.katex")


def test_an_image_of_100_mb_is_refused_with_a_reason(live: LivePage) -> None:
    lines = live.cell("large").run_to("done").splitlines()
    assert lines == ["image/png of 100 MB is not shown: the limit of the page is 25 MB.", "large"]


def test_a_loop_that_shows_and_clears_is_stopped(live: LivePage) -> None:
    cell = live.cell("endless")
    cell.run()
    expect(cell.output.locator("b")).to_have_text("again")
    cell.stop()
    cell.wait_for("stopped")
    assert "restarted" not in cell.text


def test_more_images_than_the_page_can_hold_are_cut(live: LivePage) -> None:
    cell = live.cell("many")
    cell.run_to("done")
    assert cell.output.locator(".display").count() == 2000
    expect(cell.output).to_contain_text("2,000 pictures or tables")
