"""What counts as the documented output: flags of doctest, and the tolerances beyond them."""

import doctest
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from pyrun_core.examples.provenance import Flag
from pyrun_core.options.suggestions import suggest
from pyrun_core.problems import PyrunError

__all__ = ["BASE_FLAGS", "DEFAULT_TOLERANCES", "Rules", "Tolerance"]

BASE_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
"""What most projects set for their documentation. Flags of the site and of a statement come on top."""

_RELATIVE = 1e-3
_ABSOLUTE = 1e-8
"""scipy-doctest has the same absolute tolerance, and a relative one of 1e-2."""


class Tolerance(Enum):
    """A difference that may be accepted. The value is the word of options and reports.

    Those that come first are tried first.
    """

    VARIES = "varies"
    """The author says that the output varies: ``# random``, ``# may vary`` or ``# uninitialized``."""

    MAIN = "main"
    """The module ``__main__`` before the name of a class."""

    ADDRESSES = "addresses"
    """Addresses of objects."""

    CLASS_PATH = "class-path"
    """The module before the name of an exception."""

    ERROR_NUMBERS = "error-numbers"
    """The number in ``[Errno 2]``, which is ``[Errno 44]`` in a browser."""

    HELP_LINKS = "help-links"
    """The last line of pydantic's errors, which has the version in a link."""

    INTEGERS = "integers"
    """The name of NumPy's default integers: ``int64`` on most machines, ``int32`` in a browser."""

    NUMPY = "numpy"
    """What NumPy 1 shows as ``1.0`` and NumPy 2 as ``np.float64(1.0)``, and types that only one side has."""

    COMMENTS = "comments"
    """A comment in the documented output."""

    QUOTES = "quotes"
    """The kind of quotation marks, and the ``u`` of Python 2 before them."""

    FORMATTING = "formatting"
    """In output that ``#>`` comments document: the layout that a formatter gives the code of a value."""

    WHITE_SPACE = "white-space"
    """White space beside brackets, commas and the like."""

    WRITING = "number-writing"
    """Floats of the same value written differently, or whose last digit the mathematical library decides."""

    ORDER = "order"
    """The order of what is between curly brackets: the items of sets and dictionaries."""

    NUMBERS = "numbers"
    """Numbers that are close to each other, within a relative and an absolute tolerance."""

    STDERR = "stderr"
    """The documented output includes what the code writes to standard error, such as warnings."""

    DISPLAYED = "displayed"
    """The page shows a figure or a table. The documentation has text such as ``<Figure>``, or nothing."""

    MISSING = "missing-output"
    """A statement shows something, and no output is documented for it."""


_OPTIONAL = frozenset(
    {Tolerance.COMMENTS, Tolerance.QUOTES, Tolerance.ORDER, Tolerance.NUMBERS, Tolerance.MISSING}
)

DEFAULT_TOLERANCES = frozenset(Tolerance) - _OPTIONAL
"""Differences about which a reader does not care. The others are accepted where an author says so."""

_OTHER_FLAGS = {
    "NUMBER": Tolerance.NUMBERS,  # pytest
    "FLOAT_CMP": Tolerance.NUMBERS,  # pytest-doctestplus
    "ALLOW_UNICODE": Tolerance.QUOTES,  # pytest
    "IGNORE_OUTPUT": Tolerance.VARIES,  # pytest-doctestplus
}
"""Flags that plugins of pytest add to those of doctest."""


@dataclass(frozen=True)
class Rules:
    """``flags`` are a bit mask of `doctest`. ``ignores_output``: whatever is shown is accepted.

    ``relative`` and ``absolute`` say how far a number may be from the documented one, for
    `Tolerance.NUMBERS`. ``in_browser``: the examples have run in Pyodide, with what a browser lacks.
    """

    flags: int = BASE_FLAGS
    tolerances: frozenset[Tolerance] = DEFAULT_TOLERANCES
    relative: float = _RELATIVE
    absolute: float = _ABSOLUTE
    ignores_output: bool = False
    in_browser: bool = True

    @classmethod
    def of(
        cls,
        tolerate: Iterable[str] = (),
        *,
        refuse: Iterable[str] = (),
        relative: float = _RELATIVE,
        absolute: float = _ABSOLUTE,
    ) -> "Rules":
        """The default rules, with tolerances added and others removed, by their words.

        Raises:
            PyrunError: there is no tolerance of a name.
        """
        tolerances = (DEFAULT_TOLERANCES | set(map(_named, tolerate))) - set(map(_named, refuse))
        return cls(tolerances=tolerances, relative=relative, absolute=absolute)

    def with_flags(self, flags: Iterable[Flag]) -> "Rules":
        """The same, with flags of a site, a block or a statement. Those without a meaning are ignored."""
        bits, tolerances, ignores_output = self.flags, self.tolerances, self.ignores_output
        for name, is_on in flags:
            bit = doctest.OPTIONFLAGS_BY_NAME.get(name, 0)
            bits = bits | bit if is_on else bits & ~bit
            tolerance = _OTHER_FLAGS.get(name)
            if name == "IGNORE_OUTPUT":
                ignores_output = is_on
            elif tolerance:
                tolerances = tolerances | {tolerance} if is_on else tolerances - {tolerance}
            if name == "NORMALIZE_WHITESPACE" and not is_on:  # the author wants white space compared
                tolerances -= {Tolerance.WHITE_SPACE}
        return replace(self, flags=bits, tolerances=tolerances, ignores_output=ignores_output)

    @property
    def skips(self) -> bool:
        """Whether a statement is not compared."""
        return bool(self.flags & doctest.SKIP)


def _named(word: str) -> Tolerance:
    try:
        return Tolerance(word.strip().lower().replace("_", "-"))
    except ValueError:
        known = [each.value for each in Tolerance]
        close = suggest(word.lower(), known)
        cure = f"Did you mean {close!r}?" if close else f"Valid values: {', '.join(known)}."
        raise PyrunError(f"there is no tolerance {word!r}. {cure}") from None
