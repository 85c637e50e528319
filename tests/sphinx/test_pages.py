"""Options of a page apply to its examples, and to no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import MakeSite


EXAMPLE = ".. pyrun::\n\n   print(1)\n\n"


@pytest.mark.parametrize("place", ["before", "between", "after"])
def test_the_directive_applies_to_the_whole_page_wherever_it_is(make_site: MakeSite, place: str) -> None:
    page = ".. pyrun-page::\n   :packages: numpy\n   :readonly:\n\n"
    text = {
        "before": page + EXAMPLE + EXAMPLE,
        "between": EXAMPLE + page + EXAMPLE,
        "after": EXAMPLE + EXAMPLE + page,
    }
    site = make_site({"index.rst": text[place], "other.rst": f":orphan:\n\n{EXAMPLE}"})
    site.build()
    assert site.start() == ["numpy", "numpy"]
    assert all(cell.has_attr("data-readonly") for cell in site.cells())
    assert site.start("other.html") == [""]


def test_fields_above_the_title_apply_to_the_page(make_site: MakeSite) -> None:
    fields = ":pyrun-packages: numpy, pandas\n:pyrun-session: lesson\n:orphan:\n\n"
    site = make_site({"index.rst": f"{fields}Title\n=====\n\n{EXAMPLE}"})
    site.build()
    assert site.start() == ["numpy pandas"]
    assert site.cell()["data-session"] == "lesson"


@pytest.mark.parametrize("packages", ["[numpy, pandas]", "numpy pandas", "\n- numpy\n- pandas"])
def test_front_matter_applies_to_the_page(make_site: MakeSite, packages: str) -> None:
    front_matter = f"---\npyrun-packages: {packages}\npyrun-autorun: true\n---\n"
    site = make_site({"index.md": f"{front_matter}# Title\n\n```{{pyrun}}\nprint(1)\n```\n"})
    site.build()
    assert site.start() == ["numpy pandas"]
    assert site.cell().has_attr("data-autorun")


def test_the_directive_works_in_myst(make_site: MakeSite) -> None:
    page = "```{pyrun-page}\n:packages: numpy\n```\n\n```{pyrun}\nprint(1)\n```\n"
    site = make_site({"index.md": f"# Title\n\n{page}"})
    site.build()
    assert site.start() == ["numpy"]


def test_packages_of_site_fields_directives_and_included_files_add_up(make_site: MakeSite) -> None:
    def part(package: str) -> str:
        return f".. pyrun-page::\n   :packages: {package} numpy\n\n{EXAMPLE}"

    site = make_site(
        {
            "index.rst": (
                ":pyrun-packages: pandas\n\nTitle\n=====\n\n"
                ".. include:: one.txt\n\n.. include:: two.txt\n\n.. pyrun::\n   :packages: sympy\n\n   1\n"
            ),
            "one.txt": part("scipy"),
            "two.txt": part("regex"),
        },
        pyrun_packages=["attrs"],
    )
    site.build()
    assert site.start() == ["attrs pandas scipy numpy regex"] * 3
    assert site.packages() == ["", "", "sympy"]


def test_an_example_overrides_its_page(make_site: MakeSite) -> None:
    text = ".. pyrun-page::\n   :session: lesson\n   :readonly:\n\n" + EXAMPLE
    own = ".. pyrun::\n   :session: own\n   :readonly: no\n\n   print(2)\n"
    site = make_site({"index.rst": text + own})
    site.build()
    first, second = site.cells()
    assert (first["data-session"], first.has_attr("data-readonly")) == ("lesson", True)
    assert (second["data-session"], second.has_attr("data-readonly")) == ("own", False)


def test_a_mistake_in_a_field_is_reported_at_its_line(make_site: MakeSite) -> None:
    site = make_site({"index.rst": f":orphan:\n:pyrun-packges: numpy\n\nTitle\n=====\n\n{EXAMPLE}"})
    assert site.warnings() == [
        (
            "index.rst:2: WARNING: there is no option 'pyrun-packges' here: "
            "did you mean 'pyrun-packages'? [pyrun.option]"
        ),
    ]


def test_a_mistake_in_front_matter_is_reported_at_its_line(make_site: MakeSite) -> None:
    site = make_site({"index.md": "---\norphan: true\npyrun-autorun: 7\n---\n# T\n\n```{pyrun}\n1\n```\n"})
    assert site.warnings() == [
        (
            "index.md:3: WARNING: pyrun-autorun: '7' is neither true nor false. "
            "Valid values: true or false; in a page, the name alone means true. [pyrun.option]"
        ),
    ]


def test_fields_below_the_title_are_reported_as_without_effect(make_site: MakeSite) -> None:
    site = make_site({"index.rst": f"Title\n=====\n\n:pyrun-packages: numpy\n\n{EXAMPLE}"})
    assert site.warnings() == [
        (
            "index.rst:4: WARNING: the field 'pyrun-packages' has no effect here. Move it above the title "
            "of the page, or use the directive 'pyrun-page' [pyrun.option]"
        ),
    ]


def test_a_mistake_in_the_directive_is_reported_at_its_line(make_site: MakeSite) -> None:
    site = make_site({"index.rst": f"Title\n=====\n\n.. pyrun-page::\n   :stdin: Ada\n\n{EXAMPLE}"})
    assert site.warnings() == [
        "index.rst:4: WARNING: the option 'stdin' cannot be set here. Set it for the block [pyrun.option]",
    ]


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_an_unknown_package_of_a_page_is_reported_once_where_it_is_named(
    make_site: MakeSite,
    builder: str,
) -> None:
    # A path, because pip need not be asked about it.
    page = ".. pyrun-page::\n   :packages: no/such.whl\n\n"
    files = {"index.rst": f"Title\n=====\n\n{EXAMPLE}{EXAMPLE}{page}"}
    site = make_site(files, pyrun_page_packages=["no/such.whl"])
    assert site.warnings(builder) == [
        (
            "index.rst:12: WARNING: no/such.whl: there is no file or folder no/such.whl. Correct the path, "
            f"which is relative to {site.folder} [pyrun.packages]"
        ),
    ]
    assert site.start() == ["", ""]


def test_a_package_that_is_unknown_on_several_pages_is_reported_once_with_all_locations(
    make_site: MakeSite,
) -> None:
    page = ".. pyrun-page::\n   :packages: numpy nosuch\n\n"
    own = ".. pyrun::\n   :packages: nosuch pandas\n\n   1\n"
    site = make_site(
        {"index.rst": f"Title\n=====\n\n{page}{EXAMPLE}", "other.rst": f":orphan:\n\n{EXAMPLE}{own}"}
    )
    assert site.warnings() == [
        (
            "index.rst:4: WARNING: none of pip's indexes has a package nosuch. Correct the name "
            "(required at index.rst:4, other.rst:7) [pyrun.packages]"
        ),
    ]
    assert site.start() == ["numpy"]
    assert site.packages("other.html") == ["", "pandas"]


def test_each_page_of_a_single_html_file_keeps_its_options(make_site: MakeSite) -> None:
    files: dict[str, str | bytes] = {
        f"{name}.rst": f":pyrun-packages: {name}\n\n{name}\n======\n\n{EXAMPLE}"
        for name in ("numpy", "pandas")
    }
    index = f"Title\n=====\n\n{EXAMPLE}.. toctree::\n\n   numpy\n   pandas\n"
    site = make_site({"index.rst": index, **files})
    site.build("singlehtml")
    assert site.start() == ["", "numpy", "pandas"]


def test_a_page_directive_with_content_is_an_error_of_sphinx(make_site: MakeSite) -> None:
    warnings = make_site({"index.rst": ".. pyrun-page::\n\n   print(1)\n"}).warnings()
    assert warnings[0].startswith('index.rst:1: ERROR: Error in "pyrun-page" directive:')
