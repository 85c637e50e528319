"""Examples that look right and are not, and what a report says of them in one line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pyrun_core.problems import Location
from pyrun_core.proof.outcomes import CellOutcome, Part
from pyrun_core.proof.verdict import Verdict
from tests.proof_examples import program, session
from tests.unit.test_verdicts import FRAMES, proof_of


def test_a_line_that_is_not_known_is_that_of_the_example() -> None:
    example = session(">>> 1\n2")
    example = replace(example, location=Location("page.md", 12), lines=(Location("page.md", None),))
    (finding,) = proof_of(example).findings
    assert finding.location == Location("page.md", 12)


def test_a_figure_is_not_accepted_instead_of_anything_else() -> None:
    figure = Part(1, "value", "", {"image/png": "iVBORw0="})
    for text in (">>> plot(x)\n3", ">>> plot(x)\nhello"):
        assert proof_of(session(text), CellOutcome("done", (figure,))).verdict is Verdict.FAILING
    printed = CellOutcome("done", (figure, Part(1, "stdout", "printed\n")))
    assert proof_of(session(">>> plot(x)\n<Figure>"), printed).verdict is Verdict.FAILING


def test_a_documented_warning_does_not_hide_what_is_printed() -> None:
    parts = Part(1, "stdout", "printed\n"), Part(1, "stderr", "warning\n")
    assert proof_of(session(">>> f()\nwarning"), CellOutcome("done", parts)).verdict is Verdict.FAILING
    assert proof_of(session(">>> f()\nprinted\nwarning"), CellOutcome("done", parts)).findings == ()


@pytest.mark.parametrize(
    "source",
    [
        "print(1)\n#> 2\nprint(2)\n#> 1",
        "print(1, 2)\n#> 12",
        "print('hello world')\n#> helloworld",
        "print(['a b'])\n#> ['ab']",
        "print(12)\n#> 1\n#> 2",
        "print(['a,]'])\n#> ['a]']",
    ],
)
def test_a_formatter_changes_neither_the_order_nor_the_content_of_what_is_printed(source: str) -> None:
    assert proof_of(program(source)).verdict is Verdict.FAILING


def test_an_output_below_the_announced_exception_never_comes() -> None:
    example = session(">>> 1\n1\n>>> 1 / 0\n>>> 2\n>>> 3\n3", raises="ZeroDivisionError")
    (finding,) = proof_of(example).findings
    assert (finding.reason.name, finding.statement) == ("no-output", "3")


def test_a_warning_does_not_control_the_terminal() -> None:
    for source in ("raise ValueError('\\x1b[2J')", "print('\\x1b[2J')\n#> a"):
        assert "\\x1b[2J" in proof_of(program(source)).message


def test_text_on_standard_error_is_no_exception() -> None:
    text = ">>> import sys; print('ValueError: no', file=sys.stderr)"
    (finding,) = proof_of(session(f"{text}\n{FRAMES}ValueError: no")).findings
    assert finding.reason.name == "no-exception"


def test_a_short_difference_is_in_the_sentence() -> None:
    assert proof_of(session(">>> 1\n2")).message == (
        "It shows `1` instead of `2`. Correct the documented output or the example."
    )
    for text in (">>> print('a\\nb')\nc", f">>> 1\n{'long ' * 20}"):
        assert proof_of(session(text)).message.startswith("Its output differs from the documented output. ")
