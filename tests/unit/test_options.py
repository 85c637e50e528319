"""The options that authors can set, and the messages for wrong ones."""

import dataclasses
from typing import Any

import pytest

from pyrun_core.options.choices import Vendor
from pyrun_core.options.declare import Scope, declared_options, read_options
from pyrun_core.options.excerpt import Excerpt
from pyrun_core.problems import Location, Problem

HERE = Location("guide.rst", 7)
URL = "https://example.org/X_y-1-py3-none-any.whl"
ANYWHERE = Scope.SITE | Scope.PAGE | Scope.BLOCK


class Reports(list[tuple[Problem, str, Location]]):
    """Collects the reports."""

    def __call__(self, problem: Problem, message: str, location: Location) -> None:
        self.append((problem, message, location))

    @property
    def messages(self) -> list[str]:
        return [message for _, message, _ in self]


def read(raw: dict[str, object], scope: Scope = Scope.BLOCK) -> tuple[dict[str, Any], list[str]]:
    reports = Reports()
    values = read_options(raw, scope, HERE, reports)
    assert all(problem is Problem.OPTION and location == HERE for problem, _, location in reports)
    return values, reports.messages


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("packages", "numpy, Pandas  scikit_learn", ("numpy", "pandas", "scikit-learn")),
        ("packages", ["numpy", "numpy"], ("numpy",)),
        ("packages", "", ()),
        ("packages", "NumPy >= 2,<3  x[b, a]~=1.0", ("numpy<3,>=2", "x[a,b]~=1.0")),
        ("packages", "x; python_version > '3'\nnumpy", ('x; python_version > "3"', "numpy")),
        ("packages", "AUTO ./ dist/X_y-1-py3-none-any.whl", ("auto", "./", "dist/X_y-1-py3-none-any.whl")),
        ("packages", f"{URL} a@{URL}", (f"x-y @ {URL}", f"a @ {URL}")),
        ("vendor", True, Vendor.ALWAYS),
        ("vendor", "False", Vendor.NEVER),
        ("vendor", "auto", Vendor.AUTO),
        ("wheels", "vendor/wheels", "vendor/wheels"),
        ("runtime", "../pyrun", "../pyrun/"),
        ("runtime", "/pyrun/", "/pyrun/"),
        ("runtime", "", ""),
        ("load-missing", "no", False),
        ("load", "Visible", "visible"),
        ("files", "a.csv, data/**  /b.csv a.csv", ("a.csv", "data/**", "/b.csv")),
        ("files", ["a b.csv"], ("a b.csv",)),
        (
            "files",
            "\"a b.csv\" 'c, d.csv', Ada's.csv “e f.csv”",
            ("a b.csv", "c, d.csv", "Ada's.csv", "e f.csv"),
        ),
        ("files", '["a b.csv", "data[1].csv"]', ("a b.csv", "data[1].csv")),
        ("files", "[ab].csv", ("[ab].csv",)),
        ("session", "isolated", "isolated"),
        ("needs", "load, Plot  tidy-up", ("load", "plot", "tidy-up")),
        ("needs", ["load", "Tidy up", "load"], ("load", "tidy-up")),
        ("needs", "", ()),
        ("timeout", "10", 10),
        ("timeout", " 0.5 ", 0.5),
        ("timeout", ".5", 0.5),
        ("timeout", 2, 2),
        ("timeout", 2.5, 2.5),
        ("timeout", 2_147_483, 2_147_483),
        ("timeout", "NONE", None),
        ("timeout", "", None),
        ("timeout", None, None),
        ("output-limit", "50000", 50_000),
        ("output-limit", "1,000,000", 1_000_000),
        ("output_limit", "50_000", 50_000),
        ("output-limit", 1000, 1000),
        ("wrap", "no", False),
        ("wrap", None, True),
        ("setup", None, True),
        ("setup", "", True),
        ("setup", "false", False),
        ("readonly", True, True),
        ("stdin", "Ada\\n42", "Ada\n42"),
        ("stdin", "Ada\n42", "Ada\n42"),
        ("emphasize-lines", "1,3-5", (1, 3, 4, 5)),
        ("emphasize_lines", "2 2", (2,)),
        ("emphasize-lines", 4, (4,)),
        ("caption", "Fish & chips", "Fish & chips"),
    ],
)
def test_a_value_is_read_from_text_and_from_configuration(name: str, written: object, value: object) -> None:
    assert read({name: written}, ANYWHERE) == ({name.replace("-", "_"): value}, [])


@pytest.mark.parametrize(
    ("name", "written", "complaint"),
    [
        ("packages", "num!py", "'num!py' is not a package: write a name, a requirement"),
        ("packages", "numpy>=two", "'numpy>=two' is not a package: write a name, a requirement"),
        ("packages", "https://example.org/x-1.tar.gz", "a URL must name a wheel, and end in .whl"),
        (
            "packages",
            "x @ https://example.org/x-1.tar.gz",
            "a URL must name a wheel, and end in .whl",
        ),
        ("packages", {"numpy": 1}, "is not a list of packages"),
        ("packages", [1], "is not a list of packages"),
        ("vendor", "perhaps", "'perhaps' is neither true, false nor auto"),
        ("wheels", 3, "3 is not text"),
        ("load-missing", "perhaps", "'perhaps' is neither true nor false"),
        ("load", "soon", "'soon' is not a time at which Python can load"),
        ("files", 3, "3 is not a list of files"),
        ("files", [3], "[3] is not a list of files"),
        ("files", '"a b.csv', "'\"a' begins with a quote that nothing closes"),
        ("session", "my page", "'my page' is not a session name"),
        ("session", 3, "3 is not text"),
        ("needs", 3, "3 is not a list of names"),
        ("needs", None, "None is not a list of names"),
        ("timeout", "0", "'0' is not a positive number of seconds"),
        ("timeout", "0.0", "'0.0' is not a positive number of seconds"),
        ("timeout", -1, "-1 is not a positive number of seconds"),
        ("timeout", "5 s", "'5 s' is not a positive number of seconds"),
        ("timeout", "1e3", "'1e3' is not a positive number of seconds"),
        ("timeout", float("nan"), "nan is not a positive number of seconds"),
        ("timeout", float("inf"), "inf is not a positive number of seconds"),
        ("timeout", True, "True is not a positive number of seconds"),
        ("timeout", ".", "'.' is not a positive number of seconds"),
        ("timeout", "٣", "'٣' is not a positive number of seconds"),
        ("timeout", "2147484", "'2147484' is more than 2147483 seconds, which is the most browsers can wait"),
        ("timeout", "9" * 400, "is more than 2147483 seconds, which is the most browsers can wait"),
        ("output-limit", "999", "'999' is less than 1000"),
        ("output-limit", "10,00", "'10,00' is not a whole number"),
        ("output-limit", "1_000,000", "'1_000,000' is not a whole number"),
        ("output-limit", "1e6", "'1e6' is not a whole number"),
        ("output-limit", 5000.0, "5000.0 is not a whole number"),
        ("output-limit", True, "True is not a whole number"),
        ("output-limit", "none", "'none' is not a whole number"),
        ("output-limit", -5000, "-5000 is not a whole number"),
        ("output-limit", None, "None is not a whole number"),
        ("linenos", "maybe", "'maybe' is neither true nor false"),
        ("emphasize-lines", "5-3", "'5-3' is not a range: lines count from 1"),
        ("emphasize-lines", "0", "'0' is not a range: lines count from 1"),
        ("emphasize-lines", "one", "'one' is not a line number"),
        ("emphasize-lines", True, "True is not text"),
    ],
)
def test_a_wrong_value_is_reported_and_replaced_by_the_default(
    name: str, written: object, complaint: str
) -> None:
    values, messages = read({name: written}, ANYWHERE)
    assert values == {}
    assert len(messages) == 1
    assert messages[0].startswith(f"{name}: ")
    assert complaint in messages[0]
    assert "Valid values: " in messages[0]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("autorn", "autorun"),
        ("read_only", "readonly"),
        ("Pakages", "packages"),
        ("emphasise-lines", "emphasize-lines"),
        ("include", "file"),
        ("hl_lines", "emphasize-lines"),
        ("linenums", "linenos"),
        ("title", "caption"),
        ("input", "stdin"),
        ("requirements", "packages"),
    ],
)
def test_the_message_for_an_unknown_option_suggests_the_one_that_was_meant(written: str, meant: str) -> None:
    values, messages = read({written: "", "caption": "A"})
    assert values == {"caption": "A"}
    assert messages == [f"there is no option '{written}' here: did you mean '{meant}'?"]


@pytest.mark.parametrize("written", ["upload", "stdout", "indent", "start", "theme", "class", "tile"])
def test_no_option_is_suggested_that_means_something_else(written: str) -> None:
    _, (message,) = read({written: ""})
    assert "did you mean" not in message


@pytest.mark.parametrize(
    ("name", "option"), [("title", "caption"), ("hl_lines", "emphasize-lines"), ("linenums", "linenos")]
)
def test_the_message_for_an_option_of_another_tool_has_its_name_here(name: str, option: str) -> None:
    _, messages = read({name: ""}, ANYWHERE)
    assert messages == [f"there is no option '{name}' here: did you mean '{option}'?"]


def test_the_message_for_an_unknown_option_like_no_other_lists_all() -> None:
    _, messages = read({"zzz": ""}, Scope.SITE)
    names = ", ".join(option.name for option in declared_options(Scope.SITE))
    assert messages == [f"there is no option 'zzz' here: use one of {names}."]


def test_the_message_for_an_option_in_the_wrong_scope_names_the_right_one() -> None:
    _, messages = read({"pyodide": "cdn"})
    assert messages == ["the option 'pyodide' cannot be set here. Set it for the site"]


def test_every_option_has_a_description_and_accepts_its_default() -> None:
    for option in declared_options():
        assert option.help.endswith("."), option.name
        assert option.kind.syntax, option.name
        values, messages = read({option.name: option.default}, ANYWHERE) if option.default else ({}, [])
        assert (values.get(option.field, option.default), messages) == (option.default, [])


def test_every_scope_has_its_own_options() -> None:
    names = {scope: {option.name for option in declared_options(scope)} for scope in Scope}
    everything = {option.name for option in declared_options()}
    of_site_alone = {
        *(
            "credentials",
            "integrity",
            "isolation",
            "on-demand",
            "page-files",
            "page-packages",
            "pyodide",
            "repack",
            "runtime",
        ),
        *("vendor", "wheels", "live-only", "live-except", "module-preamble", "check", "tolerate"),
    }
    of_site_or_page = {
        "language",
        "load",
        "load-missing",
        "snapshots",
        "live",
        "join",
        "show-preamble",
        "docstring-names",
    }
    of_block_alone = {"setup", "needs", "stdin", "raises", "hidden", "caption", "name", "emphasize-lines"}
    of_block_alone |= {"linenos", "interactive", "console", "playground", "hide-lines"} | {
        field.name.replace("_", "-") for field in dataclasses.fields(Excerpt)
    }
    assert everything - names[Scope.BLOCK] == of_site_alone | of_site_or_page
    assert everything - names[Scope.PAGE] == of_site_alone | of_block_alone
    assert names[Scope.SITE] >= of_site_alone | of_site_or_page | {
        "packages",
        "output-limit",
        "figures",
        "wrap",
    }
    assert names[Scope.SITE].isdisjoint(
        of_block_alone | {"files", "session", "timeout", "autorun", "readonly"}
    )
