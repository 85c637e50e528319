"""How the options of site, page and block combine in an example, and the HTML of the example."""

from collections.abc import Mapping
from html.parser import HTMLParser

import pytest

from pyrun_core.examples.example import Example, make_example
from pyrun_core.examples.render import END_TAG, page_assets, start_tag
from pyrun_core.options.declare import DEFAULT_OUTPUT_LIMIT, Values
from pyrun_core.problems import Location
from pyrun_core.pyodide.distribution import Distribution

DISTRIBUTION = Distribution(url="pyodide-1/", label="Pyodide 1", core_bytes=12)


def example(source: str = "1", site: Values = {}, page: Values = {}, block: Values = {}) -> Example:  # noqa: B006 - never changed
    return make_example(source, site=site, page=page, block=block, location=Location("a.rst", 1))


def attributes(made: Example, site_attributes: Mapping[str, str] = {}) -> dict[str, str | None]:
    """The attributes as an HTML parser reads them."""
    tags: list[tuple[str, dict[str, str | None]]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: tags.append((tag, dict(attrs)))  # type: ignore[method-assign]
    parser.feed(start_tag(made, DISTRIBUTION, site_attributes) + END_TAG)
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


def test_packages_of_site_page_and_block_add_up() -> None:
    made = example(
        site={"packages": ("a", "b")},
        page={"packages": ("b", "c")},
        block={"packages": ("c", "d")},
    )
    assert made.page_packages == ("a", "b", "c")
    assert made.options.packages == ("c", "d")
    assert made.packages == ("a", "b", "c", "d")


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
        "1",
        page={"load_missing": False, "load": "idle", "wrap": False},
        block={
            "session": "demo",
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
    site_attributes = {
        "lock": "packages/lock.json",
        "page-packages": "numpy pandas",
        "packages": "sympy",
        "page-wheels": '[["packages/a b.whl",1,"sha256-&"]]',
        "files": "",
    }
    assert attributes(made, site_attributes) == {
        "data-state": "idle",
        "hidden": None,
        "data-source": "1",
        "data-pyodide": "pyodide-1/",
        "data-pyodide-bytes": "12",
        "data-lock": "packages/lock.json",
        "data-page-packages": "numpy pandas",
        "data-packages": "sympy",
        "data-page-wheels": '[["packages/a b.whl",1,"sha256-&"]]',
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


def test_an_example_without_options_has_only_the_required_attributes() -> None:
    assert set(attributes(example())) == {"data-state", "data-source", "data-pyodide", "data-pyodide-bytes"}


def test_the_head_of_a_page_gets_a_classic_script_that_waits_for_the_page() -> None:
    tags = page_assets('../a "b"/', "l.js", "s.css")
    assert '<link rel="stylesheet" href="../a &quot;b&quot;/s.css">' in tags
    assert '<script src="../a &quot;b&quot;/l.js" defer></script>' in tags
