"""Code that is not Python: what it means, and what an author is told."""

from __future__ import annotations

import ast
import importlib
import re
import sys
from typing import TYPE_CHECKING

import pytest

from pyrun_core.examples.code_file import Code
from pyrun_core.examples.imports import find_imports
from pyrun_core.examples.syntax import NEWEST_PYTHON, check_syntax, is_of_newer_python
from pyrun_core.problems import Location, Problem
from pyrun_core.pyodide.lock import read_lock_file
from pyrun_syntax.magics import CELL_MAGICS, LINE_MAGICS, installed
from pyrun_syntax.magics import COMMANDS as COMMANDS_OF_A_SHELL
from pyrun_syntax.notebook import find_error, understand
from pyrun_syntax.oddities import explain
from pyrun_syntax.prompts import without_prompts

if TYPE_CHECKING:
    from pathlib import Path

DOCTEST = ">>> total = 0\n>>> for n in (1, 2):\n...     total += n\n...\n>>> total\n3\n"


def messages(source: str, raises: str = "", file: str = "", line: int | None = None) -> list[str]:
    """What an author is told about an example."""
    found: list[str] = []

    def report(problem: Problem, message: str, location: Location) -> None:
        assert problem is Problem.SYNTAX
        found.append(f"{location}: {message}")

    is_python = check_syntax(Code(source, file, line), raises, report, Location("page.md", 7))
    assert not (is_python and found)
    return found


SESSIONS = {
    "a doctest": (DOCTEST, "total = 0\nfor n in (1, 2):\n    total += n\n\ntotal\n\n"),
    "an indented one": ("  >>> 1 + 1\n  2\n", "1 + 1\n\n"),
    "text between": (">>> a = 1\n\nThen:\n\n>>> a\n1", "a = 1\n\n\n\na\n"),
    "code before it": ("import math\n\n>>> math.pi\n3.14", "import math\n\nmath.pi\n"),
    "a traceback": (
        ">>> 1 / 0\nTraceback (most recent call last):\n    ...\nZeroDivisionError: x",
        "1 / 0\n\n\n",
    ),
    "left out output": (">>> f()  # doctest: +ELLIPSIS\n...\n>>> g()", "f()  # doctest: +ELLIPSIS\n\ng()"),
    "a prompt without a space": (">>>\n>>> 1", "\n1"),
    "IPython": (
        "In [1]: def f():\n   ...:     return 1\n   ...: \n\nIn [2]: f()\nOut[2]: 1\n",
        "def f():\n    return 1\n\n\nf()\n\n",
    ),
    "cells of a notebook": ("In [3]:\nx = 1\nx\n\nOut[3]:\n1\n", "\nx = 1\nx\n\n\n\n"),
    "a cell that has not run": ("In [ ]: 1", "1"),
}


@pytest.mark.parametrize(("session", "code"), SESSIONS.values(), ids=SESSIONS)
def test_a_session_becomes_its_code_line_by_line(session: str, code: str) -> None:
    assert without_prompts(session) == code
    understood = understand(session)
    assert understood is not None
    assert understood.code == code
    assert understood.error is None


COMMANDS = {
    "%matplotlib inline\nx = 2": "get_ipython().run_line_magic('matplotlib', 'inline')\nx = 2",
    "for x in y:\n    %time f(x)": "for x in y:\n    get_ipython().run_line_magic('time', 'f(x)')",
    "files = !ls *.csv": "files = get_ipython().getoutput('ls *.csv')",
    "here = %pwd": "here = get_ipython().run_line_magic('pwd', '')",
    "!echo it's (\nx = 1": 'get_ipython().system("echo it\'s (")\nx = 1',
    "print?\n?len\nlist.sort??": "help(print)\nhelp(len)\nhelp(list.sort)",
    "!pip install a \\\n  b\nx": "get_ipython().run_line_magic('pip', 'install a b')\n\nx",
    "pip install numpy": "get_ipython().run_line_magic('pip', 'install numpy')",
    "!python3 -m pip install numpy": "get_ipython().run_line_magic('pip', 'install numpy')",
    "%%time\nx = 1": "\nx = 1",
    "%%html\n<b>\n</b>": "get_ipython().run_cell_magic('html', '', '<b>\\n</b>\\n')\n\n",
    "    x = 1\n    y = 2": "x = 1\ny = 2",
    "In [1]: %timeit 1\nOut[1]: 2": "get_ipython().run_line_magic('timeit', '1')\n",
}


@pytest.mark.parametrize(("notebook", "code"), COMMANDS.items())
def test_commands_become_calls_in_the_same_lines(notebook: str, code: str) -> None:
    understood = understand(notebook)
    assert understood is not None
    assert understood.code == code
    assert understood.error is None


@pytest.mark.parametrize(
    "source",
    [
        'print("a"',
        "x = (7\n% 2)\ny y",
        "x = (7\n%b)\nprint('a'",
        "x = '''\n%time\n!ls\n>>> 1",
        "a = b ? c : d",
        "x\n5 x",
    ],
)
def test_what_looks_like_a_command_inside_of_code_is_none(source: str) -> None:
    understood = understand(source)
    assert understood is None or understood.error is not None
    error = find_error(source)
    assert error is not None
    assert explain(error) is None


def test_an_error_beside_commands_keeps_its_line() -> None:
    understood = understand("%matplotlib inline\n!ls\nx = = 1")
    assert understood is not None
    assert understood.error is not None
    assert understood.error.lineno == 3


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ("install numpy 'pandas>=2' -q", ("numpy", "pandas")),
        ("install -U scikit-learn[all]==1.5  # newest", ("scikit-learn",)),
        ("install -c conda-forge -y xarray=2024.1", ("xarray",)),
        ("install -r requirements.txt --index-url https://example.org/simple", ()),
        ("install git+https://example.org/a.git ./b.whl", ()),
        ("install a && pip install b", ("a",)),
        ('install "a', ("a",)),
        ("list", ()),
    ],
)
def test_the_packages_that_a_command_installs(arguments: str, names: tuple[str, ...]) -> None:
    assert installed(arguments) == names


def test_installed_packages_and_imports_of_notebooks_count_for_auto() -> None:
    source = "%matplotlib inline\nimport numpy\n!pip install scikit-learn\n!pip install numpy"
    assert {each.module: each.line for each in find_imports(source)} == {"scikit-learn": 3, "numpy": 2}
    assert [each.module for each in find_imports("import a\n!pip install b")] == ["b", "a"]
    assert [each.module for each in find_imports(">>> import a\n>>> a.b\n3")] == ["a"]
    assert find_imports("%pip list\nx = 'install'") == ()


TOLD = {
    DOCTEST: "line 1 of the example is not Python. It begins with the prompt '>>>'. "
    "Remove the prompts and the output",
    "x = 1\nIn [1]: x": "line 2 of the example is not Python. It begins with the prompt 'In [1]:'. ",
    "%matplotlib inline\nx": "line 1 of the example is not Python. %matplotlib has no effect here, "
    "because figures appear without it. Remove the line",
    "x = 1\n!pip install humanize": "line 2 of the example is not Python. It installs humanize. "
    "Remove the line, and add humanize to the option 'packages'",
    "!git clone x": "line 1 of the example is not Python. !git does nothing here, because a browser cannot "
    "start programs. Write Python instead, or remove the line",
    "%%bash\nls": "line 1 of the example is not Python. %%bash does nothing here",
    "%nosuch": "line 1 of the example is not Python. %nosuch is a command of IPython that does nothing here",
    "!wget https://example.org/a.csv": "Name the file in the option 'files', or use urllib.request",
    "print(“hi”)": '“ (U+201C) is not a quotation mark of Python. Write " instead',
    "x = ‘a’": "‘ (U+2018) is not a quotation mark of Python. Write ' instead",
    's = "a”': '” (U+201D) is not a quotation mark of Python. Write " instead',
    "x = 3 − 1": "− (U+2212) is not a sign of Python. Write - instead",
    "x = 3 – 1": "– (U+2013) is not a sign of Python. Write - instead",
    "f(…)": "… (U+2026) is not a sign of Python. Write ... instead",
    "print（1）": "（ (U+FF08) is not a sign of Python. Write ( instead",
    "x\u00a0= 1": "The character U+00A0 only looks like a space. Write a space instead",
    "def f():\n\u3000return 1": "line 2 of the example is not Python. The character U+3000 only looks like",
    "x\u200b = 1": "The character U+200B is invisible. Delete it, or type the line again",
    "if a &gt; b:\n    c": "&gt; is how HTML writes > in a page. Write > instead",
    "x = 1\nx &lt; 2; x": "line 2 of the example is not Python. &lt; is how HTML writes < in a page. Write <",
    "print(&quot;a&quot;)": '&quot; is how HTML writes " in a page. Write " instead',
    "x = 1\n```": "line 2 of the example is not Python. The line is a fence of Markdown. Remove it",
    "$ python x.py": "The line is a command for a terminal. Remove it",
    "1 x = 1\n2 x": "The line begins with its number. Remove the numbers",
    "20: x = 1\n21: x": "The line begins with its number. Remove the numbers",
    "1 import os\n2 os": "The line begins with its number. Remove the numbers",
    "+import os\n-import sys": "The line begins with a mark of a diff",
    "print 'a'": "The line is Python 2. Write print(...) instead",
    "if a <> b: c": "<> is Python 2. Write != instead",
    "if x:\n        y\n\tz": "line 3 of the example is not Python. Inconsistent use of tabs and spaces",
    "if x:\n    y\n  z": "line 3 of the example is not Python. Unindent does not match any outer indentation",
    "x\n  y": "line 2 of the example is not Python. Unexpected indent. Correct it, or set the option",
    'x\nprint("a"': "line 2 of the example is not Python. '(' was never closed. Correct it",
}


@pytest.mark.parametrize(("source", "message"), TOLD.items())
def test_an_author_is_told_the_line_and_the_cure(source: str, message: str) -> None:
    (told,) = messages(source)
    assert told.startswith("page.md:7: line ")
    assert message in told
    assert messages(source, raises="SyntaxError") == []


@pytest.mark.parametrize(
    "source",
    [
        "x = 7 % 2\ny = f'{1!r}'",
        "await f()\nasync with a: pass",
        "print('“quoted” … – &gt; >>> $')",
        "%%time\nx = 1",
        "%timeit 1\n%cd ..\nls = !ls\nprint?",
        "%%writefile a.py\nx = = 1",
        "In[:] = x",
        'html = "a &lt; b"\nx & y; z',
        "  x = 1\n  y = 2",
        "'''\n>>> 1\n'''",
        "",
    ],
)
def test_nothing_is_said_of_python_and_of_commands_that_work(source: str) -> None:
    assert messages(source) == []


def test_a_line_of_a_file_has_its_number_there() -> None:
    (told,) = messages("x\n!pip install y", file="code/a.py", line=10)
    assert told.startswith("page.md:7: line 11 of code/a.py is not Python.")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("type Pair = tuple[int, int]", "invalid syntax"),
        ("def first[T](values: list[T]) -> T: ...", "expected '('"),
        ("class Stack[T]: ...", "invalid syntax"),
        ("x = f'{d['a']}'", "f-string: expecting '}'"),
        ("x = f'{\n1}'", "unterminated string literal (detected at line 1)"),
        ("x = t'{d}'", "invalid syntax"),
        ("try: ...\nexcept A, B: ...", "multiple exception types must be parenthesized"),
    ],
)
def test_an_older_python_says_nothing_of_syntax_that_it_may_not_know(
    source: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, NEWEST_PYTHON[1] - 1))
    assert is_of_newer_python(source, SyntaxError(message))
    monkeypatch.setattr(sys, "version_info", (*NEWEST_PYTHON, 0))
    assert not is_of_newer_python(source, SyntaxError(message))


@pytest.mark.parametrize(
    "source", ["x = = 1", "x = (1", "a +=", "for x in y\n    x", "x = 'a", "x[0] = f('a' b)"]
)
def test_every_python_reports_what_none_allows(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 11))
    (told,) = messages(source)
    assert "Correct it, or set the option 'raises' to SyntaxError" in told


def test_the_newest_python_is_that_of_the_bundled_pyodide(project: Path) -> None:
    lock = read_lock_file(project / "pyrun_core" / "browser" / "pyodide" / "pyodide-lock.json")
    assert tuple(map(int, lock.info["python"].split(".")[:2])) == NEWEST_PYTHON


def test_the_runtime_has_every_command_that_works(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = project / "assets" / "python"
    tree = ast.parse((runtime / "pyrun_runtime" / "notebook" / "magics.py").read_text(encoding="utf-8"))
    tables = {
        statement.target.id: statement.value
        for statement in tree.body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    }
    table = tables["_LINE_MAGICS"]
    assert isinstance(table, ast.Dict)
    assert {key.value for key in table.keys if isinstance(key, ast.Constant)} == LINE_MAGICS
    monkeypatch.syspath_prepend(str(runtime))
    run_command = importlib.import_module("pyrun_runtime.notebook.shell_commands").run_command
    assert all(run_command(name) is not None for name in COMMANDS_OF_A_SHELL)
    assert run_command("git status") is None


def test_the_documentation_lists_every_command_that_works(project: Path) -> None:
    page = (project / "docs" / "how-to" / "notebooks.md").read_text(encoding="utf-8")
    for mark, names in (("%", LINE_MAGICS), ("%%", CELL_MAGICS - {"HTML"}), ("!", COMMANDS_OF_A_SHELL)):
        assert {name for name in names if not re.search(rf"`{mark}{name}\b", page)} == set()
