"""Icons for the buttons of matplotlib's animations, without a font from another site."""

import re
from types import ModuleType

from pyrun_runtime.after_import import after_import

__all__ = ["install"]

_ICONS = {
    "fa-minus": "\N{MINUS SIGN}",
    "fa-fast-backward": "\N{BLACK LEFT-POINTING DOUBLE TRIANGLE WITH VERTICAL BAR}\ufe0e",
    "fa-step-backward": "\N{BLACK LEFT-POINTING DOUBLE TRIANGLE}\ufe0e",
    "fa-play": "\N{BLACK RIGHT-POINTING TRIANGLE}\ufe0e",
    "fa-pause": "\N{DOUBLE VERTICAL BAR}\ufe0e",
    "fa-step-forward": "\N{BLACK RIGHT-POINTING DOUBLE TRIANGLE}\ufe0e",
    "fa-fast-forward": "\N{BLACK RIGHT-POINTING DOUBLE TRIANGLE WITH VERTICAL BAR}\ufe0e",
    "fa-plus": "+",
}
"""On the buttons below an animation. matplotlib loads a font for them from another site."""


def install() -> None:
    """Add them to animations, once code imports these."""
    after_import("matplotlib._animation_data", _add_icons)


def _add_icons(animation_data: ModuleType) -> None:
    rules = "".join(f'.{name}::before {{ content: "{icon}" }}' for name, icon in _ICONS.items())
    mirrored = ".fa-flip-horizontal { display: inline-block; scale: -1 1 }"
    style = f"<style>i.fa {{ font-style: normal }} {mirrored} {rules}</style>"
    included = vars(animation_data)
    included["JS_INCLUDE"] = re.sub(r"<link[^>]*>", lambda _: style, included["JS_INCLUDE"])
