"""Statements that plot: authors or pages leave out what they return, because the page shows the figure."""

import re

from pyrun_core.proof.compare.rules import Rules, Tolerance

__all__ = ["is_hidden_plot", "is_undocumented_plot"]

_STATEMENT = re.compile(r"(?:plt|fig|ax|axs|axes)\d*\b(?:\[[^\]]*\])?\.\w[\w.]*\(")
"""By the names that matplotlib's documentation and numpydoc use for its module and objects."""

_VALUE = re.compile(r"<matplotlib\.|<Figure size |<Axes|Container object of \d|^Text\(", re.MULTILINE)


def is_undocumented_plot(statement: str, value: str, rules: Rules) -> bool:
    """Whether a statement without a documented output has shown what a function for plots returns."""
    if Tolerance.DISPLAYED not in rules.tolerances:
        return False
    return _STATEMENT.match(statement) is not None or _VALUE.search(value) is not None


def is_hidden_plot(want: str, shown: str, rules: Rules) -> bool:
    """Whether a documented output is what a function for plots returns, and the page has not shown it."""
    return Tolerance.DISPLAYED in rules.tolerances and not shown.strip() and _VALUE.search(want) is not None
