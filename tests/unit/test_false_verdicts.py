"""Examples that look right and are not, and what a report says of them in one line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pyrun_core.problems import Location
from pyrun_core.proof.checked import CheckedPage
from pyrun_core.proof.compare.judge import judge_example, judge_page
from pyrun_core.proof.compare.rules import Rules
from pyrun_core.proof.outcomes import CellOutcome, PageJob, PageOutcome, Part
from pyrun_core.proof.verdict import Verdict
from tests.proof_examples import program, run, session
from tests.unit.test_verdicts import FRAMES, proof_of, raised, shown


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


def test_examples_that_use_what_a_failed_one_did_not_set_are_not_blamed() -> None:
    examples = [
        session(">>> x, other = 1, 2"),
        session(">>> x = 0 if 1 / 0 else 1", first=10),
        session(">>> x\n2", first=20),
        session(">>> other\n3", first=30),
        session(">>> x = 3", first=40),
        session(">>> x\n4", first=50),
    ]
    names: dict[str, object] = {}
    outcome = PageOutcome("page", tuple(run(each, names) for each in examples))
    verdicts = judge_page(CheckedPage(PageJob("page", ({},) * 6), tuple(examples)), outcome)
    assert [each.example.location.line for each in verdicts if each.verdict is Verdict.FAILING] == [
        10,
        30,
        50,
    ]
    assert [each.why for each in verdicts if each.verdict is Verdict.NOT_CHECKED] == [
        "It uses 'x'. The example at page.md:10, in the same session, fails before it has set it."
    ]


def test_a_module_that_a_library_misses_is_named_with_its_cure() -> None:
    trace = "ModuleNotFoundError: No module named 'pydantic'\n\nTraceback (most recent call last):\n"
    outcome = raised(1, "ImportError: run `pip install x[all]`\n(This page.)", explanation="unknown-module")
    outcome = replace(outcome, parts=(Part(1, "traceback", trace + outcome.parts[0].text),))
    (finding,) = proof_of(session(">>> is_url(1)"), outcome).findings
    assert (finding.reason.name, finding.reason.is_of_browser) == ("module", False)
    assert finding.reason.cure.startswith("Add the package that provides pydantic to 'packages'.")


@pytest.mark.parametrize(
    ("statement", "value", "verdict"),
    [
        ("plt.plot(x)", "[<matplotlib.lines.Line2D object at 0x7f>]", Verdict.PROVEN),
        ("axs[0, 1].set_xlim(0, 1)", "(0.0, 1.0)", Verdict.PROVEN),
        ("draw(x)", "Text(0.5, 1.0, 'title')", Verdict.PROVEN),
        ("axis(x)", "(0.0, 1.0)", Verdict.FAILING),
        ("plt", "<module 'plt'>", Verdict.FAILING),
    ],
)
def test_what_plots_return_needs_no_documented_output(statement: str, value: str, verdict: Verdict) -> None:
    assert proof_of(session(f">>> {statement}"), shown(1, f"{value}\n", "value")).verdict is verdict


def test_what_plots_return_need_not_be_shown() -> None:
    for text in (">>> plt.plot(x)\n[<matplotlib.lines.Line2D object at 0x7f>]", ">>> f()\nText(0, 1, 'a')"):
        assert proof_of(session(text), CellOutcome("done")).verdict is Verdict.PROVEN
    assert proof_of(session(">>> plt.xlim()\n(0.0, 1.0)"), CellOutcome("done")).verdict is Verdict.FAILING


@pytest.mark.parametrize(
    "documented",
    [
        "Traceback (most recent call last):\n ...\nnumpy.linalg.LinAlgError: Singular matrix",
        "Floating point error (divide by zero), with flag 1\narray([nan])",
    ],
)
def test_floating_point_exceptions_that_numpy_reports_otherwise_are_named(documented: str) -> None:
    (finding,) = proof_of(session(f">>> f()\n{documented}"), shown(1, "array([nan])\n", "value")).findings
    assert finding.reason.name == "floating-point"


def test_what_a_browser_lacks_is_no_reason_elsewhere() -> None:
    example, outcome = session(">>> a.strides\n(24, 8)"), shown(1, "(12, 4)\n", "value")
    (finding,) = judge_example(example, outcome, Rules(in_browser=False)).findings
    assert (finding.reason.name, finding.reason.is_of_browser) == ("output", False)
