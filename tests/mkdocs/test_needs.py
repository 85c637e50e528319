"""Examples that need others, and limits: from the page's source to its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Convert, Log, Site

MISTAKES = '```pyrun name="load" needs="plot"\n1\n```\n\n```pyrun name="plot" needs="lod load"\n1\n```\n'
WARNINGS = [
    (
        "needs: these examples form a cycle: 'load' needs 'plot', which needs 'load'. "
        "Remove one of these needs [pyrun.needs]"
    ),
    (
        "needs: no example of this page has the name 'lod'. "
        "Did you mean 'load'? The names are load, plot [pyrun.needs]"
    ),
]


def values(site: Site, attribute: str) -> list[str | None]:
    return [cell.get(f"data-{attribute}") for cell in site.cells()]


def test_the_new_options_reach_the_element(site: Site) -> None:
    site.page(
        '```pyrun name="Load Data" caption="A & B" timeout="2.50" output-limit="5,000"\n1\n```\n\n'
        "```{.python .pyrun needs=load-data}\n2\n```\n"
    )
    first, second = site.build().cells()
    wanted = {"name": "load-data", "caption": "A & B", "timeout": "2.5", "output-limit": "5000"}
    assert {name: first[f"data-{name}"] for name in wanted} == wanted
    assert second["data-needs"] == "load-data"
    assert not {f"data-{name}" for name in wanted} & set(second.attrs)


@pytest.mark.parametrize("spelling", ["output-limit", "output_limit"])
def test_limits_of_site_and_page_apply_where_an_example_has_none(site: Site, spelling: str) -> None:
    site.configure(plugins=[{"pyrun": {spelling: 5000}}])
    site.page(
        "---\npyrun:\n  timeout: 3\n---\n\n```pyrun\n1\n```\n\n"
        '```pyrun timeout="none" output-limit="10_000_000"\n2\n```\n\n'
        "```pyrun timeout\n3\n```\n"
    )
    site.build()
    assert values(site, "timeout") == ["3", None, None]
    assert values(site, "output-limit") == ["5000", None, "5000"]


def test_the_extension_uses_the_limit_of_the_site_without_a_plugin(convert: Convert) -> None:
    page = convert("```pyrun\n1\n```", markdown_pyrun__extension={"output_limit": "5,000"})
    assert page.find("pyrun-cell")["data-output-limit"] == "5000"


def test_a_wrong_limit_of_the_site_is_reported(site: Site, log: Log) -> None:
    site.configure(plugins=[{"pyrun": {"output-limit": 10}}])
    site.page("```pyrun\n1\n```")
    site.build()
    (message,) = log.take()
    assert "option 'output-limit': mkdocs.yml:3: 10 is less than 1000, which a traceback can need" in message
    assert values(site, "output-limit") == [None]


def test_mistakes_in_needs_are_reported_once_where_they_are(site: Site, log: Log) -> None:
    site.configure(markdown_extensions=["toc", "md_in_html"])
    site.page(f"# Title\n\n{MISTAKES}\n## Another heading\n")
    site.page("```pyrun\n1\n```\n", "other.md")
    site.build()
    lines = (3, 7)
    assert log.take() == [
        f"pyrun: index.md:{line}: {warning}" for line, warning in zip(lines, WARNINGS, strict=True)
    ]


def test_mistakes_in_needs_are_reported_without_the_plugin_too(convert: Convert, log: Log) -> None:
    convert(MISTAKES)
    lines = (1, 5)
    assert log.take() == [
        f"Markdown:{line}: {warning}" for line, warning in zip(lines, WARNINGS, strict=True)
    ]


def test_needs_apply_to_the_whole_page_wherever_its_examples_are(site: Site) -> None:
    site.configure(markdown_extensions=["toc", "admonition", "pymdownx.superfences"])
    site.page(
        '# Title\n\n```pyrun needs="raw, noted, prepare"\n1\n```\n\n## Heading\n\n'
        '<div>\n```pyrun name="raw"\n2\n```\n</div>\n\n'
        '!!! note\n\n    ```pyrun name="noted" needs="raw"\n    3\n    ```\n\n'
        "```pyrun name=prepare hidden\n4\n```\n"
    )
    assert sorted(site.build().sources()) == ["1", "2", "3", "4"]


def test_an_example_in_a_comment_cannot_be_needed(site: Site, log: Log) -> None:
    site.page('<!--\n```pyrun name="a"\n1\n```\n-->\n\n```pyrun needs="a"\n2\n```\n')
    site.build()
    assert log.take() == [
        (
            "pyrun: index.md:7: needs: no example of this page has the name 'a'. "
            "No example has a name [pyrun.needs]"
        )
    ]


def test_a_name_used_twice_belongs_to_the_first_example_only(site: Site, log: Log) -> None:
    site.page("```pyrun name=Demo\n1\n```\n\n```pyrun name=demo\n2\n```\n\n```pyrun needs=demo\n3\n```\n")
    site.build()
    assert log.take() == [
        "pyrun: index.md:5: the name 'demo' is already used in this page. Choose another name [pyrun.name]"
    ]
    assert values(site, "name") == ["demo", None, None]
