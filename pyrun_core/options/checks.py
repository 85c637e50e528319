"""The options that say how examples are proven: by ``pyrun check``, or while a site is built."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from pyrun_core.options.choices import CHECK_RUNTIMES, OUTPUTS, TOLERANCES
from pyrun_core.options.existing_blocks import ALL, PROVEN
from pyrun_core.options.option import Attribute, Form, Scope, declare
from pyrun_core.options.values import NOTHING, TEXT, Kind, list_of, one_of, or_none
from pyrun_core.problems import shorten

__all__ = ["BUILD_OUTPUT", "UNLESS_SAID", "Checks", "WantedCheck", "wanted_check"]

BUILD_OUTPUT = "build"
"""The value of the option ``output`` of examples whose output the build stores."""


def _tolerances(value: object) -> tuple[str, ...]:
    names = [name.lower() for name in list_of(value, "tolerances")]
    if wrong := next((name for name in names if name not in TOLERANCES), None):
        raise ValueError(f"{shorten(wrong)} is not a tolerance")
    return tuple(dict.fromkeys(names))


_OUTPUT = or_none(one_of(OUTPUTS, "does not say where the output comes from"))
_RUNTIME = or_none(one_of(CHECK_RUNTIMES, "is not a runtime in which examples can be checked"))
_TOLERANCES = Kind(
    _tolerances,
    (list, tuple, str),
    f"{', '.join(f'`{name}`' for name in TOLERANCES)}, with spaces or commas between them, or a list",
)


class WantedCheck(Enum):
    """Which examples are checked while a site is built."""

    NONE = auto()
    """None."""

    BY_DEFAULT = auto()
    """Those of pages on which the option ``live`` has made any live. What fails is no warning, and neither is
    a check that cannot be made: nobody has asked for it."""

    ASKED = auto()
    """All. What fails is a warning, and a check that cannot be made is an error."""


UNLESS_SAID = WantedCheck.BY_DEFAULT
"""What sites want whose options say nothing of a check."""


def wanted_check(values: Mapping[str, Any]) -> WantedCheck:
    """The check that the options of a site, by field name, want in each build."""
    words = values.get("live_only", ())
    if values.get("check") or PROVEN in words:
        return WantedCheck.ASKED
    return WantedCheck.NONE if ALL in words else UNLESS_SAID


@dataclass(frozen=True, kw_only=True)
class Checks:
    """Where examples are checked during a build, which differences are tolerated, and what is left out."""

    check: str = declare(
        NOTHING,
        _RUNTIME,
        Scope.SITE,
        """Run all examples while the site is built, and warn about each one that fails or whose output
        differs from the documented output. `node`: in the Pyodide of the site, with Node.js. `browser`: in
        the same Pyodide, in a browser without a window. `cpython`: in the Python that builds the site. A
        strict build fails because of such a warning.""",
    )
    tolerate: tuple[str, ...] = declare(
        (),
        _TOLERANCES,
        Scope.SITE,
        """Differences from the documented output that a check accepts, and lists in its report. `numbers`:
        floating-point numbers that are nearly equal. `order`: the items of a set or of a dictionary in
        another order. `missing-output`: a statement that shows something although no output is
        documented. `comments`: a comment in the documented output. `quotes`: other quotation marks.""",
    )
    skip_check: str = declare(
        "",
        TEXT,
        Scope.SITE | Scope.PAGE | Scope.BLOCK,
        """Do not run the example when examples are checked, for the reason that you write here. The report
        lists it. With `none`, the example is checked although its page or the site sets a reason.""",
    )
    output: str = declare(
        NOTHING,
        _OUTPUT,
        Scope.SITE | Scope.PAGE | Scope.BLOCK,
        """What the page shows of the output before the first run. `none`: only what its author documented.
        `build`: what the example shows when the build runs it, as with `check`. Documented output stays in
        its place. An example that fails, or has `skip-check`, shows nothing.""",
        attribute=Attribute(Form.TEXT),
    )
