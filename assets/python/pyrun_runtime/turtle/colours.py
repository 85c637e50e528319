"""Converts the colours of turtle, which are those of Tk, to SVG."""

import re

__all__ = ["svg_colour"]

_NAMES = """
aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown
burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan
darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid
darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet
deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro
ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki
lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow
lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue
mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise
mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange
orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum
powderblue purple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver
skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet
wheat white whitesmoke yellow yellowgreen
"""
_CSS = frozenset(_NAMES.split())

_ONLY_TK = {
    "lightgoldenrod": "#eedd82",
    "lightslateblue": "#8470ff",
    "navyblue": "navy",
    "violetred": "#d02090",
}

_SHARES = {"1": 100, "2": 93.2, "3": 80.4, "4": 54.8}
"""``red3`` is red with this percentage of its brightness. The first shade of some colours is brighter."""


def svg_colour(name: str) -> str | None:
    """The colour as SVG takes it; None if there is no such colour."""
    if re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", name):
        return name
    plain = name.lower().replace(" ", "")
    if plain in _CSS:
        return plain
    if plain in _ONLY_TK:
        return _ONLY_TK[plain]
    shade = re.fullmatch(r"gr[ae]y(\d|[1-9]\d|100)", plain)
    if shade:
        level = round(int(shade[1]) * 2.55)
        return f"#{level:02x}{level:02x}{level:02x}"
    base = svg_colour(plain[:-1]) if plain[-1:] in _SHARES and plain[:-1].isalpha() else None
    return base and f"color-mix(in srgb, {base} {_SHARES[plain[-1]]}%, black)"
