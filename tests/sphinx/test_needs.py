"""Examples that need others, and limits: from the page's source to its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import MakeSite, Site


def directive(*options: str) -> str:
    return ".. pyrun::\n" + "".join(f"   {option}\n" for option in options) + "\n   print(1)\n\n"


def fence(*options: str) -> str:
    return "```{pyrun}\n" + "".join(f"{option}\n" for option in options) + "\nprint(1)\n```\n\n"


def values(site: Site, attribute: str, page: str = "index.html") -> list[str | None]:
    return [cell.get(f"data-{attribute}") for cell in site.cells(page)]


@pytest.mark.parametrize(("file", "block"), [("index.rst", directive), ("index.md", fence)])
def test_the_new_options_reach_the_element(make_site: MakeSite, file: str, block: object) -> None:
    assert callable(block)
    text = block(":name: Load Data", ":caption: A & B", ":timeout: 2.50", ":output-limit: 5,000")
    site = make_site({file: text + block(":needs: load-data")})
    site.build()
    first, second = site.cells()
    wanted = {"name": "load-data", "caption": "A & B", "timeout": "2.5", "output-limit": "5000"}
    assert {name: first[f"data-{name}"] for name in wanted} == wanted
    assert second["data-needs"] == "load-data"
    assert not {f"data-{name}" for name in wanted} & set(second.attrs)
    assert site.page().find(id="load-data")


def test_limits_of_site_and_page_apply_where_an_example_has_none(make_site: MakeSite) -> None:
    undone = directive(":timeout: none", ":output-limit: 10_000_000")
    page = ".. pyrun-page::\n   :timeout: 3\n\n" + directive() + undone
    site = make_site({"index.rst": page}, pyrun_output_limit="5_000")
    site.build()
    assert values(site, "timeout") == ["3", None]
    assert values(site, "output-limit") == ["5000", None]


def test_front_matter_sets_the_limits_of_a_page(make_site: MakeSite) -> None:
    front_matter = "---\npyrun-timeout: 0.5\npyrun-output-limit: 50_000\n---\n# Title\n\n"
    site = make_site({"index.md": front_matter + fence()})
    site.build()
    assert (values(site, "timeout"), values(site, "output-limit")) == (["0.5"], ["50000"])


def test_a_wrong_limit_in_conf_is_reported(make_site: MakeSite) -> None:
    site = make_site({"index.rst": directive()}, pyrun_output_limit=10)
    (warning,) = site.warnings()
    assert (
        "conf.py:: WARNING: pyrun_output_limit: 10 is less than 1000, which a traceback can need" in warning
    )
    assert values(site, "output-limit") == [None]


def test_wrong_limits_of_an_example_are_reported(make_site: MakeSite) -> None:
    site = make_site({"index.rst": directive(":timeout: soon", ":output-limit: few")})
    assert site.warnings() == [
        (
            "index.rst:1: WARNING: timeout: 'soon' is not a positive number of seconds. "
            "Valid values: seconds, such as `10` or `0.5`, or `none`. [pyrun.option]"
        ),
        (
            "index.rst:1: WARNING: output-limit: 'few' is not a whole number. Valid values: a whole "
            "number of at least 1000, such as `1000000`, `1_000_000` or `1,000,000`. [pyrun.option]"
        ),
    ]


MISTAKES = directive(":name: load", ":needs: plot") + directive(":name: plot", ":needs: lod load")
WARNINGS = [
    (
        "index.rst:7: WARNING: needs: no example of this page has the name 'lod'. "
        "Did you mean 'load'? The names are load, plot [pyrun.needs]"
    ),
    (
        "index.rst:1: WARNING: needs: these examples form a cycle: 'load' needs 'plot', which needs 'load'. "
        "Remove one of these needs [pyrun.needs]"
    ),
]


@pytest.mark.parametrize("jobs", [1, 2])
def test_mistakes_in_needs_are_reported_once_where_they_are(make_site: MakeSite, jobs: int) -> None:
    site = make_site({"index.rst": MISTAKES, **{f"p{n}.rst": ":orphan:\n" for n in range(6)}})
    assert sorted(site.warnings(parallel=jobs)) == sorted(WARNINGS)


def test_mistakes_in_needs_can_be_suppressed(make_site: MakeSite) -> None:
    make_site({"index.rst": MISTAKES}, suppress_warnings=["pyrun.needs"]).build()


def test_builders_without_live_pages_do_not_check_needs(make_site: MakeSite) -> None:
    make_site({"index.rst": MISTAKES}).build("text")


def test_a_page_that_is_read_again_is_checked_again(make_site: MakeSite) -> None:
    good = directive(":name: load") + directive(":needs: load")
    site = make_site({"index.rst": good, "other.rst": ":orphan:\n\n" + good})
    site.build()
    site.write({"index.rst": good.replace("name: load", "name: loads")})
    (warning,) = site.warnings()
    assert warning.startswith("index.rst:6: WARNING: needs: no example of this page has the name 'load'. ")


def test_needs_apply_to_the_whole_page_with_hidden_and_included_examples(make_site: MakeSite) -> None:
    text = ".. include:: part.txt\n\n" + directive(":needs: prepare part")
    hidden = directive(":name: prepare", ":hidden:")
    site = make_site({"index.rst": text + hidden, "part.txt": directive(":name: part")})
    site.build()
    assert values(site, "name") == ["part", None, "prepare"]


def test_two_hidden_examples_with_one_name_are_reported(make_site: MakeSite) -> None:
    site = make_site({"index.rst": directive(":name: a", ":hidden:") * 2})
    assert site.warnings() == [
        "index.rst:7: WARNING: the name 'a' is already used in this page. Choose another name [pyrun.name]",
    ]
    assert values(site, "name") == ["a", None]


def test_a_name_used_twice_belongs_to_the_first_example_only(make_site: MakeSite) -> None:
    site = make_site({"index.rst": directive(":name: a") * 2 + directive(":needs: a")})
    assert len(site.warnings()) == 1
    assert values(site, "name") == ["a", None, None]


def test_pages_combined_into_one_keep_their_needs(make_site: MakeSite) -> None:
    page = "Title\n=====\n\n" + directive(":name: load") + directive(":name: {}", ":needs: load")
    toctree = ".. toctree::\n\n   one\n   part/two\n"
    site = make_site(
        {
            "index.rst": "Site\n====\n\n" + toctree,
            "one.rst": page.format("plot"),
            "part/two.rst": page.format("draw"),
        }
    )
    site.build("singlehtml")
    assert values(site, "name") == ["one/load", "plot", "part/two/load", "draw"]
    assert values(site, "needs") == [None, "one/load", None, "part/two/load"]


def test_pages_combined_into_one_cannot_need_each_other(make_site: MakeSite) -> None:
    other = "Other\n=====\n\n" + directive(":needs: load")
    index = "Site\n====\n\n.. toctree::\n\n   other\n\n"
    site = make_site({"index.rst": index + directive(":name: load"), "other.rst": other})
    for builder in ("html", "singlehtml"):
        (warning,) = site.warnings(builder, freshenv=True)
        assert warning.startswith("other.rst:4: WARNING: needs: no example of this page has the name 'load'")
