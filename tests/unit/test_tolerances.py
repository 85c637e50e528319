"""Outputs that agree with documented ones, and by which tolerances; and outputs that do not."""

from __future__ import annotations

import pytest

from pyrun_core.examples.provenance import Flag
from pyrun_core.problems import PyrunError
from pyrun_core.proof.compare.exceptions import RaisedText, documented_exception, raised_exception
from pyrun_core.proof.compare.ladder import agree, agree_on_exception
from pyrun_core.proof.compare.rules import DEFAULT_TOLERANCES, Rules, Tolerance

ALL = Rules.of(each.value for each in Tolerance)

AGREE = [
    # doctest alone
    ("1", "1\n", ""),
    ("[1, 2,\n 3]", "[1, 2, 3]\n", ""),
    ("<Foo at 0x...>", "<Foo at 0x1a2b3c>\n", ""),
    ("a\n\nb", "a\n\nb\n", ""),
    ("1", "True\n", ""),
    ("", "", ""),
    # tolerances that are on by default
    ("<class 'Point'>", "<class '__main__.Point'>\n", "main"),
    ("<__main__.Point object at 0x7f3c5e>", "<Point object at 0x12ab>\n", "main addresses"),
    ("<function f at 0x7f0a2c1e>", "<function f at 0x1a08>\n", "addresses"),
    ("<Node 0x7f0a2c1e>", "<Node 0x1a08aa>\n", "addresses"),
    ("[Errno 2] No such file: 'a'", "[Errno 44] No such file: 'a'\n", "error-numbers"),
    ("3.0", "np.float64(3.0)\n", "numpy"),
    ("(1, True, 'a')", "(np.int64(1), np.True_, np.str_('a'))\n", "numpy"),
    ("{'a': 0.5, 'b': nan}", "{'a': np.float64(0.5), 'b': np.float64(nan)}\n", "numpy"),
    (
        "[numpy.datetime64('2002-01-01')]",
        "[np.datetime64('2002-01-01')]\n",
        "numpy",
    ),
    ("array([1., 2.])", "array([1., 2.], dtype=float32)\n", "numpy"),
    ("array([0, ..., 9])", "array([0, ..., 9], shape=(1000,))\n", "numpy"),
    ("array([1, 2])", "array([1, 2], dtype=int64)\n", "integers"),
    ("dtype('int64')", "dtype('int32')\n", "integers"),
    ("array([1, 2], dtype=int64)", "array([1, 2])\n", "integers"),
    ("0    1\ndtype: int64", "0    1\ndtype: int32\n", "integers"),
    ("dtype([('f', '<i8')])", "dtype([('f', '<i4')])\n", "integers"),
    ("[ 1  2]", "[1 2]\n", "white-space"),
    ("array([ 1.,  2.])", "array([1.,2.])\n", "white-space"),
    ("f(a = 1)", "f(a=1)\n", "white-space"),
    ("array([1.0, 2.0])", "array([1., 2.])\n", "number-writing"),
    ("1.e-05", "1e-05\n", "number-writing"),
    ("0.1 + 0.30000000000000004", "0.1 + 0.3\n", "number-writing"),
    ("4.4816890703380645", "4.481689070338065\n", "number-writing"),
    ("-0.0", "0.0\n", "number-writing"),
    ("(1+2.0j)", "(1+2.j)\n", "number-writing"),
    ("array([0.5488135 , 0.7])  # random", "array([0.1, 0.2])\n", "varies"),
    ("(1-2j)", "np.complex128(1-2j)\n", "numpy"),
    ("[2j, 1e-05j]", "[np.complex128(2j), np.complex128(1e-05j)]\n", "numpy"),
    ("array([1.-0.j, 0. -2.j])", "array([1.+0.j, 0. -2.j])\n", "number-writing"),
    ("(1+0j)", "(1.0-1.2e-17j)\n", "number-writing"),
    ("1000000.0050000029", "1000000.0049999999\n", "number-writing"),
    ("array([1, 2])  #uninitialized", "array([0, 0])\n", "varies"),
    ("0.123 # may vary", "0.5\n", "varies"),
    ("[1,\n 2]\n# may vary", "[3, 4]\n", "varies"),
    (
        "1 validation error for Foo\na\n  Field required [type=missing]",
        (
            "1 validation error for Foo\na\n  Field required [type=missing]\n"
            "    For further information visit https://errors.pydantic.dev/2.12/v/missing\n"
        ),
        "help-links",
    ),
    ("array([1, 2.0])", "array([np.int64(1), np.float64(2.)], dtype=object)\n", "numpy number-writing"),
]


@pytest.mark.parametrize(("want", "got", "words"), AGREE)
def test_an_output_agrees_by_default(want: str, got: str, words: str) -> None:
    uses = agree(want, got, Rules())
    assert uses is not None
    assert " ".join(use.value for use in uses) == words


DIFFER = [
    ("1", "2\n"),
    ("1", "1.0\n"),
    ("'a b'", "'ab'\n"),
    ("a b", "ab\n"),
    ("array([1., 2.], dtype=float64)", "array([1., 2.], dtype=float32)\n"),
    ("dtype('float64')", "dtype('float32')\n"),
    ("dtype('int64')", "dtype('int16')\n"),
    ("0xffffff", "0xfffffe\n"),
    ("'0x7f3c5e7d'", "'0x1a2b3c4d'\n"),
    ("0.5", "0.50001\n"),
    ("1.0", "1.1\n"),
    ("(1-2j)", "(1+2j)\n"),
    ("1 - 2", "1 + 2\n"),
    ("0.30000000000001", "0.3\n"),
    ("version 3.14.2", "version 3.14.1\n"),
    ("{1, 2}", "{2, 1}\n"),
    ("{'b': 1, 'a': 2}", "{'a': 2, 'b': 1}\n"),
    ('"a"', "'a'\n"),
    ("1  # the first", "1\n"),
    ("np.float64(1.0)", "np.float64(2.0)\n"),
    ("np.random.seed(1)", "np.random.seed(2)\n"),
    ("x", ""),
    ("", "x\n"),
    ("ValueError", "TypeError\n"),
    ("# Random numbers\n3", "# Random numbers\n4\n"),
    ("1__2", "1__3\n"),
    ("1_", "2_\n"),
    ("9" * 5000, "8" * 5000),
    ("(1e308+1.7e308j)", "(1e300+1.7e308j)\n"),
]


@pytest.mark.parametrize(("want", "got"), DIFFER)
def test_an_output_does_not_agree_by_default(want: str, got: str) -> None:
    assert agree(want, got, Rules()) is None


OPTIONAL = [
    ("{1, 2}", "{2, 1}\n", "order"),
    ("{'b': [1, {3, 2}], 'a': 2}", "{'a': 2, 'b': [1, {2, 3}]}\n", "order"),
    ("Counter({'a': 1, 'b, c': 1})", "Counter({'b, c': 1, 'a': 1})\n", "order"),
    ("frozenset({'}', 'a'})", "frozenset({'a', '}'})\n", "order"),
    ("[\"a\", u'b']", "['a', 'b']\n", "quotes"),
    ("1  # the first", "1\n", "comments"),
    ("0.5", "0.50001\n", "numbers"),
    ("array([1.5, 2.25])", "array([1.50001, 2.25])\n", "numbers"),
    ("a 0.123 b ... c 7.0", "a 0.12301 b anything 5.5 c 7.\n", "numbers"),
    ("0.3334...", "0.33330001\n", "numbers"),
    ("3", "3.0000001\n", "numbers"),
    ("(nan, inf, -inf)", "(nan, inf, -inf)\n", ""),
    ("TtestResult(statistic=1.25, pvalue=0.5)", "TtestResult(statistic=1.2501, pvalue=0.5)\n", "numbers"),
    ("1.5e-10", "3.2e-17\n", "numbers"),
]


@pytest.mark.parametrize(("want", "got", "words"), OPTIONAL)
def test_an_output_agrees_by_option(want: str, got: str, words: str) -> None:
    uses = agree(want, got, ALL)
    assert uses is not None
    assert " ".join(use.value for use in uses) == words


NEVER = [
    ("3", "4\n"),
    ("1000000", "1000001\n"),
    ("0.5", "0.6\n"),
    ("0.5 0.6", "0.5\n"),
    ("a 0.5", "b 0.5\n"),
    ("0.5 ... 0.7", "0.5 x 0.8\n"),
    ("{1, 2}", "{1, 3}\n"),
    ("{1: 2}", "{2: 1}\n"),
    ("[1, 2]", "[2, 1]\n"),
    ("nan", "1.0\n"),
    ("1__2", "1__3\n"),
    ("9" * 5000, "8" * 5000),
]


@pytest.mark.parametrize(("want", "got"), NEVER)
def test_an_output_agrees_with_no_option(want: str, got: str) -> None:
    assert agree(want, got, ALL) is None


@pytest.mark.parametrize(
    "got", [" " * 10**6 + "x", "{" * 10**5, "np.int64(" * 10**4, "'" * 10**5, "[1.5] " * 10**5]
)
def test_any_output_can_be_compared(got: str) -> None:
    assert agree("{1: [0.5, '...']}", got, ALL) is None


def test_numbers_may_be_as_far_apart_as_the_author_says() -> None:
    assert agree("1.0", "1.05\n", Rules.of(["numbers"])) is None
    assert agree("1.0", "1.05\n", Rules.of(["numbers"], relative=0.1)) == (Tolerance.NUMBERS,)
    assert agree("0.0", "0.05\n", Rules.of(["numbers"], relative=0.1)) is None
    assert agree("0.0", "0.05\n", Rules.of(["numbers"], absolute=0.1)) == (Tolerance.NUMBERS,)


def test_tolerances_are_added_and_removed_by_name() -> None:
    rules = Rules.of(["set_order".removeprefix("set_"), "Numbers"], refuse=["addresses"])
    assert rules.tolerances == (DEFAULT_TOLERANCES | {Tolerance.ORDER, Tolerance.NUMBERS}) - {
        Tolerance.ADDRESSES
    }
    with pytest.raises(PyrunError, match=r"there is no tolerance 'adresses'\. Did you mean 'addresses'"):
        Rules.of(["adresses"])


def test_flags_of_a_statement_count() -> None:
    strict = Rules().with_flags([Flag("ELLIPSIS", is_on=False), Flag("NORMALIZE_WHITESPACE", is_on=False)])
    assert agree("a...", "abc\n", strict) is None
    assert agree("[1,  2]", "[1, 2]\n", strict) is None
    assert Rules().with_flags([Flag("SKIP", is_on=True)]).skips
    one = Rules().with_flags([Flag("DONT_ACCEPT_TRUE_FOR_1", is_on=True)])
    assert agree("1", "True\n", one) is None


def test_flags_of_plugins_of_pytest_count() -> None:
    assert agree("0.3333", "0.33333\n", Rules().with_flags([Flag("NUMBER", is_on=True)])) is not None
    assert agree("0.3333", "0.33333\n", Rules().with_flags([Flag("FLOAT_CMP", is_on=True)])) is not None
    assert agree("u'a'", "'a'\n", Rules().with_flags([Flag("ALLOW_UNICODE", is_on=True)])) is not None
    assert Rules().with_flags([Flag("IGNORE_OUTPUT", is_on=True)]).ignores_output
    assert Rules().with_flags([Flag("NO_SUCH_FLAG", is_on=True)]) == Rules()


TRACEBACKS = {
    "Traceback (most recent call last):\n"
    '  File "example", line 1, in <module>\n    f()\nValueError: no\n': "ValueError: no",
    'Traceback (most recent call last):\n  File "a", line 1\nKeyError: 1\n\n'
    "During handling of the above exception, another exception occurred:\n\n"
    'Traceback (most recent call last):\n  File "a", line 3\npkg.mod.Error: two\nlines\n': (
        "pkg.mod.Error: two\nlines"
    ),
    '  File "a", line 1\n    1 +\n       ^\nSyntaxError: invalid syntax\n': "SyntaxError: invalid syntax",
    "Traceback (most recent call last):\n"
    '  File "a", line 1, in <module>\n  [Previous line repeated 9 more times]\nRecursionError\n': (
        "RecursionError"
    ),
    "  + Exception Group Traceback (most recent call last):\n"
    '  |   File "a", line 1, in <module>\n  | ExceptionGroup: two (1 sub-exception)\n'
    "  +-+---------------- 1 ----------------\n    | ValueError: 1\n    +---\n": (
        "ExceptionGroup: two (1 sub-exception)"
    ),
}


@pytest.mark.parametrize("text", TRACEBACKS)
def test_the_last_exception_of_a_traceback_is_found(text: str) -> None:
    raised = raised_exception(text)
    assert raised is not None
    assert raised.text == TRACEBACKS[text]


def test_the_note_of_the_registry_is_apart_from_the_message() -> None:
    text = (
        "Traceback (most recent call last):\n  File 'a', line 1\nRuntimeError: can't start new thread\n"
        "(A browser runs Python in one thread. Call the function directly, or use asyncio.)\n"
    )
    raised = raised_exception(text)
    assert raised == RaisedText(
        "RuntimeError: can't start new thread",
        "A browser runs Python in one thread. Call the function directly, or use asyncio.",
    )
    assert (raised.name, raised.message) == ("RuntimeError", "can't start new thread")


def test_an_exception_in_a_documented_output_is_found_as_doctest_does() -> None:
    frames = "Traceback (most recent call last):\n    ...\nValueError: no\n  more"
    assert documented_exception(frames) == RaisedText("ValueError: no\n  more")
    assert documented_exception("Traceback (innermost last):\n  x\nb.Error") == RaisedText("b.Error")
    ipython = "ZeroDivisionError    Traceback (most recent call last)\n-> 1 1/0\n\nZeroDivisionError: no"
    assert documented_exception(ipython) == RaisedText("ZeroDivisionError: no")
    assert documented_exception("It says: Traceback (most recent call last):") is None


@pytest.mark.parametrize(
    ("want", "got", "words"),
    [
        ("ValueError: no", "ValueError: no", ""),
        ("ValueError: ...", "ValueError: anything", ""),
        ("pkg.Error: no", "pkg.mod.Error: no", "class-path"),
        ("Error: no", "pkg.mod.Error: no", "class-path"),
        ("Error: <a at 0x12>", "pkg.Error: <a at 0x34>", "class-path addresses"),
        ("ValueError: no", "ValueError: yes", None),
        ("ValueError", "TypeError", None),
    ],
)
def test_exceptions_are_compared(want: str, got: str, words: str | None) -> None:
    uses = agree_on_exception(RaisedText(want), RaisedText(got), Rules())
    assert (None if uses is None else " ".join(use.value for use in uses)) == words


def test_details_of_exceptions_are_ignored_by_flag() -> None:
    rules = Rules().with_flags([Flag("IGNORE_EXCEPTION_DETAIL", is_on=True)])
    assert agree_on_exception(RaisedText("a.Error: no"), RaisedText("b.Error: yes"), rules) == ()
    assert agree_on_exception(RaisedText("a.Error: no"), RaisedText("b.Other: no"), rules) is None
