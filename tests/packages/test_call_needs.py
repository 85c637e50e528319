"""Packages that code needs without importing them: for `auto`, and in the warning."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pyrun_core.browser_files import bundled_files
from pyrun_core.pyodide.distribution import choose_distribution
from tests.packages.conftest import Project, page
from tests.packages.wheels import make_distribution, make_wheel

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def needing(project: Project, tmp_path: Path) -> Project:
    """A project with a Pyodide that has pandas 2, matplotlib, NumPy, seaborn and tzdata."""
    wheels = tmp_path / "of-science"
    versions = {"matplotlib": "3.8", "numpy": "2.2", "pandas": "2.3", "seaborn": "0.13", "tzdata": "2025.2"}
    made = [make_wheel(wheels, name, version) for name, version in versions.items()]
    for name in ("numlike", "xlsxwriter"):
        make_wheel(project.index, name)
    pyodide = make_distribution(tmp_path / "science", *made)
    distribution = choose_distribution(str(pyodide), tmp_path, bundled_files())
    project.request = replace(project.request, distribution=distribution)
    return project


def unmet(where: str, what: str, package: str) -> str:
    """The warning about a package that code needs."""
    return (
        f"{where} of the example uses {what}, which needs the package {package} in a browser, but "
        f"'packages' does not declare {package}. Add {package} or 'auto' to the packages of the page or "
        "example [undeclared]"
    )


ZONE = "from datetime import datetime\nfrom zoneinfo import ZoneInfo"


def test_the_package_behind_a_module_of_the_standard_library_is_found(needing: Project) -> None:
    pages = (page("a.rst", ZONE, packages=("auto",)),)
    resolved = needing.resolve(pages=pages)
    assert needing.problems == []
    assert needing.said == ["packages found by their imports: tzdata (zoneinfo)"]
    assert resolved.names_for(pages[0].entries, pages[0].imports) == ("tzdata",)


def test_the_package_behind_a_module_of_the_standard_library_is_reported_and_can_be_offered(
    needing: Project,
) -> None:
    resolved = needing.resolve(pages=(page("b.rst", ZONE), page("c.rst", ZONE, packages=("tzdata",))))
    assert needing.problems == [unmet("b.rst:10: line 2", "zoneinfo", "tzdata")]
    assert list(resolved.packages) == ["tzdata"]


def test_what_a_call_needs_is_reported_where_the_page_imports_its_package(needing: Project) -> None:
    excel = "table.to_excel('a.xlsx')"
    needing.resolve(
        pages=(
            page("a.rst", "import pandas", excel, packages=("pandas",)),
            page("b.rst", "import numlike", excel, packages=("numlike",)),
            page("d.rst", "import pandas\ntable.to_parquet('a')", packages=("pandas",)),
        ),
    )
    assert needing.problems == [unmet("a.rst:11: line 1", ".to_excel", "openpyxl")]


def test_a_page_may_declare_another_package_that_will_do(needing: Project) -> None:
    code = "import pandas\ntable.to_excel('a.xlsx')"
    needing.resolve(
        pages=(
            page("a.rst", code, packages=("pandas", "xlsxwriter")),
            page("b.rst", code, packages=("auto", "xlsxwriter")),
            page("c.rst", code, packages=("pandas",)),
        )
    )
    assert needing.problems == [unmet("c.rst:10: line 2", ".to_excel", "xlsxwriter")]


@pytest.mark.parametrize(
    ("examples", "is_reported"),
    [
        (("import pandas as pd, numpy", "table.plot()"), True),
        (("import pandas, seaborn", "table.plot()"), False),
        (("import numpy", "table.plot()"), False),
        (("import pandas, matplotlib", "table.plot()"), False),
    ],
)
def test_a_name_that_many_packages_have_counts_only_where_it_is_plausible(
    needing: Project, examples: tuple[str, ...], *, is_reported: bool
) -> None:
    needing.resolve(pages=(page("a.rst", *examples, packages=("pandas",)),))
    assert any("uses .plot, which needs the package matplotlib" in each for each in needing.problems) == (
        is_reported
    )


def test_auto_takes_what_a_call_needs_and_can_have(needing: Project) -> None:
    make_wheel(needing.index, "openpyxl", modules={"openpyxl/__init__.py": ""})
    code = "import pandas\ntable.to_excel('a.xlsx')\ntable.to_parquet('a')\ntable.tz_localize('Asia/Tokyo')"
    resolved = needing.resolve(pages=(page("a.rst", code, packages=("auto",)),))
    assert needing.problems == []
    assert sorted(resolved.packages) == ["openpyxl", "pandas"]
