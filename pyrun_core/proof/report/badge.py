"""A badge for a README: how many of the live examples are proven."""

from xml.etree import ElementTree as ET

from pyrun_core.proof.report.totals import Totals

__all__ = ["badge", "badge_element"]

_LABEL = "live examples"
_HEIGHT = 20
_PADDING = 7
_CHARACTER = 6.6
"""Pixels: about the mean width of a character of this size. `textLength` makes it exact."""

_GREY, _GREEN, _RED = "#4b5563", "#157347", "#b42318"
"""White text has a contrast of at least 4.5 on each."""


def badge(totals: Totals) -> str:
    """The badge as SVG."""
    return ET.tostring(badge_element(totals), encoding="unicode") + "\n"


def badge_element(totals: Totals) -> ET.Element:
    """The same as an element, for a page."""
    value = _value(totals)
    colour = _GREEN if totals.is_proven and totals.live else _RED if totals.live else _GREY
    left, right = (round(len(text) * _CHARACTER) + 2 * _PADDING for text in (_LABEL, value))
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(left + right),
            "height": str(_HEIGHT),
            "viewBox": f"0 0 {left + right} {_HEIGHT}",
            "role": "img",
            "aria-label": f"{_LABEL}: {value}",
        },
    )
    ET.SubElement(svg, "title").text = f"{_LABEL}: {value}"
    _add_box(svg, 0, left, _GREY)
    _add_box(svg, left, right, colour)
    _add_text(svg, 0, left, _LABEL)
    _add_text(svg, left, right, value)
    return svg


def _value(totals: Totals) -> str:
    if not totals.live:
        return "none"
    if totals.failing:
        return f"{totals.failing} of {totals.live} failing"
    if totals.not_checked:
        return f"{totals.not_checked} of {totals.live} not checked"
    found = f" of {totals.found}" if totals.found not in {None, totals.proven} else ""
    return f"{totals.proven}{found} proven"


def _add_box(svg: ET.Element, x: int, width: int, colour: str) -> None:
    ET.SubElement(svg, "rect", x=str(x), width=str(width), height=str(_HEIGHT), fill=colour)


def _add_text(svg: ET.Element, x: int, width: int, text: str) -> None:
    ET.SubElement(
        svg,
        "text",
        {
            "x": str(x + _PADDING),
            "y": "14",
            "fill": "#fff",
            "font-family": "Verdana,DejaVu Sans,sans-serif",
            "font-size": "11",
            "textLength": str(width - 2 * _PADDING),
        },
    ).text = text
