"""Turtle graphics appear in the output, without a package to declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from tests.browser.live_page import Cell, LivePage

SCENARIOS = (
    Scenario(
        "turtle",
        {
            "nothing": block("6 * 7"),
            "square": block("""
                from turtle import *

                color("firebrick", "#ffdd00")
                begin_fill()
                for _ in range(4):
                    forward(100)
                    left(90)
                end_fill()
                penup()
                goto(0, -40)
                write("A <square>", font=("Arial", 16, "bold"))
                hideturtle()
                done()
            """),
            "twice": block("""
                import turtle

                turtle.title("Two pictures")
                turtle.setup(300, 200)
                turtle.bgcolor("light blue")
                pen = turtle.Turtle()
                pen.circle(40)
                turtle.mainloop()
                pen.dot(20, "SkyBlue3")
            """),
            "fails": block("""
                import turtle
                turtle.forward(50)
                turtle.color("no such colour")
            """),
            "waits": block("""
                import turtle
                turtle.onkey(turtle.bye, "q")
                turtle.listen()
                steps = turtle.numinput("Steps", "How many?", minval=1)
                turtle.forward(steps)
                turtle.exitonclick()
            """),
            "tkinter": block("import tkinter"),
        },
    ),
)

TURTLE_FILE = "turtle.py-"


def pictures(cell: Cell, name: str = "Turtle graphics") -> list[str]:
    """The SVG of each drawing in the output."""
    found: list[str] = cell.output.get_by_role("img", name=name, exact=True).evaluate_all(
        "images => Promise.all(images.map(async ({ src }) => (await fetch(src)).text()))",
    )
    return found


def test_a_page_that_draws_nothing_does_not_load_turtle(live: LivePage) -> None:
    live.cell("nothing").run_to("done")
    assert not [path for path in live.watch.paths() if path.startswith(TURTLE_FILE)]


def test_a_drawing_is_a_picture_in_the_output(live: LivePage) -> None:
    cell = live.cell("square")
    for _ in range(2):  # the second run begins with an empty screen
        cell.run_to("done")
        (svg,) = pictures(cell)
        assert svg.count("<polygon") == 1
        assert 'fill="#ffdd00"' in svg
        assert 'points="0,0 100,0 100,-100 0,-100 0,0"' in svg
        assert 'font-weight="bold"' in svg
        assert "A &lt;square&gt;" in svg
    image = cell.output.get_by_role("img", name="Turtle graphics")
    expect(image).not_to_have_js_property("naturalWidth", 0)


def test_drawings_after_the_main_loop_are_shown_too(live: LivePage) -> None:
    cell = live.cell("twice")
    cell.run_to("done")
    first, second = pictures(cell, "Turtle graphics: Two pictures")
    assert 'width="300" height="200" viewBox="-150 -100 300 200"' in first
    assert 'fill="lightblue"' in first
    assert "skyblue" not in first
    assert "color-mix(in srgb, skyblue 80.4%, black)" in second


def test_drawings_before_a_failure_are_shown(live: LivePage) -> None:
    cell = live.cell("fails")
    text = cell.run_to("error")
    assert text.strip().startswith("Traceback")
    assert "TurtleGraphicsError: bad color string: no such colour" in text
    assert len(pictures(cell)) == 1


def test_turtle_asks_for_numbers_and_reports_that_it_gets_no_keys(live: LivePage) -> None:
    cell = live.cell("waits")
    cell.run()
    cell.answer("How many?", "0")
    cell.answer("How many?", "70")
    cell.wait_for("done")
    assert "At least 1. Try again." in cell.text
    assert "Turtle graphics in a page cannot react to keys, clicks and timers" in cell.text
    (svg,) = pictures(cell)
    assert 'points="0,0 70,0"' in svg
    assert "ModuleNotFoundError" in live.cell("tkinter").run_to("error")
