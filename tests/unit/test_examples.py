"""How the options of site, page and block combine in an example, and the HTML of the example."""

from html.parser import HTMLParser

import pytest

from pyrun_core.examples.example import Example, make_example
from pyrun_core.examples.render import END_TAG, PageAsset, page_assets, start_tag
from pyrun_core.options.declare import DEFAULT_OUTPUT_LIMIT, Values
from pyrun_core.problems import Location


def example(source: str = "1", site: Values = {}, page: Values = {}, block: Values = {}) -> Example:  # noqa: B006 - never changed
    location = Location("/docs/guide/a.rst", 1)
    return make_example(source, site=site, page=page, block=block, file="guide/a.rst", location=location)


def attributes(made: Example) -> dict[str, str | None]:
    """The attributes as an HTML parser reads them."""
    tags: list[tuple[str, dict[str, str | None]]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: tags.append((tag, dict(attrs)))  # type: ignore[method-assign]
    parser.feed(start_tag(made) + END_TAG)
    ((tag, found),) = tags
    assert tag == "pyrun-cell"
    return found


def test_the_nearest_setting_wins() -> None:
    made = example(page={"session": "page-wide", "readonly": True}, block={"session": "own"})
    assert (made.options.session, made.options.readonly) == ("own", True)


def test_an_example_can_override_the_limits_of_its_page() -> None:
    page = {"timeout": 3, "output_limit": 5000}
    assert {"data-timeout": "3", "data-output-limit": "5000"}.items() <= attributes(
        example(page=page)
    ).items()
    undone = example(page=page, block={"timeout": None, "output_limit": DEFAULT_OUTPUT_LIMIT})
    assert not {"data-timeout", "data-output-limit"} & set(attributes(undone))


def test_packages_of_page_and_block_stay_apart_and_those_of_the_site_are_not_in_the_page() -> None:
    made = example(
        site={"packages": ("a", "b")},
        page={"packages": ("b", "c")},
        block={"packages": ("c", "d")},
    )
    assert made.requirements.page_entries == ("b", "c")
    assert made.requirements.declared.entries == ("c", "d")


def test_files_of_page_and_block_add_up() -> None:
    made = example(page={"files": ("a.csv", "b.csv")}, block={"files": ("b.csv", "c.csv")})
    assert made.options.files == ("a.csv", "b.csv", "c.csv")


def test_a_hidden_example_is_setup_code() -> None:
    assert example(block={"hidden": True}).options.setup


@pytest.mark.parametrize(("written", "kept"), [("a\n", "a"), ("a\n\n", "a\n"), ("a\r\n", "a"), ("a", "a")])
def test_one_line_break_at_the_end_belongs_to_the_block(written: str, kept: str) -> None:
    assert example(written).source == kept


@pytest.mark.parametrize(
    "source",
    [
        "print('</script><!-- --></pyrun-cell>')",
        "x = '&amp; &lt; &#10;'",
        "if x:\n\tprint('\t')",
        "'{{ x }} {% y %} ${z} `w`'",
        "print('🐍 é \u2028 \u00a0')",
        "\n\n  indented = \"'quoted'\"  ",
        "a\r\nb",
        "\n".join(f"x{n} = {n}" for n in range(5000)),
    ],
    ids=["markup", "entities", "tabs", "templates", "unicode", "space", "crlf", "long"],
)
def test_source_survives_html(source: str) -> None:
    assert attributes(example(source))["data-source"] == source


def test_the_element_says_everything_the_page_needs() -> None:
    made = example(
        "import sys, numpy as np",
        site={"packages": ("six",)},
        page={
            "load_missing": False,
            "load": "idle",
            "wrap": False,
            "snapshots": False,
            "packages": ("numpy>=2",),
            "files": ("a b.csv",),
        },
        block={
            "session": "demo",
            "packages": ("sympy", "./pkg"),
            "name": "My  Demo",
            "caption": "Fish & chips",
            "needs": ("load", "tidy-up"),
            "timeout": 2.5,
            "output_limit": 5000,
            "stdin": "Ada\n42",
            "emphasize_lines": (1, 3),
            "setup": True,
            "autorun": True,
            "readonly": True,
            "hidden": True,
        },
    )
    found = attributes(made)
    assert found.pop("data-requirements") == made.requirements.id
    assert found == {
        "data-state": "idle",
        "hidden": None,
        "data-source": "import sys, numpy as np",
        "data-page": "guide/a.rst",
        "data-line": "1",
        "data-imports": "numpy",
        "data-page-packages": '["numpy>=2"]',
        "data-packages": '["sympy","./pkg"]',
        "data-files": '["a b.csv"]',
        "data-no-snapshots": None,
        "data-declared-only": None,
        "data-load": "idle",
        "data-session": "demo",
        "data-name": "my-demo",
        "data-caption": "Fish & chips",
        "data-needs": "load tidy-up",
        "data-timeout": "2.5",
        "data-output-limit": "5000",
        "data-stdin": "Ada\n42",
        "data-emphasize-lines": "1 3",
        "data-setup": None,
        "data-autorun": None,
        "data-readonly": None,
        "data-nowrap": None,
    }


def test_the_id_is_that_of_all_examples_that_require_the_same() -> None:
    page: Values = {"packages": ("numpy",), "files": ("a.csv",)}
    numpy = example("import numpy", page=page).requirements.id
    assert len(numpy) == 12
    assert example("import numpy; print(1)", page=page, block={"name": "x"}).requirements.id == numpy
    others = {
        example("import numpy").requirements.id,
        example("import pandas", page=page).requirements.id,
        example("import numpy", block=page).requirements.id,
        example("import numpy", page=page, block={"packages": ("six",)}).requirements.id,
    }
    assert len(others) == 4
    assert numpy not in others
    assert example("print(1)", site={"packages": ("numpy",)}).requirements.id == ""


def test_an_example_of_another_file_has_no_line_of_its_page() -> None:
    location = Location("/project/module.py:docstring of module.f", 3)
    made = make_example("1", site={}, page={}, block={}, file="guide/a.rst", location=location)
    assert "data-line" not in attributes(made)


def test_an_example_without_options_has_only_the_required_attributes() -> None:
    assert set(attributes(example())) == {"data-state", "data-source", "data-page", "data-line"}


def test_the_head_of_a_page_gets_a_classic_script_that_waits_for_the_page() -> None:
    tags = page_assets(PageAsset("l.js").below('../a "b"/'), PageAsset("s.css").below('../a "b"/'))
    assert '<link rel="stylesheet" href="../a &quot;b&quot;/s.css">' in tags
    assert '<script src="../a &quot;b&quot;/l.js" defer></script>' in tags


def test_a_page_can_have_the_hashes_of_the_files_that_it_loads() -> None:
    tags = page_assets(PageAsset("l.js", "sha256-L="), PageAsset("s.css", "sha256-S="))
    assert tags == (
        '<link rel="stylesheet" href="s.css" integrity="sha256-S=" crossorigin="anonymous">\n'
        '<script src="l.js" defer integrity="sha256-L=" crossorigin="anonymous"></script>\n'
    )


def test_a_module_among_the_files_of_an_example_is_no_package() -> None:
    made = example("import helper, numpy, data", block={"files": ("tools/helper.py", "data.csv")})
    assert [each.module for each in made.requirements.imports] == ["numpy", "data"]
