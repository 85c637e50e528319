"""The reports of a check, from verdicts on examples that have run here."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup

from pyrun_core.problems import Location
from pyrun_core.proof.compare.judge import judge_example
from pyrun_core.proof.outcomes import CellOutcome, Part, Started
from pyrun_core.proof.report.annotations import github_annotations, gitlab_report
from pyrun_core.proof.report.badge import badge
from pyrun_core.proof.report.differences import diff_lines
from pyrun_core.proof.report.junit import junit
from pyrun_core.proof.report.machine import json_report
from pyrun_core.proof.report.not_live import NotLive
from pyrun_core.proof.report.page import html_report
from pyrun_core.proof.report.progress import Progress
from pyrun_core.proof.report.terminal import PLAIN, Style, defuse, wants_colours
from pyrun_core.proof.report.text import describe_proof, text_report
from pyrun_core.proof.report.totals import Totals, describe_totals
from tests.proof_examples import program, run, session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyrun_core.proof.verdict import Proof

HOSTILE = "</script><script>alert(1)</script>\x1b[2J\x00\n::error::taken\n##[error]taken\n]]>"


def proofs() -> list[Proof]:
    """One of each kind, and one with an output that would like to be more than text."""
    wrong = session(">>> print('a\\nb')\na\nc", first=10, file="guide.md", name="letters")
    tolerant = session(">>> class A: pass\n>>> A\n<class 'A'>", first=20, file="guide.md")
    skipped = program("serve()", first=30, skip="needs a server")
    lost = program("x", first=40)
    hostile = session(">>> text()\nx", first=50)
    return [
        judge_example(wrong, run(wrong)),
        judge_example(tolerant, run(tolerant)),
        judge_example(skipped, None),
        judge_example(lost, CellOutcome("lost", detail="An example above fails.")),
        judge_example(hostile, CellOutcome("done", (Part(1, "stdout", HOSTILE),), seconds=0.25)),
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_text_says_where_and_why_with_the_difference_and_the_cure() -> None:
    assert describe_proof(proofs()[0]) == (
        "guide.md:10: output: Its output differs from the documented output.\n"
        "  | >>> print('a\\nb')\n"
        "  |  a\n"
        "  | -c\n"
        "  | +b\n"
        "  Correct the documented output or the example."
    )


def test_the_last_line_of_the_text_has_the_totals() -> None:
    found = proofs()
    totals = Totals.of(found, found=7, cached=2)
    report = text_report(found, totals, seconds=1.25)
    assert report.splitlines()[-1] == (
        "5 live examples of 7 found: 1 proven (1 by tolerances), 2 failing, 1 not checked, 1 skipped "
        "(in 1.2 s, 2 from the cache)"
    )
    assert "Statements that need tolerances: main 1" in report
    verbose = text_report(found, totals, is_verbose=True)
    assert "guide.md:21: tolerates main" in verbose
    assert "page.md:30: skipped: needs a server" in verbose


def test_without_examples_the_totals_say_so() -> None:
    assert describe_totals(Totals.of([])) == "There are no live examples to check."
    assert describe_totals(Totals.of(proofs()[1:2])) == "1 live example: 1 proven (1 by tolerances)"


def test_no_output_controls_the_terminal_or_the_service_that_shows_the_log() -> None:
    report = text_report(proofs(), Totals.of(proofs()))
    assert "\x1b" not in report
    assert "\x00" not in report
    assert "##[" not in report
    assert not [line for line in report.splitlines() if line.lstrip().startswith("::")]
    assert "  | +::error::taken" in report
    assert defuse("a\tb\nc\u202e##vso[task]") == "a\tb\nc\\u202e# #vso[task]"


@pytest.mark.parametrize(
    ("environment", "is_coloured"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_a_terminal_has_colours_unless_the_environment_says_otherwise(
    environment: Mapping[str, str], *, is_coloured: bool
) -> None:
    assert wants_colours(Terminal(), environment) is is_coloured


def test_a_file_has_colours_only_by_force() -> None:
    assert not wants_colours(io.StringIO(), {})
    assert wants_colours(io.StringIO(), {"FORCE_COLOR": "1"})


def test_colours_mark_the_difference() -> None:
    lines = describe_proof(proofs()[0], Style(is_coloured=True)).splitlines()
    assert "  | \x1b[31m-c\x1b[0m" in lines
    assert "  | \x1b[32m+b\x1b[0m" in lines


def test_a_difference_of_long_texts_is_cut() -> None:
    lines = list(diff_lines("a", "\n".join(map(str, range(10**5)))))
    assert len(lines) < 300
    assert lines[-1].marked == "... 99,800 more lines"
    assert max(len(line.text) for line in diff_lines("a" * 10**6, "b")) < 3000


def test_a_difference_far_below_is_shown() -> None:
    same = "\n".join(map(str, range(1000)))
    assert [line.marked for line in diff_lines(f"{same}\na", f"{same}\nb")][-2:] == ["-a", "+b"]
    long = "x" * 10**5
    assert [line.kind for line in diff_lines(f"{long}a", f"{long}b")] == ["expected", "got"]


def test_a_long_line_of_an_example_that_fails_is_cut() -> None:
    long = "x" * 10**5
    for source in (
        f"print('{long}')\n1 / 0",
        f"raise ValueError('{long}')",
        f"import sys; sys.exit('{long}')",
    ):
        example = program(source)
        proof = judge_example(example, run(example))
        assert len(proof.message) < 1000
        assert len(describe_proof(proof)) < 10_000


def test_lines_that_look_like_a_header_of_a_diff_are_shown() -> None:
    assert [line.marked for line in diff_lines("-- x", "++ y")] == ["--- x", "+++ y"]


def test_junit_has_a_suite_for_each_page_and_a_case_for_each_example() -> None:
    suites = ET.fromstring(junit(proofs()))  # noqa: S314 - made here
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in suites] == [
        ("guide.md", "2", "1"),
        ("page.md", "3", "1"),
    ]
    first = suites[0][0]
    assert (first.get("name"), first.get("file"), first.get("line")) == ("letters", "guide.md", "10")
    failure = first.find("failure")
    assert failure is not None
    assert failure.get("type") == "output"
    assert "+b" in (failure.text or "")
    assert [case.get("message") for case in suites.iter("skipped")] == [
        "needs a server",
        "An example above fails.",
    ]


def test_github_gets_a_command_for_each_finding() -> None:
    first, hostile = github_annotations(proofs(), Path("/project")).splitlines()
    assert first == (
        "::error file=guide.md,line=10,title=pyrun%3A output::Its output differs from the documented output. "
        "Correct the documented output or the example.%0A a%0A-c%0A+b"
    )
    assert hostile.startswith("::error file=page.md,line=50,")


def test_paths_of_annotations_are_relative_to_the_repository() -> None:
    proof = proofs()[0]
    example = replace(proof.example, lines=(Location("/project/docs/a,b.md", 3),))
    moved = judge_example(example, run(example))
    assert github_annotations([moved], Path("/project")).startswith("::error file=docs/a%2Cb.md,line=3,")


def test_paths_of_annotations_do_not_depend_on_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert github_annotations(proofs(), tmp_path / "docs").startswith("::error file=docs/guide.md,")
    (issue, *_) = json.loads(gitlab_report(proofs(), tmp_path / "docs"))
    assert issue["location"]["path"] == "docs/guide.md"


def test_gitlab_recognizes_a_finding_that_has_moved() -> None:
    root = Path("/project")
    (one, *_), (other, *_) = (
        json.loads(gitlab_report([judge_example(example, run(example))], root))
        for example in (session(">>> 1\n2", first=1), session(">>> 1\n2", first=9))
    )
    assert one["fingerprint"] == other["fingerprint"]
    assert other["location"] == {"path": "page.md", "lines": {"begin": 9}}
    twice = session(">>> 1\n2\n>>> 1\n2")
    issues = json.loads(gitlab_report([judge_example(twice, run(twice))], root))
    assert len({issue["fingerprint"] for issue in issues}) == 2


def test_json_has_everything() -> None:
    found = proofs()
    report = json.loads(json_report(found, Totals.of(found, found=6), Started("3.14.0", "314.0.7")))
    assert report["runtime"] == {"python": "3.14.0", "pyodide": "314.0.7"}
    assert report["totals"]["found"] == 6
    assert report["totals"]["reasons"] == {"output": 2}
    assert [example["verdict"] for example in report["examples"]] == [
        "failing",
        "proven",
        "skipped",
        "not checked",
        "failing",
    ]
    (finding,) = report["examples"][0]["findings"]
    assert (finding["line"], finding["expected"], finding["got"]) == (10, "a\nc", "a\nb")
    (use,) = report["examples"][1]["tolerances"]
    assert (use["tolerance"], use["line"]) == ("main", 21)


def test_the_page_shows_what_fails_and_is_only_text() -> None:
    found = proofs()
    page = html_report(
        found,
        Totals.of(found, found=6),
        site="<Project>",
        started=Started("3.14.0", "314.0.7"),
        not_live=[NotLive(Location("guide.md", 3), "It imports tkinter.")],
    )
    soup = BeautifulSoup(page, "html.parser")
    assert soup.h1 is not None
    assert soup.h1.get_text() == "Live examples of <Project>"
    assert soup.find("script") is None
    assert [heading.get_text() for heading in soup.find_all("h2")] == [
        "Why examples fail",
        "Failing",
        "Not checked",
        "Skipped",
        "Not live",
        "Tolerances",
        "Statements that need a tolerance",
    ]
    assert soup.select("article span.got")[0].get_text() == "+b"
    assert "They ran in Python 3.14.0 of Pyodide 314.0.7." in page
    assert "It imports tkinter." in page
    assert page.startswith("<!DOCTYPE html>\n<html lang=")


@pytest.mark.parametrize(
    ("kept", "text"),
    [
        (slice(0), "none"),
        (slice(0, 1), "1 of 1 failing"),
        (slice(1, 2), "1 proven"),
        (slice(3, 4), "1 of 1 not checked"),
    ],
)
def test_a_badge_says_how_many_examples_are_proven(kept: slice, text: str) -> None:
    image = ET.fromstring(badge(Totals.of(proofs()[kept])))  # noqa: S314 - made here
    assert image.get("aria-label") == f"live examples: {text}"
    assert "".join(image.itertext()).endswith(text)


def test_a_terminal_shows_progress_and_nothing_is_left_of_it() -> None:
    terminal = Terminal()
    with Progress(terminal, 2, PLAIN) as progress:
        progress.advance("index")
        progress.write("a line\n")
        progress.advance("guide", failing=1)
    shown = terminal.getvalue()
    assert "] 1/2 pages  index" in shown
    assert "a line\n" in shown
    assert "] 2/2 pages, 1 failing  guide" in shown
    assert shown.endswith("\r\x1b[K")


def test_a_page_that_is_checked_again_is_not_one_more() -> None:
    terminal = Terminal()
    with Progress(terminal, 1) as progress:
        for _ in range(2):
            progress.advance("guide")
    assert "2/1" not in terminal.getvalue()


def test_a_file_shows_no_progress() -> None:
    log = io.StringIO()
    with Progress(log, 2) as progress:
        progress.advance("index")
        progress.write("a line\n")
    assert log.getvalue() == "a line\n"
