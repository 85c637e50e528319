"""Lines of examples that pages fold away: the comments, the lines, and the HTML."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
from bs4 import BeautifulSoup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from pyrun_core.examples.code_file import Code
from pyrun_core.examples.folded_block import fold_block
from pyrun_core.examples.hidden_lines import hide_lines, take_hidden_lines
from pyrun_core.examples.provenance import Provenance
from pyrun_core.live.code import join_code, read_code
from pyrun_core.live.hidden_code import without_comments
from pyrun_core.live.transcript import read_transcript
from pyrun_core.options.choices import LANGUAGES
from pyrun_core.options.declare import Options
from pyrun_core.problems import Location, Problem
from pyrun_core.reader_texts import plural_form

OPTIONS = Options()
HERE = Location("guide.md", 10)
HIDE, SHOW = "# pyrun: hide", "  #pyrun:show "
CODE = 'import os\nprint(os)\n\nlast = """\n1\n"""\n'


class Reports(list[tuple[Problem, str, Location]]):
    """Collects the reports."""

    def __call__(self, problem: Problem, message: str, location: Location) -> None:
        self.append((problem, message, location))


def taken(source: str, **values: tuple[int, ...] | str) -> tuple[Code, dict[str, Any], Provenance, Reports]:
    reports = Reports()
    provenance = Provenance.of_lines("guide.md", 11, source)
    return (*take_hidden_lines(Code(source), values, provenance, reports, HERE), reports)


def test_comments_hide_lines_and_are_no_part_of_the_code() -> None:
    source = f"a\n{HIDE}\nb\nc\n{SHOW}\nd\ne"
    code, values, provenance, reports = taken(source, hide_lines=(7,), emphasize_lines=(1, 4, 6))
    assert code.source == "a\nb\nc\nd\ne"
    assert values == {"hide_lines": (2, 3, 5), "emphasize_lines": (1, 3, 4)}
    assert [location.line for location in provenance.locations()] == [11, 13, 14, 16, 17]
    assert reports == []


def test_code_without_any_of_this_stays_as_it_is() -> None:
    code, values, provenance, reports = taken("a = '# pyrun: '\n# pyrun", name="x")
    assert (code.source, values) == ("a = '# pyrun: '\n# pyrun", {"name": "x"})
    assert (reports, len(list(provenance.locations()))) == ([], 2)


def test_what_looks_like_a_comment_in_a_string_is_text() -> None:
    assert hide_lines(f'x = """\n{HIDE}\n"""\ny = f"""\n{SHOW}\n"""') is None


def test_code_that_is_not_python_can_hide_lines_too() -> None:
    found = hide_lines(f"%%time\n{HIDE}\n'''\n{SHOW}\nx")
    assert found is not None
    assert found.hidden == (2,)


@pytest.mark.parametrize(
    ("source", "line", "part", "hidden"),
    [
        (f"a\n{SHOW}\nb", 12, "has no '# pyrun: hide' above it", ()),
        (f"{HIDE}\na\n{HIDE}\nb\n{SHOW}", 13, "which has no effect", (1, 2)),
        (f"a\n{HIDE}\nb", 12, "nothing ends", (2,)),
    ],
)
def test_wrong_comments_are_reported_where_they_are(
    source: str, line: int, part: str, hidden: tuple[int, ...]
) -> None:
    _, values, _, reports = taken(source)
    ((problem, message, location),) = reports
    assert (problem, location) == (Problem.HIDDEN, Location("guide.md", line))
    assert part in message
    assert values["hide_lines"] == hidden


def test_comments_of_a_session_hide_its_statements() -> None:
    text = f">>> {HIDE}\n>>> import math\n>>> math.pi\n3.14\n>>> # pyrun: show\n>>> 1 + 1\n2"
    found = hide_lines(text, is_session=True)
    assert found is not None
    assert found.pick(text) == ">>> import math\n>>> math.pi\n3.14\n>>> 1 + 1\n2"
    assert found.hidden == (1, 2, 3)
    reports = Reports()
    code = without_comments(read_transcript(text).placed("guide.md", 5), reports, HERE)
    assert code.source == "import math\nmath.pi\n1 + 1"
    assert code.expected == ((2, "3.14"), (3, "2"))
    assert code.hidden == (1, 2)
    assert [location.line for location in code.provenance.locations()] == [6, 7, 10]
    joined = join_code([code, without_comments(read_code(f"{HIDE}\nx = 1\n{SHOW}\ny = 2"), reports, HERE)])
    assert (joined.hidden, reports) == ((1, 2, 5), [])


@pytest.mark.parametrize("options", [{}, {"hl_lines": [2, 3]}, {"linenos": "inline"}, {"linespans": "s"}])
@pytest.mark.parametrize("hidden", [(1,), (2, 3), (4, 5), (6,), (1, 6), (1, 2, 3, 4, 5, 6)])
def test_folded_lines_are_in_a_details_element(options: dict[str, Any], hidden: tuple[int, ...]) -> None:
    block = highlight(CODE, PythonLexer(), HtmlFormatter(**options))
    folded = BeautifulSoup(fold_block(block, hidden, OPTIONS), "html.parser")
    for number in folded.select(".linenos"):
        number.decompose()
    lines = CODE.split("\n")
    assert folded.get_text().rstrip("\n") == CODE.rstrip("\n")
    assert "".join(each.get_text() for each in folded.select("details")) == "".join(
        f"{lines[line - 1]}\n" for line in hidden
    )
    assert all(str(each["aria-label"]).startswith("Show ") for each in folded.select("summary"))


def test_a_column_of_numbers_has_the_same_folds() -> None:
    block = highlight(CODE, PythonLexer(), HtmlFormatter(linenos="table"))
    folded = BeautifulSoup(fold_block(block, (2, 3), OPTIONS), "html.parser")
    numbers = folded.select_one("td.linenos pre")
    assert numbers is not None
    (hidden,) = numbers.select(".pyrun-fold-numbers")
    assert hidden.get_text() == "2\n3\n"
    hidden.decompose()
    assert numbers.get_text().split("\n") == ["1", " ", "4", "5", "6"]


def test_a_block_whose_lines_cannot_be_told_apart_stays_as_it_is() -> None:
    block = "<pre><code><div>a</div><div>b</div></code></pre>"
    assert fold_block(block, (2,), OPTIONS) == block
    assert fold_block("<p>", (1,), OPTIONS) == "<p>"


def test_scripts_that_colour_code_leave_a_block_with_folds_alone() -> None:
    folded = fold_block('<pre><code class="language-python">a\nb\n</code></pre>', (2,), OPTIONS)
    assert folded.startswith('<pre><code class="nohighlight hljs">a\n<details ')


def test_plural_forms_are_those_of_browsers() -> None:
    script = """
    const [languages, numbers] = JSON.parse(process.argv[1]);
    console.log(JSON.stringify(languages.map((language) => {
        const rules = new Intl.PluralRules(language || "en");
        return numbers.map((number) => rules.select(number));
    })));
    """
    numbers = [*range(130), 1001, 1012]
    given = json.dumps([["" if language == "en" else language for language in LANGUAGES], numbers])
    run = subprocess.run(["node", "--eval", script, given], capture_output=True, text=True, check=True)
    for language, forms in zip(LANGUAGES, json.loads(run.stdout), strict=True):
        assert [plural_form(number, language) for number in numbers] == forms, language
