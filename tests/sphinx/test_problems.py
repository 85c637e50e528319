"""Mistakes in an author's files are reported with file, line and fix, and the build continues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest
from sphinx.errors import ConfigError

from pyrun_core.options.declare import Scope, declared_options

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import MakeSite, Site

OPTIONS = ", ".join(option.name for option in declared_options(Scope.BLOCK))


class MakeExample(Protocol):
    def __call__(self, *lines: str, **conf: object) -> Site: ...


@pytest.fixture(params=["rst", "md"])
def example(request: pytest.FixtureRequest, make_site: MakeSite) -> MakeExample:
    """A site whose example begins in line 4, in reST and in MyST."""

    def rest(*lines: str, **conf: object) -> Site:
        text = "".join(f"   {line}\n" for line in lines)
        return make_site({"index.rst": f"Title\n=====\n\n.. pyrun::\n{text}"}, **conf)

    def markdown(*lines: str, **conf: object) -> Site:
        text = "".join(f"{line}\n" for line in lines)
        return make_site({"index.md": f"# Title\n\n\n```{{pyrun}}\n{text}```\n"}, **conf)

    return rest if request.param == "rst" else markdown


def warnings_of(site: Site) -> list[str]:
    """The warnings about either of the two files."""
    return [line.replace("index.rst:", "index:").replace("index.md:", "index:") for line in site.warnings()]


def test_an_unknown_option_is_reported_with_the_most_similar_one(example: MakeExample) -> None:
    site = example(":autorn:", "", "print(1)")
    assert warnings_of(site) == [
        "index:4: WARNING: there is no option 'autorn' here: did you mean 'autorun'? [pyrun.option]",
    ]
    assert site.cell()["data-source"] == "print(1)"


def test_an_option_like_no_other_is_reported_with_a_list_of_all(example: MakeExample) -> None:
    assert warnings_of(example(":zzz: 1", "", "print(1)")) == [
        f"index:4: WARNING: there is no option 'zzz' here: use one of {OPTIONS}. [pyrun.option]",
    ]


def test_code_that_is_not_python_is_reported_with_its_line(example: MakeExample) -> None:
    site = example("x = 1", "%matplotlib inline", "x")
    assert warnings_of(site) == [
        (
            "index:4: WARNING: line 2 of the example is not Python. %matplotlib has no effect here, because "
            "figures appear without it. Remove the line [pyrun.syntax]"
        ),
    ]
    assert site.cell()["data-source"] == "x = 1\n%matplotlib inline\nx"


def test_code_that_is_not_python_is_not_reported_if_its_author_says_so(example: MakeExample) -> None:
    example(":raises: SyntaxError", "", "print(1").build()
    example("print(1", suppress_warnings=["pyrun.syntax"]).build()


def test_a_line_of_a_file_that_is_not_python_is_reported_with_its_number_there(example: MakeExample) -> None:
    site = example(":file: code.py", ":start-at: x", "")
    site.write({"code.py": "import a\n\nx = 1\nprint(“x”)\n"})
    assert warnings_of(site) == [
        (
            "index:4: WARNING: line 4 of code.py is not Python. “ (U+201C) is not a quotation mark of "
            'Python. Write " instead [pyrun.syntax]'
        ),
    ]


def test_an_option_of_the_site_is_reported_as_one(example: MakeExample) -> None:
    assert warnings_of(example(":pyodide: cdn", "", "print(1)")) == [
        "index:4: WARNING: the option 'pyodide' cannot be set here. Set it for the site [pyrun.option]",
    ]


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (
            ":autorun: maybe",
            (
                "autorun: 'maybe' is neither true nor false. "
                "Valid values: true or false; in a page, the name alone means true."
            ),
        ),
        (
            ":packages: num!py",
            (
                "packages: 'num!py' is not a package: write a name, a requirement such as 'numpy>=2', "
                "the path of a wheel or a project, which begins with ./ if it has an '@', or the URL of a "
                "wheel. "
                "Valid values: a list of packages, or text with spaces or commas between them."
            ),
        ),
        (
            ":emphasize-lines: two",
            (
                "emphasize-lines: 'two' is not a line number or a range such as 2-4. "
                "Valid values: line numbers and ranges, such as `1,3-5`."
            ),
        ),
        (
            ":emphasize-lines: 1,3",
            "emphasize-lines: the example has 2 lines, but not line 3. Correct the lines",
        ),
    ],
)
def test_a_wrong_value_is_reported_and_the_default_used(
    example: MakeExample,
    option: str,
    message: str,
) -> None:
    site = example(option, "", "print(1)", "print(2)")
    assert warnings_of(site) == [f"index:4: WARNING: {message} [pyrun.option]"]
    assert not site.cell().has_attr("data-autorun")
    assert site.cell().get("data-emphasize-lines") in {None, "1"}


def test_an_unknown_package_is_reported_at_the_example_that_names_it(example: MakeExample) -> None:
    # A path, because pip need not be asked about it.
    allowed = ["names", "no/such.whl"]
    lines = (":packages: numpy no/such.whl", "", "print(1)")
    site = example(*lines, pyrun_pyodide="cdn", pyrun_page_packages=allowed)
    assert warnings_of(site) == [
        (
            "index:4: WARNING: no/such.whl: there is no file or folder no/such.whl. Correct the path, "
            f"which is relative to {site.folder} [pyrun.packages]"
        ),
    ]
    assert site.packages() == ["numpy"]


@pytest.mark.parametrize("lines", [[], [""], [":session: demo"], [":hidden:", "", "  "]])
def test_an_empty_example_is_reported_and_left_out(example: MakeExample, lines: list[str]) -> None:
    site = example(*lines)
    assert warnings_of(site) == [
        "index:4: WARNING: the example has no code. Add code, or remove the example [pyrun.empty]",
    ]
    assert not site.cells()


def test_the_second_of_two_equal_names_is_reported(make_site: MakeSite) -> None:
    block = ".. pyrun::\n   :name: Demo\n\n   print({})\n\n"
    site = make_site({"index.rst": block.format(1) + block.format(2).lower()})
    assert site.warnings() == [
        (
            "index.rst:6: WARNING: the name 'demo' is already used in this page. "
            "Choose another name [pyrun.name]"
        ),
    ]
    assert len(site.cells()) == 2


def test_the_second_of_two_equal_names_in_myst_is_reported(make_site: MakeSite) -> None:
    block = "```{{pyrun}}\n:name: demo\n\nprint({})\n```\n\n"
    site = make_site({"index.md": "# Title\n\n" + block.format(1) + block.format(2)})
    assert site.warnings() == [
        "index.md:9: WARNING: the name 'demo' is already used in this page. Choose another name [pyrun.name]",
    ]


def test_a_problem_in_an_included_file_is_reported_there(make_site: MakeSite) -> None:
    files = {"index.rst": "Title\n=====\n\n.. include:: part.txt\n", "part.txt": "Text.\n\n.. pyrun::\n"}
    # If an included file isn't below the current folder, docutils gives its path relative to that folder.
    assert [warning.rpartition("/")[2] for warning in make_site({**files}).warnings()] == [
        "part.txt:3: WARNING: the example has no code. Add code, or remove the example [pyrun.empty]",
    ]


def test_each_kind_of_warning_can_be_suppressed(example: MakeExample) -> None:
    site = example(
        ":autorn:",
        ":packages: no/such.whl",
        "",
        "print(1)",
        suppress_warnings=["pyrun.option", "pyrun.packages"],
    )
    assert site.warnings() == []


def test_a_warning_fails_a_strict_build(example: MakeExample) -> None:
    from sphinx.errors import SphinxError  # noqa: PLC0415 - only here

    site = example(":autorn:", "", "print(1)")
    try:
        app, _ = site.run(warningiserror=True)
    except SphinxError:  # Sphinx before 8.1 stops at the first warning
        return
    assert app.statuscode == 1


class TestInConf:
    CONF = "extensions = ['sphinx_pyrun']\n\n{}\n"

    def site(self, make_site: MakeSite, line: str, **conf: object) -> Site:
        site = make_site({"conf.py": self.CONF.format(line), "index.rst": ".. pyrun::\n\n   1\n"})
        site.conf.clear()
        site.conf.update(conf)
        return site

    def test_an_unknown_name_is_reported_with_the_most_similar_one(self, make_site: MakeSite) -> None:
        assert self.site(make_site, "pyrun_packges = ['six']").warnings() == [
            (
                "conf.py:3: WARNING: there is no option 'pyrun_packges' here: "
                "did you mean 'pyrun_packages'? [pyrun.option]"
            ),
        ]

    def test_an_option_of_an_example_is_reported_as_one(self, make_site: MakeSite) -> None:
        assert self.site(make_site, "pyrun_autorun = True").warnings() == [
            (
                "conf.py:3: WARNING: the option 'pyrun_autorun' cannot be set here. "
                "Set it for the page or block [pyrun.option]"
            ),
        ]

    def test_a_name_imported_from_pyrun_is_not_an_option(self, make_site: MakeSite) -> None:
        self.site(make_site, "import pyrun_core").build()

    def test_a_wrong_value_is_reported_once_and_the_default_used(self, make_site: MakeSite) -> None:
        site = self.site(make_site, "pyrun_packages = 42")
        assert site.warnings() == [
            (
                "conf.py:3: WARNING: pyrun_packages: 42 is not a list of packages. Valid values: a list of "
                "packages, or text with spaces or commas between them. [pyrun.option]"
            ),
        ]
        assert site.start() == [""]

    def test_a_wrong_value_that_conf_py_does_not_assign_is_reported_without_a_line(
        self, make_site: MakeSite
    ) -> None:
        (warning,) = self.site(make_site, "", pyrun_packages="num!py").warnings()
        assert warning.startswith(
            "conf.py:: WARNING: pyrun_packages: 'num!py' is not a package: write a name"
        )

    def test_an_unknown_package_is_reported_once_for_the_site(self, make_site: MakeSite) -> None:
        site = self.site(make_site, "pyrun_packages = 'numpy nosuch'; pyrun_pyodide = 'cdn'")
        site.write({"other.rst": ":orphan:\n\n.. pyrun::\n\n   2\n"})
        assert site.warnings() == [
            (
                "conf.py:3: WARNING: none of pip's indexes has a package nosuch. "
                "Correct the name [pyrun.packages]"
            ),
        ]
        assert [site.start(page) for page in ("index.html", "other.html")] == [["numpy"]] * 2

    def test_a_missing_folder_ends_the_build_with_one_sentence(self, make_site: MakeSite) -> None:
        site = self.site(make_site, "pyrun_pyodide = 'vendor/pyodide'")
        with pytest.raises(
            ConfigError, match=r"conf\.py:3: pyodide: the folder .*vendor/pyodide does not exist\. Use"
        ):
            site.run()

    def test_a_folder_without_a_lock_file_ends_the_build_with_one_sentence(self, make_site: MakeSite) -> None:
        site = self.site(make_site, "pyrun_pyodide = 'vendor'")
        site.write({"vendor/pyodide.mjs": ""})
        with pytest.raises(
            ConfigError, match=r"conf\.py:3: pyodide: the folder .* has no pyodide-lock\.json"
        ):
            site.run()

    def test_a_broken_lock_file_ends_the_build_with_a_sentence(self, make_site: MakeSite) -> None:
        site = self.site(make_site, "pyrun_packages = ['six']")
        site.write({"pyrun-lock.json": "{}"})
        with pytest.raises(ConfigError, match=r"conf\.py:3: .*pyrun-lock\.json is not a Pyodide lock file"):
            site.run()

    def test_other_builders_do_not_need_the_folder(self, make_site: MakeSite) -> None:
        self.site(make_site, "pyrun_pyodide = 'vendor'").build("text")

    def test_the_command_line_sets_a_list(self, make_site: MakeSite) -> None:
        site = self.site(make_site, "", pyrun_packages="numpy,pandas", pyrun_pyodide="cdn")
        site.build()
        assert site.start() == ["numpy pandas"]

    def test_a_path_object_is_accepted_as_a_folder_too(
        self, make_site: MakeSite, oldest_pyodide: Path
    ) -> None:
        site = self.site(
            make_site,
            f"from pathlib import Path; pyrun_pyodide = Path({str(oldest_pyodide)!r})",
            pyrun_repack=False,
        )
        site.build()
        assert site.settled.pyodide == "pyodide-0.27.7"
        assert list(site.outdir.glob("_static/pyrun/pyodide-0.27.7-*/pyodide-lock.json"))
