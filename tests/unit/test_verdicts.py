"""The verdicts on examples, and the reasons of those that fail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pyrun_core.problems import Location
from pyrun_core.proof.checked import CheckedExample, CheckedPage, DocumentedOutput, Flag
from pyrun_core.proof.compare.judge import judge_example, judge_page
from pyrun_core.proof.compare.rules import Rules, Tolerance
from pyrun_core.proof.outcomes import CellOutcome, PageJob, PageOutcome, Part
from pyrun_core.proof.verdict import Proof, Verdict
from tests.proof_examples import flag, program, run, session


def proof_of(example: CheckedExample, outcome: CellOutcome | None = None, *tolerate: str) -> Proof:
    """The verdict on an example that runs here, or has this outcome."""
    return judge_example(example, run(example) if outcome is None else outcome, Rules.of(tolerate))


def shown(line: int, text: str, stream: str = "stdout") -> CellOutcome:
    """The outcome of a run in which one statement has shown something."""
    return CellOutcome("done", (Part(line, stream, text),))


def raised(line: int, text: str, **about: str) -> CellOutcome:
    """The outcome of a run that an exception has ended in a line."""
    trace = f'Traceback (most recent call last):\n  File "page.md", line {line}, in <module>\n{text}\n'
    name = text.partition(":")[0].rpartition(".")[2]
    return CellOutcome("error", (Part(line, "traceback", trace),), name, line, **about)


FRAMES = "Traceback (most recent call last):\n    ...\n"

PROVEN = [
    ">>> 1 + 1\n2",
    ">>> print('a')\na\n>>> x = 1\n>>> x\n1",
    ">>> for i in range(2):\n...     print(i)\n...     i\n0\n0\n1\n1",
    ">>> print('a\\n\\nb')\na\n<BLANKLINE>\nb",
    ">>> 1 / 0\nTraceback (most recent call last):\n    ...\nZeroDivisionError: division by zero\n>>> 1\n1",
    f">>> raise ExceptionGroup('two', [ValueError(1)])\n{FRAMES}ExceptionGroup: two (1 sub-exception)",
    (
        ">>> try:\n...     raise KeyError(1)\n... except KeyError:\n...     raise ValueError('no')\n"
        f"{FRAMES}ValueError: no"
    ),
    ">>> if True:\n...     pass\n... # why\n>>> 'a'\n'a'",
    ">>> 1; 2\n1\n2",
    ">>> None",
    ">>> x = 1",
    "In [1]: 1 + 1\nOut[1]: 2",
]


@pytest.mark.parametrize("text", PROVEN)
def test_a_session_is_proven_statement_by_statement(text: str) -> None:
    proof = proof_of(session(text))
    assert proof.findings == ()
    assert (proof.verdict, proof.uses) == (Verdict.PROVEN, ())


FAILING = [
    (">>> 1 + 1\n3", "output"),
    (">>> print('a')", "missing-output"),
    (">>> x = 1\n1", "no-output"),
    (">>> 1\nTraceback (most recent call last):\n    ...\nValueError: no", "no-exception"),
    (">>> int('a')\nTraceback (most recent call last):\n    ...\nValueError: no", "exception-differs"),
    (">>> 1 / 0\nTraceback (most recent call last):\n    ...\nValueError: no", "exception"),
    (">>> 1 / 0\n1", "exception"),
    (">>> np.zeros(1)\narray([0.])", "name"),
    (">>> open('no-such.csv')", "file"),
    (">>> import no_such_module", "module"),
    (">>> raise EOFError('EOF when reading a line')", "input"),
    (">>> {2: 1, 1: 2}\n{1: 2, 2: 1}", "output"),
]


@pytest.mark.parametrize(("text", "name"), FAILING)
def test_a_session_fails_with_its_reason(text: str, name: str) -> None:
    proof = proof_of(session(text))
    assert proof.verdict is Verdict.FAILING
    assert [finding.reason.name for finding in proof.findings] == [name]


def test_a_finding_has_the_statement_in_the_authors_file() -> None:
    text = ">>> 1\n1\n\n>>> (1 +\n...  1)\n3\n>>> 4\n4"
    example = session(text, first=10, file="pkg/code.py")
    (finding,) = proof_of(example).findings
    assert finding.location == Location("pkg/code.py", 13)
    assert (finding.statement, finding.expected, finding.got) == ("(1 +\n 1)", "3", "2")


def test_every_difference_of_a_session_is_found() -> None:
    proof = proof_of(session(">>> 1\n2\n>>> 3\n3\n>>> 4\n5"))
    assert [finding.line for finding in proof.findings] == [1, 3]
    assert proof.message.endswith("(1 more in this example)")


def test_what_follows_an_exception_is_not_reached() -> None:
    proof = proof_of(session(">>> 1\n1\n>>> 1 / 0\n>>> 2\n3\n>>> 4\n5"))
    assert [finding.reason.name for finding in proof.findings] == ["exception"]
    assert proof.unreached == 2
    assert "division by zero" in proof.message


def test_the_uses_of_tolerances_are_reported() -> None:
    example = session(">>> class A: pass\n>>> A\n<class 'A'>\n>>> 1\n1", first=5)
    (use,) = proof_of(example).uses
    assert (use.tolerance, use.location, use.statement) == (Tolerance.MAIN, Location("page.md", 6), "A")


def test_flags_of_statements_count() -> None:
    example = session(">>> [1,  2]\n[1,  2]\n>>> 3\n4\n>>> 'a'\n'b'")
    example = replace(example, flags=(flag(1, "-NORMALIZE_WHITESPACE"), flag(2, "+SKIP"), flag(3, "+SKIP")))
    (finding,) = proof_of(example).findings
    assert finding.line == 1
    detail = session(">>> int('a')\nTraceback (most recent call last):\n    ...\nValueError: no")
    assert proof_of(replace(detail, flags=(flag(1, "+IGNORE_EXCEPTION_DETAIL"),))).findings == ()
    site = replace(detail, default_flags=(Flag("IGNORE_EXCEPTION_DETAIL", is_on=True),))
    assert proof_of(site).findings == ()


def test_output_that_is_not_documented_is_accepted_by_option() -> None:
    example = session(">>> print('a')")
    proof = proof_of(example, None, "missing-output")
    assert [use.tolerance for use in proof.uses] == [Tolerance.MISSING]


def test_warnings_are_ignored_unless_they_are_documented() -> None:
    text = ">>> import warnings\n>>> warnings.warn('old')"
    warning = "page.md:2: UserWarning: old\n  warnings.warn('old')\n"
    assert proof_of(session(text), shown(2, warning, "stderr")).verdict is Verdict.PROVEN
    documented = session(
        f"{text}\n...UserWarning: old\n  warnings.warn('old')".replace("\n...U", "\npage.md:2: U")
    )
    proof = proof_of(documented, shown(2, warning, "stderr"))
    assert [use.tolerance for use in proof.uses] == [Tolerance.STDERR]


def test_a_figure_is_accepted_instead_of_its_description() -> None:
    figure = CellOutcome("done", (Part(1, "value", "", {"image/png": "iVBORw0="}),))
    example = session(">>> plot(x)\n[<matplotlib.lines.Line2D object at 0x7f...>]")
    assert [use.tolerance for use in proof_of(example, figure).uses] == [Tolerance.DISPLAYED]
    table = CellOutcome("done", (Part(1, "value", "", {"text/html": "<table>", "text/plain": "   a\n0  1"}),))
    assert proof_of(session(">>> df\n   a\n0  1"), table).uses == ()
    assert proof_of(session(">>> df\n   a\n0  2"), table).verdict is Verdict.FAILING


def test_an_exception_that_ends_the_run_can_be_announced() -> None:
    assert proof_of(session(">>> 1 / 0", raises="ZeroDivisionError")).findings == ()
    assert proof_of(program("print(1)\n1 / 0", raises="ArithmeticError")).findings == ()
    assert [each.reason.name for each in proof_of(program("1", raises="ValueError")).findings] == [
        "no-exception"
    ]
    assert [each.reason.name for each in proof_of(program("1 / 0", raises="ValueError")).findings] == [
        "exception"
    ]


def test_an_example_that_ends_the_program_fails_unless_that_is_announced() -> None:
    warning = "page.md:1: UserWarning: old\n"
    outcome = CellOutcome("error", (Part(0, "stderr", warning), Part(0, "stderr", "exit status 3\n")))
    (finding,) = proof_of(program("sys.exit(3)"), outcome).findings
    assert (finding.reason.name, finding.reason.sentence) == ("exit", "It ends the program: exit status 3.")
    (finding,) = proof_of(session(">>> sys.exit(3)"), outcome).findings
    assert finding.reason.name == "exit"
    assert proof_of(program("sys.exit(3)", raises="SystemExit"), outcome).findings == ()
    assert proof_of(program("sys.exit(0)", raises="SystemExit"), CellOutcome("done")).findings == ()


def test_code_that_is_not_python_fails_where_that_is() -> None:
    text = "  File \"page.md\", line 2\n    x = (\n        ^\nSyntaxError: '(' was never closed\n"
    outcome = CellOutcome("error", (Part(0, "traceback", text),), "SyntaxError", 2)
    example = CheckedExample("page.md", "1\nx = (\n2", Location("page.md", 1), has_prompts=True)
    (finding,) = proof_of(example, outcome).findings
    assert finding.line == 2
    assert finding.reason.sentence == "It raises SyntaxError: '(' was never closed."
    meant = session(f">>> x = (1,\n...      2]\n{FRAMES}SyntaxError: '(' was never closed")
    assert proof_of(meant, outcome).findings == ()


def test_code_that_is_not_python_on_purpose_is_an_example_by_itself() -> None:
    outputs = tuple(
        DocumentedOutput(line, text, Location("page.md", None))
        for line, text in ((1, "1"), (2, f"{FRAMES}SyntaxError: no"), (3, "3"))
    )
    example = CheckedExample(
        "page.md", "1\n2 +\n3", Location("page.md", 1), outputs=outputs, has_prompts=True
    )
    outcome = CellOutcome("error", (Part(0, "traceback", "SyntaxError: no\n"),), "SyntaxError", 2)
    proof = proof_of(example, outcome)
    assert ([each.reason.name for each in proof.findings], proof.unreached) == (["not-python"], 2)


def test_an_output_below_a_comment_is_of_no_other_statement() -> None:
    proof = proof_of(session(">>> # nothing\n1\n>>> 2\n2"))
    assert [finding.reason.name for finding in proof.findings] == ["no-output"]


def test_code_without_documented_output_must_only_run() -> None:
    assert proof_of(program("print(1)\n2")).verdict is Verdict.PROVEN
    (finding,) = proof_of(program("x = 1\nif x:\n    1 / 0", first=7)).findings
    assert (finding.location, finding.reason.name) == (Location("page.md", 8), "exception")


PRINTED = [
    "print(1)\n#> 1\nprint('a')\n#> a",
    "for i in range(2):\n    print(i)\n    #> 0\n    #> 1",
    "def f():\n    print(2)\n    #> 2\n\nprint(1)\n#> 1\nf()",
    "print(\n    1,\n)\n#> 1",
    "print('')\n#>\nprint('a')\n#> a",
    "print({'a': 1, 'b': [1, 2]})\n\"\"\"\n{\n    'a': 1,\n    'b': [1, 2],\n}\n\"\"\"",
    'print(["it\'s"], {3, 1})\n#> ["it\'s"] {1, 3}',
    "print('1 error\\n    For further information visit https://errors.pydantic.dev/2/v/x')\n#> 1 error",
    "print(1)\nprint(2)\n#> 1\n#> 2",
    'print(\'\')\n#>\nprint([1, 2])\n"""\n[\n    1,\n    2,\n]\n"""',
]


@pytest.mark.parametrize("source", PRINTED)
def test_comments_below_print_are_compared(source: str) -> None:
    assert proof_of(program(source)).findings == ()


def test_a_wrong_comment_below_print_is_found() -> None:
    (finding,) = proof_of(program("print(1)\n#> 1\n\nprint(2)\n#> 3", first=3)).findings
    assert (finding.location.line, finding.expected, finding.got) == (6, "3", "2")
    (finding,) = proof_of(program("print(1)\n#> 1\nprint(2)\n#> 3\nprint(4)", first=3)).findings
    assert finding.location.line == 5


def test_a_test_output_is_compared() -> None:
    assert proof_of(program("print(1)\nprint(2)", "1\n2")).findings == ()
    assert proof_of(program("print(object())", "<object object at 0x7f3c5e>")).findings == ()
    error = "Traceback (most recent call last):\n  ...\nZeroDivisionError: division by zero"
    assert proof_of(program("1 / 0", error)).findings == ()
    (finding,) = proof_of(program("x = 1\nprint(x)", "2", first=5)).findings
    assert (finding.reason.name, finding.statement) == ("output", "x = 1\nprint(x)")
    assert finding.location.line == 10, "that of the output"


def test_skipped_and_lost_examples_are_not_compared() -> None:
    example = session(">>> 1\n2")
    assert judge_example(replace(example, skip="needs a server"), None).why == "needs a server"
    assert judge_example(example, None).verdict is Verdict.SKIPPED
    lost = judge_example(example, CellOutcome("lost", detail="An example that it needs fails."))
    assert (lost.verdict, lost.why) == (Verdict.NOT_CHECKED, "An example that it needs fails.")


@pytest.mark.parametrize(
    ("outcome", "name"),
    [
        (CellOutcome("timeout", (Part(1, "stdout", "1\n"),), line=2, seconds=30.0), "timeout"),
        (CellOutcome("killed", (Part(1, "stdout", "1\n"),), line=2, detail="exit status 3"), "killed"),
        (CellOutcome("stopped", (Part(1, "stdout", "1\n"),), line=2), "stopped"),
    ],
)
def test_a_run_that_does_not_end_fails_where_it_was(outcome: CellOutcome, name: str) -> None:
    example = session(">>> 1\n1\n>>> hang()\n2\n>>> 3\n3", first=1)
    proof = proof_of(example, outcome)
    (finding,) = proof.findings
    assert (finding.reason.name, finding.location.line, proof.unreached) == (name, 3, 2)
    assert [each.reason.name for each in proof_of(program("hang()"), outcome).findings] == [name]
    (finding,) = proof_of(example, replace(outcome, line=None)).findings
    assert finding.location.line == 1
    assert finding.reason.sentence.endswith(" It had reached this statement, or one below.")


BROWSER = [
    (">>> np.arange(3).nbytes\n24", shown(1, "12\n", "value"), "32-bit"),
    (">>> np.prod([2**16, 2**16])\n4294967296", shown(1, "np.int32(0)\n", "value"), "32-bit"),
    (">>> sys.maxsize\n9223372036854775807", shown(1, "2147483647\n", "value"), "32-bit"),
    (">>> a.strides\n(24, 8)", shown(1, "(12, 4)\n", "value"), "32-bit"),
    (
        ">>> df.info()\nmemory usage: 152.0 bytes",
        shown(1, "memory usage: 140.0 bytes\n"),
        "32-bit",
    ),
    (
        ">>> np.array(1) / 0\nRuntimeWarning: divide by zero encountered in divide",
        shown(1, "inf\n", "value"),
        "floating-point",
    ),
    (
        ">>> np.sqrt(-1)\nTraceback (most recent call last):\n ...\nFloatingPointError: invalid value",
        shown(1, "nan\n", "value"),
        "floating-point",
    ),
    (">>> socket.has_ipv6\nTrue", shown(1, "False\n", "value"), "ipv6"),
    (
        ">>> threading.Thread(target=f).start()",
        raised(1, "RuntimeError: can't start new thread\n(A browser has one thread.)"),
        "threads",
    ),
    (
        ">>> subprocess.run(['ls'])",
        raised(
            1,
            "OSError: [Errno 138] no processes.\n(A browser cannot start programs.)",
            explanation="programs",
        ),
        "programs",
    ),
    (
        ">>> ZoneInfo('Europe/Paris')",
        raised(1, "zoneinfo._common.ZoneInfoNotFoundError: 'No time zone found with key Europe/Paris'"),
        "time-zones",
    ),
    (">>> np.array(2**40, dtype='l')", raised(1, "OverflowError: x", explanation="32-bit"), "32-bit"),
]


@pytest.mark.parametrize(("text", "outcome", "name"), BROWSER)
def test_what_a_browser_lacks_is_named(text: str, outcome: CellOutcome, name: str) -> None:
    (finding,) = proof_of(session(text), outcome).findings
    assert finding.reason.name == name
    assert finding.reason.is_of_browser
    assert finding.reason.cure


@pytest.mark.parametrize(
    "outcome",
    [
        raised(1, "ModuleNotFoundError: No module named 'jinja2'", missing="jinja2"),
        raised(1, "ImportError: Missing optional dependency 'jinja2'. DataFrame.style requires jinja2."),
        raised(1, "ImportError: `Import jinja2` failed. Use pip or conda to install the jinja2 package."),
    ],
)
def test_a_missing_package_is_named_with_its_cure(outcome: CellOutcome) -> None:
    (finding,) = proof_of(session(">>> df.style"), outcome).findings
    assert str(finding.reason) == "It needs the package jinja2. Add jinja2 to 'packages'."


def test_a_difference_that_can_be_tolerated_says_so() -> None:
    (finding,) = proof_of(session(">>> {1, 2}\n{2, 1}")).findings
    assert finding.reason.cure == "Correct the documented output, or tolerate 'order'."
    (finding,) = proof_of(session(">>> x = 1\n# It is one")).findings
    assert finding.reason.cure == "Correct the documented output, or tolerate 'comments'."


def test_followers_of_a_failed_example_are_not_blamed() -> None:
    first = session(">>> 1 / 0\n>>> x = 1")
    second = session(">>> x\n1", first=10)
    other = session(">>> x\n1", session="other")
    page = CheckedPage(PageJob("page", ({},) * 3), (first, second, other))
    names: dict[str, object] = {}
    outcome = PageOutcome("page", (run(first, names), run(second, names), run(other, {})))
    verdicts = judge_page(page, outcome)
    assert [each.verdict for each in verdicts] == [Verdict.FAILING, Verdict.NOT_CHECKED, Verdict.FAILING]
    assert verdicts[1].why == (
        "The name 'x' is not defined. The example at page.md:1 fails before it, in the same session."
    )


def test_cut_output_is_named() -> None:
    (finding,) = proof_of(
        session(">>> flood()\nx"), CellOutcome("done", (Part(1, "stdout", "y"),), dropped=5)
    ).findings
    assert finding.reason.name == "output-limit"


def test_an_error_in_the_preamble_is_one_of_the_example() -> None:
    trace = "Traceback (most recent call last):\n  File 'x'\nValueError: no\n"
    outcome = CellOutcome("error", (Part(0, "traceback", trace),), "ValueError")
    (finding,) = proof_of(session(">>> 1\n1\n>>> 2\n2"), outcome).findings
    assert (finding.statement, finding.reason.sentence) == ("", "It raises ValueError: no.")
    (finding,) = proof_of(session(">>> 1\n1", first=5), outcome).findings
    assert (finding.location.line, finding.statement) == (5, "")
