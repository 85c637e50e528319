"""The values of options that take one of a few words."""

from enum import Enum

__all__ = [
    "CHECK_RUNTIMES",
    "CREDENTIALS_SENT",
    "DOCSTRING_NAMES",
    "FIGURE_FORMATS",
    "FORMATTERS",
    "HIDDEN_LINES_IN",
    "ISOLATIONS",
    "LANGUAGES",
    "LOAD_TIMES",
    "OUTPUTS",
    "TOLERANCES",
    "TOOLBARS",
    "Vendor",
]


class Vendor(Enum):
    """Who serves the files of packages: the values of the option ``vendor``."""

    AUTO = "auto"
    ALWAYS = "true"
    NEVER = "false"


FIGURE_FORMATS = ("png", "svg")
"""The values of the option ``figures``."""

ISOLATIONS = ("origin", "opaque")
"""The values of the option ``isolation``: the origin in which Python runs."""

CREDENTIALS_SENT = ("omit", "same-origin")
"""The values of the option ``credentials``, as ``fetch`` names them."""

LOAD_TIMES = ("run", "intent", "visible", "idle", "page")
"""The values of the option ``load``, from the latest to the earliest."""

LANGUAGES = (
    *("ar", "de", "en", "es", "fr", "he", "it", "ja", "ko", "nl", "pl", "pt-BR", "ru", "uk", "zh-CN"),
    "zh-TW",
)
"""The languages in which pyrun speaks to readers."""

DOCSTRING_NAMES = ("module", "none")
"""The values of the option ``docstring-names``."""

CHECK_RUNTIMES = ("none", "node", "browser", "cpython")
"""The values of the option ``check``: where examples are run while a site is built."""

OUTPUTS = ("none", "build")
"""The values of the option ``output``."""

TOLERANCES = ("numbers", "order", "missing-output", "comments", "quotes")
"""The values of the option ``tolerate``."""

HIDDEN_LINES_IN = ("copy", "text")
"""The words of the option ``hidden-lines-in``."""

FORMATTERS = ("none", "ruff", "black")
"""The values of the option ``format``."""

TOOLBARS = ("quiet", "full", "minimal")
"""The values of the option ``toolbar``."""
