"""The values of options that take one of a few words."""

from enum import Enum

__all__ = ["FIGURE_FORMATS", "LOAD_TIMES", "Vendor"]


class Vendor(Enum):
    """Who serves the files of packages: the values of the option ``vendor``."""

    AUTO = "auto"
    ALWAYS = "true"
    NEVER = "false"


FIGURE_FORMATS = ("png", "svg")
"""The values of the option ``figures``."""

LOAD_TIMES = ("run", "intent", "visible", "idle", "page")
"""The values of the option ``load``, from the latest to the earliest."""
