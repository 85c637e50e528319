"""What a build stores of the outputs of examples: stable, harmless, and nothing twice."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from pyrun_core.outputs.render import output_html
from pyrun_core.outputs.stable import stable_svg, stable_text, svg_size
from pyrun_core.outputs.static_html import static_table
from pyrun_core.outputs.stored import (
    StoredFigure,
    StoredOutput,
    StoredTable,
    StoredText,
    write_figures,
)
from pyrun_core.problems import Location
from pyrun_core.proof.checked import CheckedExample, DocumentedOutput
from pyrun_core.proof.outcomes import Part
from pyrun_core.proof.stored_outputs import store_outputs
from pyrun_core.proof.verdict import Proof, Verdict

if TYPE_CHECKING:
    from pathlib import Path

PNG = base64.b64encode(b"\x89PNG a picture").decode()
SVG = (
    '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">\n'
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="468pt" height="300.5pt" '
    'xmlns="http://www.w3.org/2000/svg">\n <metadata>\n  <date>{date}</date>\n </metadata>\n'
    ' <g id="axes_1"><path id="m{hash}" d="M0 0"/><use xlink:href="#m{hash}" x="1"/></g>\n'
    ' <g clip-path="url(#p{hash})"/><clipPath id="p{hash}"/>\n</svg>\n'
)


def parts_of(*parts: Part, documented: tuple[int, ...] = ()) -> StoredOutput | None:
    """The stored output of a proven example that has shown these parts."""
    location = Location("page.md", 3)
    outputs = tuple(DocumentedOutput(line, "documented", location) for line in documented)
    example = CheckedExample("page.md", "code", location, outputs=outputs, stores_output=True)
    return store_outputs([Proof(example, Verdict.PROVEN, parts=parts)], pytest.fail).get(example)


def display(line: int = 0, text: str = "", **data: str) -> Part:
    """A display, with its forms by the last part of their MIME types."""
    kinds = {"html": "text/html", "png": "image/png", "svg": "image/svg+xml"}
    forms = {kinds.get(name, name): content for name, content in data.items()}
    return Part(line, "display", text, {"text/plain": text, **forms})


@pytest.mark.parametrize(
    ("text", "stable"),
    [
        ("<object object at 0x7f12ab34cd>", "<object object at 0x...>"),
        ("<Line2D 0x7f12ab34cd>", "<Line2D 0x...>"),
        ("0xff and 0x7f12ab34cd", "0xff and 0x7f12ab34cd"),
        ("\x1b[1;31mred\x1b[0m and \x1b]8;;https://example.org\x07link\x1b]8;;\x07", "red and link"),
        ("10 %\r50 %\r100 %\nnext", "100 %\nnext"),
        ("100 %\r5", "500 %"),
        ("abc\b\bxy\r\nnext", "axy\nnext"),
        ("a\x00b\tc", "ab\tc"),
    ],
)
def test_text_is_what_a_terminal_shows_in_the_end_without_addresses(text: str, stable: str) -> None:
    assert stable_text(text) == stable


def test_a_drawing_is_the_same_whatever_its_date_and_its_random_ids() -> None:
    one = stable_svg(SVG.format(date="2026-01-01", hash="0a1b2c3d4e"))
    other = stable_svg(SVG.format(date="2026-02-02", hash="ffeeddccbb"))
    assert one is not None
    assert one == other
    assert 'id="axes_1"' in one
    assert one.count("id1") == 2, "references follow their targets"
    assert svg_size(one) == (624, pytest.approx(400.67, abs=0.01))


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<g onload="alert(1)"/>',
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<image href="https://example.org/x.png"/>',
        "<foreignObject><p>x</p></foreignObject>",
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<h:meta xmlns:h="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;url=https://example.org"/>',
        "<style>@import 'https://example.org'</style>",
        '<rect fill="url(https://example.org/x.svg#a)"/>',
        '<rect style="fill: u\\72l(https://example.org)"/>',
        "<unclosed>",
    ],
)
def test_a_drawing_that_could_act_or_load_is_not_stored(inside: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
    assert stable_svg(svg) is None
    assert parts_of(display(text="<Drawing>", svg=svg)) == StoredOutput(
        (StoredText((("value", "<Drawing>"),)),)
    )


@pytest.mark.parametrize("before", ['<!DOCTYPE svg [<!ENTITY a "b">]>', '<?xml-stylesheet href="x.xsl"?>'])
def test_a_drawing_that_declares_more_than_itself_is_not_stored(before: str) -> None:
    assert stable_svg(f'{before}<svg xmlns="http://www.w3.org/2000/svg"/>') is None


FRAME = """\
<div>
<style scoped>.dataframe tbody tr th { color: red }</style>
<table border="1" class="dataframe" onclick="alert(1)">
  <thead><tr style="text-align: right;"><th></th><th>name</th><th>size</th></tr></thead>
  <tbody><tr><th>0</th><td>a &lt;b&gt;</td><td>1.5</td></tr>
  <tr><th>1</th><td><img src=x onerror=alert(1)>b</td><td>NaN</td></tr></tbody>
</table>
<p>2 rows at 0x7f00aa11</p>
</div>"""


def test_a_table_keeps_its_cells_and_loses_everything_else() -> None:
    table = BeautifulSoup(static_table(FRAME), "html.parser")
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
    assert rows == [["", "name", "size"], ["0", "a <b>", "1.5"], ["1", "b", "NaN"]]
    assert table.find(["style", "img", "div"]) is None
    attributes = {name for tag in table.find_all() for name in tag.attrs}
    assert attributes == {"class"}
    assert [cell.get_text() for cell in table.select(".pyrun-number")] == [
        *("", "size"),
        *("0", "1.5"),
        *("1", "NaN"),
    ]
    assert table.p is not None
    assert table.p.get_text() == "2 rows at 0x..."


@pytest.mark.parametrize(
    "hostile",
    [
        "<table><td></table></div></pyrun-cell><script>alert(1)</script>",
        "<table><tr><td>1<script>alert('</table>')</script><td onfocus=alert(1) tabindex=1>2",
        "<table><caption><svg><script>alert(1)</script></svg></caption><tr><td colspan='\"><b>' rowspan=2>1",
        "<TABLE><textarea><table></textarea><iframe src=javascript:alert(1)></iframe><td>1",
    ],
)
def test_hostile_html_cannot_leave_its_place_or_act(hostile: str) -> None:
    html = f"<main>{static_table(hostile)}</main><aside></aside>"
    page = BeautifulSoup(html, "html.parser")
    assert page.main is not None
    assert page.find(["script", "iframe", "svg", "textarea", "pyrun-cell"]) is None
    assert page.aside not in page.main.descendants
    attributes = {name for tag in page.main.find_all() for name in tag.attrs}
    assert attributes <= {"class", "colspan", "rowspan"}


def test_cells_over_several_columns_stay_so() -> None:
    table = static_table("<table><thead><tr><th colspan=2 rowspan=0>both<tbody><tr><td>1<td>2</table>")
    assert '<th colspan="2">both</th>' in table
    assert table.count('<td class="pyrun-number">') == 2


def test_html_without_a_table_is_shown_as_its_plain_text() -> None:
    shown = parts_of(display(text="Model(alpha=1)", html="<div><script>draw()</script></div>"))
    assert shown == StoredOutput((StoredText((("value", "Model(alpha=1)"),)),))


def test_text_tables_and_figures_keep_their_order() -> None:
    output = parts_of(
        Part(0, "stdout", "first\n"),
        Part(0, "stderr", "warned\n\n"),
        display(text="  a", html="<table><tr><td>a</td></tr></table>"),
        display(text="<Figure>", png=PNG),
        Part(0, "value", "42\n"),
    )
    assert output is not None
    text, table, figure, value = output.pieces
    assert text == StoredText((("stdout", "first\n"), ("stderr", "warned")))
    assert isinstance(table, StoredTable)
    assert isinstance(figure, StoredFigure)
    assert figure.name.endswith(".png")
    assert value == StoredText((("value", "42"),))


def test_documented_output_is_not_shown_twice_but_figures_are_shown() -> None:
    output = parts_of(
        Part(1, "value", "2\n"),
        Part(2, "stdout", "not documented\n"),
        display(3, "<Axes>", png=PNG),
        documented=(1, 3),
    )
    assert output is not None
    text, figure = output.pieces
    assert text == StoredText((("stdout", "not documented"),))
    assert isinstance(figure, StoredFigure)


def test_what_runs_as_a_whole_and_is_documented_stores_no_text() -> None:
    assert parts_of(Part(0, "stdout", "documented\n"), documented=(2,)) is None


def test_a_long_output_is_cut() -> None:
    output = parts_of(Part(0, "stdout", "x" * 100_000), Part(0, "stdout", "more"))
    assert output is not None
    (text,) = output.pieces
    assert isinstance(text, StoredText)
    assert 20_000 <= len(text.text) < 20_100
    assert text.text.endswith("\n...")


@pytest.mark.parametrize("verdict", [Verdict.FAILING, Verdict.SKIPPED, Verdict.NOT_CHECKED])
def test_an_example_that_is_not_proven_stores_nothing_and_the_log_says_why(verdict: Verdict) -> None:
    example = CheckedExample("page.md", "code", Location("page.md", 3), stores_output=True)
    lines: list[str] = []
    proof = Proof(example, verdict, why="It needs a camera.", parts=(Part(0, "stdout", "text"),))
    assert store_outputs([proof], lines.append) == {}
    assert lines == [
        f"page.md:3: no output is stored, because the example is {verdict.value}. It needs a camera."
    ]


def test_a_figure_that_a_script_draws_is_logged_and_left_out() -> None:
    example = CheckedExample("page.md", "code", Location("page.md", 3), stores_output=True)
    part = Part(0, "display", "Figure()", {"application/vnd.pyrun.frame+json": "{}"})
    lines: list[str] = []
    assert store_outputs([Proof(example, Verdict.PROVEN, parts=(part,))], lines.append) == {}
    assert len(lines) == 1
    assert lines[0].startswith("page.md:3: a figure is not stored, because a script draws it.")


def test_an_example_without_the_option_stores_nothing() -> None:
    example = CheckedExample("page.md", "code", Location("page.md", 3))
    proof = Proof(example, Verdict.PROVEN, parts=(Part(0, "stdout", "text"),))
    assert store_outputs([proof], pytest.fail) == {}


def test_its_html_names_outputs_and_figures_in_the_language_of_the_page() -> None:
    output = StoredOutput((StoredFigure("x.png", "image/png"),))
    html = BeautifulSoup(output_html(output, str, language="de"), "html.parser")
    assert html.select_one("[role=group]")["aria-label"] == "Ausgabe"
    assert html.img["alt"] == "Bild"


def test_its_html_escapes_text_and_keeps_room_for_figures(tmp_path: Path) -> None:
    figure = StoredFigure("x.png", "image/png", alt='A "plot"', width=534, height=434.4, content=b"png")
    output = StoredOutput((StoredText((("stdout", "<b>&amp;"),)), figure))
    html = BeautifulSoup(output_html(output, lambda each: f"figures/{each.name}"), "html.parser")
    (shown,) = html.find_all("div", recursive=False)
    assert shown["slot"] == "output"
    assert (shown.div["role"], shown.div["aria-label"]) == ("group", "Output")
    assert shown.pre.get_text() == "<b>&amp;"
    assert shown.img.attrs == {
        "src": "figures/x.png",
        "alt": 'A "plot"',
        "width": "534",
        "height": "434",
    }
    write_figures(output, tmp_path)
    write_figures(output.without_content(), tmp_path)
    assert (tmp_path / "x.png").read_bytes() == b"png"
