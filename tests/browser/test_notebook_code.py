"""Code that was copied from a session or a notebook runs, or says in one sentence why it does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.packed import PackedSite
from tests.browser.scenarios import Block, Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import Cell, LivePage


def copied(code: str) -> Block:
    """An example that is no Python, of which the build says nothing."""
    return block(code, raises="SyntaxError")


DOCTEST = """
>>> total = 0
>>> for n in (1, 2):
...     total += n
...
>>> total
3
"""
NOTEBOOK = Scenario(
    "notebook",
    {
        "plain": block("print('mine')"),
        "doctest": copied(DOCTEST),
        "ipython": copied("In [1]: x = 2\n\nIn [2]: x * 21\nOut[2]: 42"),
        "annotation": copied("In [1]: 6 * 7"),
        "values": copied(">>> 1 + 1\n2\n>>> x = 2\n>>> 'a' * x\n'aa'\n>>> None\n>>> 1 / 0\nTraceback"),
        "useless": copied("%matplotlib inline\nx = 2\nx * 2"),
        "unknown": copied("%%nosuch\nx"),
        "shell": copied("!git clone x\nprint('went on')"),
        "timing": copied("%%time\nx = 6\nx * 7"),
        "measured": copied("%timeit -n 10 -r 2 sum(range(100))\n%time 5 + 1"),
        "files": copied("%%writefile made.py\nmade = 'by a magic'\nprint('ran')"),
        "run": copied("!ls *.py\n!cat made.py\n%run made.py\nmade"),
        "captured": copied("%%capture kept\nprint('hidden')\n5"),
        "kept": block("kept.stdout"),
        "html": copied("%%html\n<b id='bold'>bold</b>"),
        "assigned": copied("name = 'made'\nfound = !echo {name} $name\nfound"),
        "help": copied("len?"),
        "fails": copied("%matplotlib inline\n\ndef f():\n    return 1 / 0\n\nf()"),
        "wrong": copied("%matplotlib inline\nx = = 1"),
        "quotes": copied("x = 1\nprint(\u201cx\u201d)"),
        "entity": copied("x = 1\nx &lt; 2"),
        "genuine": copied('print("a"'),
        "signs": block("print(7 % 2, f'{1!r}', '>>> !ls %time')"),
        "exported": block(
            "get_ipython().run_line_magic('matplotlib', 'inline')\nget_ipython().system('pwd')"
        ),
        "stopped": copied("%timeit sum(range(10**5)); print('going', flush=True)"),
    },
)
INSTALLING = Scenario(
    "installing",
    {
        "known": copied("!pip install -q numpy\nimport numpy\nint(numpy.arange(5).sum())"),
        "unknown": copied("print(1)\n%pip install humanize\nprint(2)"),
    },
)
DECLARED = Scenario(
    "installing-declared",
    {"numpy": copied("!pip install numpy\nprint('went on')")},
    options={"load-missing": "false"},
)
SCENARIOS = (NOTEBOOK,)


def last_line(cell: Cell, *endings: str) -> str:
    """The last line of the output."""
    return cell.run_to(*(endings or ("done",))).strip().splitlines()[-1]  # type: ignore[arg-type]


def test_sessions_run_without_their_prompts(live: LivePage) -> None:
    assert live.cell("doctest").run_to("done").strip() == "3"
    assert live.cell("ipython").run_to("done").strip() == "42"
    assert live.cell("annotation").run_to("done").strip() == "42"
    text = live.cell("values").run_to("error")
    assert text.split("\n")[:2] == ["2", "'aa'"]
    assert f'File "{live.file_name("values")}", line 7, in <module>\n    1 / 0\n    ~~^~~' in text


def test_commands_without_effect_say_so_and_the_rest_runs(live: LivePage) -> None:
    assert live.cell("useless").run_to("done").split("\n")[:2] == [
        "%matplotlib has no effect here, because figures appear without it. Remove the line.",
        "4",
    ]
    assert live.cell("unknown").run_to("done").strip() == (
        "%%nosuch is a command of IPython that does nothing here. "
        "Write Python instead, or remove the example."
    )
    lines = live.cell("shell").run_to("done").strip().split("\n")
    assert lines[0].startswith("!git does nothing here, because a browser cannot start programs.")
    assert lines[1:] == ["went on"]


def test_times_are_measured_and_printed(live: LivePage) -> None:
    first, value = live.cell("timing").run_to("done").strip().split("\n")
    assert re.fullmatch(r"Wall time: [\d.e+-]+ (ns|µs|ms|s)", first)
    assert value == "42"
    loops, wall, value = live.cell("measured").run_to("done").strip().split("\n")
    assert re.fullmatch(r"\S+ \S+ ± \S+ \S+ per loop \(mean ± std. dev. of 2 runs, 10 loops each\)", loops)
    assert wall.startswith("Wall time: ")
    assert value == "6"


def test_files_are_written_listed_shown_and_run(live: LivePage) -> None:
    assert live.cell("files").run_to("done").split("\n")[0] == "Writing made.py"
    assert live.cell("run").run_to("done").split("\n")[:5] == [
        "made.py",
        "made = 'by a magic'",
        "print('ran')",
        "ran",
        "'by a magic'",
    ]


def test_other_magics_do_what_they_do_in_a_notebook(live: LivePage) -> None:
    assert live.cell("captured").run_to("done").strip() == ""
    assert live.cell("kept").run_to("done").strip() == "'hidden\\n'"
    live.cell("html").run_to("done")
    expect(live.cell("html").output.get_by_text("bold", exact=True)).to_be_visible()
    assert live.cell("assigned").run_to("done").strip() == "['made made']"
    assert "Return the number of items in a container." in live.cell("help").run_to("done")
    assert live.cell("exported").run_to("done").strip().split("\n")[-1] == "/home/pyodide"


def test_errors_keep_their_lines(live: LivePage) -> None:
    text = live.cell("fails").run_to("error")
    name = live.file_name("fails")
    assert f'File "{name}", line 6, in <module>\n    f()' in text
    assert f'File "{name}", line 4, in f\n    return 1 / 0' in text
    text = live.cell("wrong").run_to("error")
    assert f'File "{live.file_name("wrong")}", line 2\n    x = = 1' in text
    assert "SyntaxError: invalid syntax" in text


def test_a_sign_that_python_does_not_know_is_explained(live: LivePage) -> None:
    assert last_line(live.cell("quotes"), "error") == (
        '(\u201c (U+201C) is not a quotation mark of Python. Write " instead.)'
    )
    assert last_line(live.cell("entity"), "error") == (
        "(&lt; is how HTML writes < in a page. Write < instead.)"
    )


def test_genuine_errors_and_genuine_code_are_left_alone(live: LivePage) -> None:
    assert last_line(live.cell("genuine"), "error") == "SyntaxError: '(' was never closed"
    assert live.cell("signs").run_to("done").strip() == "1 1 >>> !ls %time"


def test_a_measurement_can_be_stopped(live: LivePage) -> None:
    cell = live.cell("stopped")
    cell.run()
    expect(cell.output).to_contain_text("going")
    cell.stop()
    cell.wait_for("stopped")
    assert live.cell("plain").run_to("done").strip() == "mine"


def paste(live: LivePage, text: str) -> None:
    """Put a text on the clipboard, and press the keys that paste it."""
    live.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    live.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    live.page.keyboard.press("Control+v")


def code_in(cell: Cell) -> str:
    """The code in the editor."""
    return "\n".join(line.rstrip("\n") for line in cell.editor.locator(".cm-line").all_inner_texts())


def test_a_pasted_session_becomes_its_code_and_undo_brings_it_back(live: LivePage) -> None:
    cell = live.cell("plain")
    cell.edit()
    live.page.keyboard.press("Control+a")
    paste(live, DOCTEST.strip())
    assert code_in(cell) == "total = 0\nfor n in (1, 2):\n    total += n\n\ntotal"
    assert cell.run_to("done").strip() == "3"
    cell.edit()
    live.page.keyboard.press("Control+z")
    assert code_in(cell) == DOCTEST.strip()
    assert cell.run_to("done").strip() == "3"
    cell.edit()
    live.page.keyboard.press("Control+z")
    assert code_in(cell) == "print('mine')"


def test_a_session_is_pasted_with_the_indentation_of_its_place(live: LivePage) -> None:
    cell = live.cell("plain")
    cell.write("")
    live.page.keyboard.type("if True:\n")
    paste(live, "In [1]: a = 1\n\nIn [2]: a\nOut[2]: 1")
    assert code_in(cell) == "if True:\n    a = 1\n\n    a"


def test_pasted_indentation_consists_of_spaces(live: LivePage) -> None:
    cell = live.cell("plain")
    cell.write("")
    paste(live, "if True:\n\u00a0\u00a0print('\u00a0')")
    assert code_in(cell) == "if True:\n  print('\u00a0')"


@pytest.mark.parametrize(
    ("before", "pasted"), [("x = ", ">>> 1"), (">>> x = 1\n", ">>> x\n1"), ("", "x = 1 # >>> 2")]
)
def test_other_text_is_pasted_as_it_is(live: LivePage, before: str, pasted: str) -> None:
    cell = live.cell("plain")
    cell.write(before)
    live.page.keyboard.press("Control+End")
    paste(live, pasted)
    assert code_in(cell) == before + pasted


@pytest.fixture(scope="module")
def installing(make_site: MakeSite, full_pyodide: Path) -> PackedSite:
    """A site that has NumPy, because code installs it, with pages that do not declare it."""
    config = {"suppress_warnings": ["pyrun.undeclared"]}
    plan = Plan("sphinx", [INSTALLING, DECLARED], {"pyodide": str(full_pyodide)}, config=config)
    return PackedSite(make_site("installing", plan))


def test_a_package_of_the_site_is_installed_before_the_code_runs(
    open_page: OpenPage, installing: PackedSite
) -> None:
    live = open_page(INSTALLING, installing.site)
    assert live.cell("known").run_to("done").strip() == "10"
    assert live.cell("unknown").run_to("done").strip().split("\n") == [
        "1",
        (
            "This site does not have the package humanize. "
            "The author of the page can add it to the option 'packages'."
        ),
        "2",
    ]


def test_a_page_that_loads_only_declared_packages_installs_none(
    open_page: OpenPage, installing: PackedSite
) -> None:
    live = open_page(DECLARED, installing.site)
    lines = live.cell("numpy").run_to("done").strip().split("\n")
    assert lines == [
        "This page does not load numpy. The author of the page can add it to the option 'packages'.",
        "went on",
    ]
    assert not [path for path in live.watch.paths() if path.endswith(".whl")]
