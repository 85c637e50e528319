"""What runs before the first example of a session, and the names that a docstring's examples can use."""

from __future__ import annotations

import json
import types

import pytest

from pyrun_core.examples.example import Example, join_preambles, make_example
from pyrun_core.examples.imports import find_imports, with_preamble
from pyrun_core.examples.page_examples import PageExamples
from pyrun_core.examples.render import ELEMENT, start_tag
from pyrun_core.finish.cells import read_cells
from pyrun_core.live.free_names import find_free_names
from pyrun_core.live.preamble import ModuleNames, docstring_preamble, module_names
from pyrun_core.options.declare import Options, Scope, read_options
from pyrun_core.problems import Location, Problem
from pyrun_core.tags import find_tags

PAGE = Location("api.rst", 3)
MODULE = ModuleNames("pkg.mod", {"f": "", "g": "", "Class": "", "np": "numpy", "path": "os.path", "sum": ""})


def report(problem: Problem, message: str, location: Location) -> None:
    pytest.fail(f"{location}: {message} {problem}")


def example(source: str = "1", **values: object) -> Example:
    given: dict[str, dict[str, object]] = {"site": {}, "page": {}, "block": {}}
    for name, value in values.items():
        level, _, option = name.partition("_")
        given[level][option] = value
    return make_example(source, **given, file="api.rst", location=PAGE)


def preamble(*sources: str, **options: object) -> str:
    return docstring_preamble("pkg.mod", sources, [MODULE], options, {})


def test_preambles_of_all_levels_run_from_the_outermost_to_the_innermost() -> None:
    made = make_example(
        "1",
        site={"preamble": "import a\n"},
        page={"preamble": "import b"},
        block={"preamble": "import d"},
        preamble="\nimport c\n",
        file="api.rst",
        location=PAGE,
    )
    assert made.preamble == "import a\nimport b\nimport c\nimport d"


def test_the_same_preamble_at_two_levels_runs_once() -> None:
    assert join_preambles(["import a\n", "", "import a", "import b"]) == "import a\nimport b"


def test_an_example_requires_what_its_preamble_imports() -> None:
    made = example("import pandas", site_preamble="import numpy as np")
    assert [each.module for each in made.imports] == ["numpy", "pandas"]
    assert [each.place for each in made.imports] == ["the preamble", "line 1 of the example"]
    assert made.requirements.id != example("import pandas").requirements.id


def test_a_finished_page_requires_the_same() -> None:
    made = example(
        "import pandas", site_preamble="try: import numpy\nexcept ImportError: pass", page_files=("a",)
    )
    (cell,) = read_cells(start_tag(made), "api.html")
    assert cell.requirements.id == made.requirements.id
    assert cell.requirements.imports == made.imports


def test_an_import_that_has_to_succeed_is_not_guarded_because_the_preamble_guards_it() -> None:
    guarded = "try: import numpy.linalg\nexcept ImportError: pass"
    (joined,) = with_preamble(guarded, find_imports("import numpy.fft"))
    assert not joined.guarded
    assert joined.place == "line 1 of the example"
    assert joined.names == ("numpy.linalg", "numpy.fft")


def test_the_first_visible_example_of_each_session_shows_the_preamble() -> None:
    page = PageExamples(report)
    sessions = [("page", True), ("page", False), ("page", False), ("pkg.f", False), ("pkg.f", False)]
    shown = [
        page.add(example(page_preamble="x = 1", block_session=session, block_hidden=hidden)).shows_preamble
        for session, hidden in sessions
    ]
    assert shown == [False, True, False, True, False]


@pytest.mark.parametrize("level", ["site", "page"])
def test_an_author_can_leave_the_preamble_out_of_the_page(level: str) -> None:
    made = example(page_preamble="x = 1", **{f"{level}_show_preamble": False})
    assert not PageExamples(report).add(made).shows_preamble


def test_the_element_carries_preamble_and_expected_outputs() -> None:
    made = make_example(
        "f()\ng()",
        site={"preamble": "x = 1\ny = 2"},
        page={},
        block={"interactive": True},
        file="api.rst",
        location=PAGE,
        expected=((1, "a\n'b'"), (2, "ä")),
    )
    tag = start_tag(PageExamples(report).add(made))
    assert ' data-preamble="x = 1&#10;y = 2"' in tag
    assert " data-show-preamble" in tag
    assert ' data-expected="[[1,&quot;a\\n&#x27;b&#x27;&quot;],[2,&quot;ä&quot;]]"' in tag
    assert " data-interactive" in tag
    assert "data-expected" not in start_tag(example())


def test_minifiers_find_no_references_to_characters_in_expected_outputs() -> None:
    expected = ((1, "'&lt;b&amp;'"),)
    made = make_example("f()", site={}, page={}, block={}, file="a.md", location=PAGE, expected=expected)
    (tag,) = find_tags(start_tag(made), ELEMENT)
    written = tag.attributes["data-expected"]
    assert "&" not in written
    assert json.loads(written) == [[1, "'&lt;b&amp;'"]]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("f(g)", ["f", "g"]),
        ("f = 1\nf", []),
        ("f(f := 1)", ["f"]),
        ("f = f", ["f"]),
        ("f += 1", ["f"]),
        ("x: f = g", ["f", "g"]),
        ("for f in f: pass", ["f"]),
        ("for x in f: x", ["f"]),
        ("[x for x in f if g(x)]", ["f", "g"]),
        ("{x: y for x, y in f}", ["f"]),
        ("lambda x, *a, **k: f(x, a, k)", ["f"]),
        ("def x(a: f, b=g) -> h: return y", ["g", "f", "h", "y"]),
        ("def x(): return y()\ndef y(): pass", []),
        ("def x():\n    f = 1\n    return f", []),
        ("class A(f):\n    y = g\n    def h(self): return y", ["f", "g", "y"]),
        ("import f, g.h as i\nf, g", ["g"]),
        ("from f import g\ng", []),
        ("with f() as x: x", ["f"]),
        ("try: f\nexcept g as e: e", ["f", "g"]),
        ("match f:\n    case {'a': x, **rest}: x, rest\n    case [y, *z] as w: y, z, w", ["f"]),
        ("f.g.h", ["f"]),
        ("print(sum)", ["print", "sum"]),
        ("f(", []),
        ("+" * 5000 + "1", []),
        ("%timeit f", []),
    ],
)
def test_free_names_are_those_that_nothing_before_has_defined(source: str, names: list[str]) -> None:
    assert find_free_names([source]) == names


def test_what_one_example_defines_is_known_to_the_next() -> None:
    assert find_free_names(["x = f()", "x + y", "y = 1"], "import f") == ["y"]


def test_the_examples_of_a_docstring_get_the_names_of_their_module_that_they_use() -> None:
    assert preamble("x = f(Class)", "g(x)\nunknown") == "from pkg.mod import Class, f, g"
    assert preamble("x = 1") == ""


def test_a_module_that_the_module_imports_is_imported_as_such() -> None:
    assert preamble("np.ones(3); path.join('a')") == "from os import path\nimport numpy as np"


def test_a_name_of_the_module_hides_a_builtin_as_it_does_there() -> None:
    assert preamble("print(sum([1]))") == "from pkg.mod import sum"


def test_names_that_a_preamble_defines_are_not_imported() -> None:
    assert preamble("np.ones(f())", preamble="import numpy as np") == "from pkg.mod import f"


def test_conventional_names_are_imported_if_nothing_else_defines_them() -> None:
    known = [ModuleNames("pkg", {"f": ""})]
    made = docstring_preamble("pkg", ["plt.plot(np.ones(f()))"], known, {}, {})
    assert made == "import matplotlib.pyplot as plt\nimport numpy as np\nfrom pkg import f"
    assert docstring_preamble("pkg", ["np = 1; np"], known, {}, {}) == ""
    assert docstring_preamble("pkg", ["np"], [ModuleNames("pkg")], {}, {}) == "import numpy as np"
    assert docstring_preamble("pkg", ["np"], [ModuleNames("pkg", {"np": ""})], {}, {}) == "from pkg import np"


def test_long_imports_are_wrapped() -> None:
    names = [f"a_long_name_{number}" for number in range(9)]
    known = ModuleNames("pkg.mod", dict.fromkeys(names, ""))
    made = docstring_preamble("pkg.mod", [", ".join(names)], [known], {}, {})
    assert made.startswith("from pkg.mod import (\n    a_long_name_0,\n")
    assert made.endswith(",\n)")


def test_the_preferred_module_wins_and_the_other_fills_the_gaps() -> None:
    documented = ModuleNames("pkg", {"f": ""})
    made = docstring_preamble("pkg", ["f(), g()"], [documented, MODULE], {}, {})
    assert made == "from pkg import f\nfrom pkg.mod import g"


@pytest.mark.parametrize(("source", "line"), [("f()", "from pkg import *"), ("print(len('a'))", "")])
def test_of_a_module_that_nobody_knows_all_names_are_imported(source: str, line: str) -> None:
    assert docstring_preamble("pkg", [source], [ModuleNames("pkg")], {}, {}) == line


def test_an_author_can_switch_the_names_off_for_the_site_and_for_a_page() -> None:
    off, on = {"docstring_names": "none"}, {"docstring_names": "module"}
    assert docstring_preamble("pkg.mod", ["f()"], [MODULE], off, {}) == ""
    assert docstring_preamble("pkg.mod", ["f()"], [MODULE], {}, off) == ""
    assert docstring_preamble("pkg.mod", ["f()"], [MODULE], off, on) == "from pkg.mod import f"


def test_the_preambles_of_the_modules_around_come_first() -> None:
    given = {"pkg.mod": "import c", "pkg": "import b\n", "pk": "import no", "other": "import no"}
    site = read_options({"module-preamble": given}, Scope.SITE, PAGE, report)
    assert preamble("f()", **site) == "import b\nimport c\nfrom pkg.mod import f"


def test_examples_can_name_the_package_that_they_document() -> None:
    assert preamble("pkg.mod.f()") == "import pkg"
    assert preamble("pkg = 1\npkg") == ""


def test_the_names_of_an_imported_module_are_read_from_it() -> None:
    module = types.ModuleType("pkg.mod")
    vars(module).update(f=len, np=types, _private=1, __file__="mod.py", __builtins__={})
    names = module_names(module)
    assert names.module == "pkg.mod"
    assert dict(names.names or {}) == {"f": "", "np": "types", "_private": "", "__file__": ""}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("import numpy", "module-preamble: 'import numpy' is not a mapping from modules to code"),
        ({"a b": "1"}, "module-preamble: 'a b' is not the name of a module"),
        ({"pkg": ["1"]}, "module-preamble: ['1'], for the module pkg, is not text"),
    ],
)
def test_a_wrong_mapping_is_refused(value: object, message: str) -> None:
    messages: list[str] = []
    read_options({"module-preamble": value}, Scope.SITE, PAGE, lambda _p, said, _l: messages.append(said))
    (said,) = messages
    assert said.startswith(message)


def test_what_was_read_can_be_read_again() -> None:
    """Sphinx keeps the values, and a build within a build reads them."""
    values = read_options(
        {"module-preamble": {"pkg": "1"}, "live": "Doctest, Exec"}, Scope.SITE, PAGE, report
    )
    again = {name.replace("_", "-"): value for name, value in values.items()}
    assert read_options(again, Scope.SITE, PAGE, report) == values
    assert values["live"] == ("doctest", "Exec")
    assert Options().module_preamble == ()
