"""Whether a text agrees with the documented one, by doctest's checker and then by tolerances."""

import doctest
import re
from collections.abc import Callable, Iterable, Sequence

from pyrun_core.outputs.stable import without_addresses
from pyrun_core.proof.compare import normal_forms, numbers
from pyrun_core.proof.compare.exceptions import RaisedText
from pyrun_core.proof.compare.rules import Rules, Tolerance

__all__ = ["Uses", "agree", "agree_on_exception"]

Uses = tuple[Tolerance, ...]
"""The tolerances without which two texts differ."""

_Texts = tuple[str, str]
_Rung = Callable[[str, str], _Texts]

_MOST_CHARACTERS = 200_000
"""Of an output that is compared by more than doctest. Nobody documents longer ones."""

_CHECKER = doctest.OutputChecker()


def _both(normal_form: Callable[[str], str]) -> _Rung:
    return lambda want, got: (normal_form(want), normal_form(got))


def _numpy(want: str, got: str) -> _Texts:
    return normal_forms.without_types(normal_forms.without_numpy(want), normal_forms.without_numpy(got))


_RUNGS: dict[Tolerance, _Rung] = {
    Tolerance.MAIN: _both(normal_forms.without_main),
    Tolerance.ADDRESSES: _both(without_addresses),
    Tolerance.ERROR_NUMBERS: _both(normal_forms.without_error_numbers),
    Tolerance.HELP_LINKS: _both(normal_forms.without_help_links),
    Tolerance.INTEGERS: _both(normal_forms.with_one_integer),
    Tolerance.NUMPY: _numpy,
    Tolerance.COMMENTS: lambda want, got: (normal_forms.without_comments(want), got),
    Tolerance.QUOTES: _both(normal_forms.with_plain_quotes),
    Tolerance.WHITE_SPACE: _both(normal_forms.without_loose_space),
    Tolerance.WRITING: lambda want, got: (want, numbers.adopt_same(want, got)),
    Tolerance.ORDER: _both(normal_forms.sort_braces),
}
"""In the order of `Tolerance`. The one of close numbers needs to know how close they are."""


def agree(want: str, got: str, rules: Rules) -> Uses | None:
    """The tolerances that a text needs to agree with the documented one. None if it does not agree."""
    if _check(want, got, rules):
        return ()
    if len(got) > _MOST_CHARACTERS:
        return None
    if Tolerance.VARIES in rules.tolerances and normal_forms.is_marked_as_varying(want):
        return (Tolerance.VARIES,)

    def adopt_close(want: str, got: str) -> _Texts:
        return want, numbers.adopt_close(want, got, rules.relative, rules.absolute)

    rungs = {**_RUNGS, Tolerance.NUMBERS: adopt_close}
    tried: list[Tolerance] = []
    texts = want, got
    for tolerance, rung in rungs.items():
        if tolerance not in rules.tolerances:
            continue
        changed = rung(*texts)
        if changed == texts:
            continue
        texts = changed
        tried.append(tolerance)
        if _check(*texts, rules):
            return _needed(want, got, tried, rungs, rules)
    return None


def agree_on_exception(want: RaisedText, got: RaisedText, rules: Rules) -> Uses | None:
    """The same for exceptions, without the frames of their tracebacks."""
    uses = agree(want.text, got.text, rules)
    if uses is not None:
        return uses
    if rules.flags & doctest.IGNORE_EXCEPTION_DETAIL and want.name == got.name:
        return ()
    if Tolerance.CLASS_PATH in rules.tolerances:
        shorter = normal_forms.without_class_path
        uses = agree(shorter(want.text), shorter(got.text), rules)
        if uses is not None:
            return (Tolerance.CLASS_PATH, *uses)
    return None


def _check(want: str, got: str, rules: Rules) -> bool:
    return _CHECKER.check_output(_as_lines(want), _as_lines(got), rules.flags)


def _as_lines(text: str) -> str:
    """As doctest has them: the last line ends too, and a line of white space is empty."""
    text = re.sub(r"^[^\S\n]+$", "", text, flags=re.MULTILINE)
    return text if not text or text.endswith("\n") else f"{text}\n"


def _needed(
    want: str, got: str, tried: Sequence[Tolerance], rungs: dict[Tolerance, _Rung], rules: Rules
) -> Uses:
    """Those of the tolerances without any of which the texts differ."""
    needed = list(tried)
    for tolerance in tried:
        others = [each for each in needed if each is not tolerance]
        if _check(*_climb(want, got, (rungs[each] for each in others)), rules):
            needed = others
    return tuple(needed)


def _climb(want: str, got: str, rungs: Iterable[_Rung]) -> _Texts:
    texts = want, got
    for rung in rungs:
        texts = rung(*texts)
    return texts
