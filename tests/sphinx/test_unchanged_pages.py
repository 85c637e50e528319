"""What goes live changes nothing else: not the page, not other builders, not the ways of building."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .existing_pages import CONF, DOCUMENTED, GROUPS, PAGE, built, comparable

if TYPE_CHECKING:
    from .conftest import MakeSite

# Sphinx's own napoleon uses what Sphinx deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:The mapping interface for autodoc options")


@pytest.mark.parametrize(
    "builder", ["html", "dirhtml", "singlehtml", "text", "latex", "xml", "gettext", "epub"]
)
def test_nothing_but_the_elements_changes(make_site: MakeSite, builder: str) -> None:
    files: dict[str, str | bytes] = {
        "conf.py": CONF,
        "index.rst": f"{PAGE}\n{GROUPS}\n.. automodule:: documented_here\n   :members:\n",
        "documented_here.py": DOCUMENTED,
    }
    conf = {
        "extensions": ["sphinx_pyrun", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.doctest"],
        "gettext_additional_targets": ["literal-block", "doctest-block"],
        "copyright": "Nobody",
        "version": "1",
    }
    plain = make_site(files, "plain", **conf)
    live = make_site(files, "live", **conf, pyrun_live=["doctest", "testcode"])
    plain.build(builder)
    live.build(builder)
    before, after = comparable(plain), comparable(live)
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []


def test_the_doctest_builder_runs_the_same_tests(make_site: MakeSite) -> None:
    files: dict[str, str | bytes] = {"index.rst": GROUPS, "other.rst": f":orphan:\n\n{PAGE}"}
    conf = {"extensions": ["sphinx_pyrun", "sphinx.ext.doctest"]}
    reports = []
    for folder, live in {"plain": [], "live": ["doctest", "testcode"]}.items():
        site = make_site(files, folder, **conf, pyrun_live=live)
        site.build("doctest")
        reports.append((site.outdir / "output.txt").read_text().split("\n", 1)[1])
    assert "0 failures in tests" in reports[0]
    assert reports[0] == reports[1]


def test_content_of_other_builds_is_not_live_in_this_one(make_site: MakeSite) -> None:
    page = ".. only:: html\n\n   >>> import numpy\n\n.. only:: latex\n\n   >>> import pandas\n"
    site = built(make_site, {"index.rst": page}, pyrun_packages=["auto"])
    assert "numpy" in site.settled.content["packages"]
    assert "pandas" not in site.settled.content["packages"]


def test_a_parallel_build_equals_a_serial_one(make_site: MakeSite) -> None:
    pages = {f"page{number}.rst": f":orphan:\n\n{PAGE}" for number in range(8)}
    files: dict[str, str | bytes] = {"index.rst": ".. automodule:: documented_here\n   :members:\n", **pages}
    files |= {"documented_here.py": DOCUMENTED}
    sites = []
    for folder, parallel in {"serial": 0, "parallel": 4}.items():
        site = make_site(
            {"conf.py": CONF, **files},
            folder,
            pyrun_live=["doctest"],
            extensions=["sphinx_pyrun", "sphinx.ext.autodoc"],
        )
        site.build(parallel=parallel)
        sites.append({name: content for name, content in site.files().items() if not name.startswith(".")})
    assert sites[0] == sites[1]


def test_pages_are_read_again_when_other_blocks_go_live(make_site: MakeSite) -> None:
    site = built(make_site, {"index.rst": PAGE}, pyrun_live=["python"])
    site.conf["pyrun_live"] = ["doctest"]
    site.build()
    assert len(site.cells()) == 3
    site.conf["pyrun_preamble"] = "import math"
    site.build()
    assert {cell["data-preamble"] for cell in site.cells()} == {"import math"}
