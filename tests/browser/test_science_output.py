"""The output of matplotlib, pandas, Pillow and SymPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import FrameLocator

    from tests.browser.conftest import MakeSite
    from tests.browser.live_page import Cell, LivePage
    from tests.browser.sites import Site

SCIENCE = Scenario(
    "science",
    {
        "import": block("import matplotlib.pyplot as plt"),
        "plot": block(
            """
            plt.title("Squares")
            plt.xlabel("n")
            plt.ylabel("n²")
            plt.plot([1, 4, 9])
            """
        ),
        "two": block(
            """
            for n in (1, 2):
                print(n)
                plt.figure()
                plt.title(f"figure {n}")
                plt.show()
            print(3)
            """
        ),
        "colours": block(
            """
            fig = plt.figure(figsize=(2, 1), facecolor=(1, 0, 0))
            fig.add_axes((0, 0, 1, 1)).set_axis_off()
            fig.add_artist(plt.Rectangle((0, 0), 0.5, 1, color=(0, 0, 1)))
            """
        ),
        "svg": block("plt.plot([1, 2])\nplt.title('Drawn')", figures="svg"),
        "last": block("fig, ax = plt.subplots()\nax.set_title('Once')\nfig"),
        "restyle": block(
            """
            plt.style.use("ggplot")
            plt.rcParams["font.sans-serif"].insert(0, "Nowhere")
            plt.switch_backend("svg")
            """
        ),
        "style": block(
            """
            fonts, colour = (plt.rcParams[name] for name in ("font.sans-serif", "axes.facecolor"))
            print(colour, fonts[0], plt.rcParams["animation.html"], plt.rcParams["backend"])
            plt.title("in view")
            plt.show()
            """
        ),
        "paused": block(
            """
            plt.figure()
            for n in range(3):
                plt.title(f"step {n}")
                plt.pause(0.001)
            """
        ),
        "animation": block(
            """
            from matplotlib.animation import FuncAnimation
            fig, ax = plt.subplots(figsize=(3, 2))
            line, = ax.plot([0, 1])
            FuncAnimation(fig, lambda n: line.set_ydata([0, n]), frames=3)
            """
        ),
        "plotly": block("import plotly.graph_objects as go\ngo.Figure(go.Bar(y=[7]))", packages="plotly"),
        "failing": block("plt.title('So far')\n1 / 0"),
        "pandas": block("import pandas as pd\npd.DataFrame({'age': [36]})", packages="pandas"),
        "wide frame": block(
            """
            import numpy as np
            print(np.arange(60))
            print(pd.DataFrame({f"column {number}": [number] for number in range(12)}))
            """,
            packages="pandas",
        ),
        "pillow": block("from PIL import Image\nImage.new('RGB', (20, 10), 'red')"),
        "sympy": block("import sympy\nsympy.Symbol('x') ** 2", packages="sympy"),
    },
    {"packages": "matplotlib"},
)


@pytest.fixture(scope="module")
def science_page(
    make_site: MakeSite, full_pyodide: Path, share_page: Callable[[Scenario, Site], LivePage]
) -> LivePage:
    """A page with matplotlib; all tests share its Python."""
    site = make_site("science", Plan("sphinx", [SCIENCE], {"pyodide": str(full_pyodide)}))
    live = share_page(SCIENCE, site)
    live.cell("import").run_to("done")
    return live


@pytest.fixture
def science(science_page: LivePage) -> Iterator[LivePage]:
    yield science_page
    science_page.watch.check()


def pictures(cell: Cell) -> list[str]:
    """The contents of the images in the output, once they are all there."""
    images = cell.output.get_by_role("img")
    for image in images.all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", value=True)
        assert image.evaluate("image => image.naturalWidth") > 0
    return [image.get_attribute("alt") or "" for image in images.all()]


def test_a_figure_that_is_open_at_the_end_is_shown_sharp_with_its_title(science: LivePage) -> None:
    cell = science.cell("plot")
    assert cell.run_to("done").strip() == ""  # the value, a list of lines, is not printed
    assert pictures(cell) == ["Squares. n² over n"]
    image = cell.output.get_by_role("img")
    shown, drawn = image.evaluate("image => [image.width, image.naturalWidth]")
    assert shown * 2 == pytest.approx(drawn, abs=1)


PIXELS = """async (image) => {
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const canvas = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    canvas.drawImage(image, 0, 0);
    return [0.25, 0.75].map((part) => [...canvas.getImageData(part * width, height / 2, 1, 1).data]);
}"""


def test_a_figure_keeps_the_colours_it_was_drawn_in(science: LivePage) -> None:
    cell = science.cell("colours")
    cell.run_to("done")
    image = cell.output.get_by_role("img")
    image.scroll_into_view_if_needed()
    assert image.evaluate(PIXELS) == [[0, 0, 255, 255], [255, 0, 0, 255]]


def test_figures_appear_where_they_are_shown(science: LivePage) -> None:
    cell = science.cell("two")
    assert cell.run_to("done").split() == ["1", "2", "3"]
    assert pictures(cell) == ["figure 1", "figure 2"]
    order = cell.output.locator(".text > *").evaluate_all("parts => parts.map((part) => part.className)")
    assert order == ["", "display", "", "display", ""]


def test_a_figure_is_an_svg_if_the_author_wants_it(science: LivePage) -> None:
    cell = science.cell("svg")
    cell.run_to("done")
    assert pictures(cell) == ["Drawn"]
    source = cell.output.get_by_role("img").evaluate("async (image) => (await fetch(image.src)).text()")
    assert "<svg" in source


def test_a_figure_that_is_also_the_value_is_shown_once(science: LivePage) -> None:
    cell = science.cell("last")
    cell.run_to("done")
    assert pictures(cell) == ["Once"]


def test_a_figure_that_is_drawn_again_after_a_pause_keeps_its_position(science: LivePage) -> None:
    cell = science.cell("paused")
    cell.run_to("done")
    assert pictures(cell) == ["step 2"]


def inside(cell: Cell) -> FrameLocator:
    """The document that runs a cell's HTML output."""
    cell.output.locator("iframe").scroll_into_view_if_needed()
    return cell.output.frame_locator("iframe").frame_locator("iframe")


def test_an_animation_plays_and_fetches_nothing_for_its_buttons(science: LivePage) -> None:
    cell = science.cell("animation")
    cell.run_to("done")
    expect(cell.output.get_by_role("img")).to_have_count(0)  # its figure isn't shown separately
    frame = inside(cell)
    icon = frame.get_by_role("button", name="Next frame").locator("i")
    assert icon.evaluate("icon => getComputedStyle(icon, '::before').content.length") > 2  # in quotes
    picture = frame.get_by_role("img")
    first = picture.get_attribute("src")
    frame.get_by_role("button", name="Next frame").click()
    expect(picture).not_to_have_attribute("src", first or "")


def test_a_plotly_figure_is_interactive(science: LivePage) -> None:
    cell = science.cell("plotly")
    cell.run_to("done")
    frame = inside(cell)
    frame.locator(".nsewdrag").hover()
    expect(frame.locator(".hoverlayer")).to_contain_text("7")


def test_drawings_before_a_failure_are_shown(science: LivePage) -> None:
    cell = science.cell("failing")
    assert "ZeroDivisionError" in cell.run_to("error")
    assert pictures(cell) == ["So far"]


def test_style_and_backend_are_those_of_the_page_again_in_the_next_run(science: LivePage) -> None:
    style = science.cell("style")
    before = style.run_to("done")
    science.cell("restyle").run_to("done")
    assert style.run_to("done") == before
    assert before.startswith("white DejaVu Sans jshtml module://pyrun_runtime.display.matplotlib_backend")
    assert pictures(style) == ["in view"]


def test_tables_pictures_and_formulas_of_packages_are_shown(science: LivePage) -> None:
    cell = science.cell("pandas")
    cell.run_to("done")
    expect(cell.output.get_by_role("cell", name="36")).to_be_visible()
    cell = science.cell("pillow")
    cell.run_to("done")
    assert pictures(cell) == ["Picture"]
    assert science.cell("sympy").run_to("done").strip() == "x**2"  # the page has no renderer for formulas


def test_printed_tables_and_arrays_fit_the_output(science: LivePage) -> None:
    science.cell("pandas").run_to("done")
    cell = science.cell("wide frame")
    size = science.page.viewport_size
    lengths = []
    for width in (1280, 420):
        science.page.set_viewport_size({"width": width, "height": 720})
        cell.run_to("done")
        lines = cell.text.splitlines()
        lengths.append(max(map(len, lines)))
        shown = cell.output.locator("pre").evaluate(
            "pre => pre.getBoundingClientRect().height / parseFloat(getComputedStyle(pre).lineHeight)"
        )
        assert round(shown) == len(lines)
    assert lengths[1] < 50 < lengths[0]
    assert size
    science.page.set_viewport_size(size)
