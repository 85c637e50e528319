"""The editor, the clipboard and Python get the source exactly as its author wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.scenarios import Block, Scenario

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.browser.sites import Site

CLIPBOARD = ["clipboard-read", "clipboard-write"]
LINES = 5000

SOURCES = {
    "end of a script": "text = '</script><!-- -->'\nprint(len(text))",
    "templates": "print('{{ name }} {% if x %} {# no #}')\nprint(f'{{{1}}}')",
    "tabs": "if True:\n\tprint('a\tb')\n\tif True:\n\t\tprint('c')",
    "emoji": "naïve = '🐍👩‍🔬 ☃ é'\nprint(naïve)",
    "entities": "print('&amp; &lt; &#39; &quot; <b> \"')",
    "backslashes": "print('\\n \\\\ \\x41', r'\\d')",
    "markup": "print('*a* _b_ `c` [d](e) :f: |g|', '~', '==x==')",
    "blank lines": "x = 1\n\n\n\ny = 2\n\nprint(x, y)",
    "doctest flags": "'''\n>>> 1  # doctest: +SKIP\n<BLANKLINE>\n'''\nprint(1)",
    "long": "\n".join(f"line_{number} = {number}  # </script>" for number in range(1, LINES))
    + f"\nraise ValueError(line_{LINES - 1})",
}

PLAIN = Scenario("sources", {key: Block(code) for key, code in SOURCES.items()})
WINDOWS = Scenario("sources-crlf", {key: Block(code) for key, code in SOURCES.items()}, line_end="\r\n")
SCENARIOS = (PLAIN, WINDOWS)
pytestmark = pytest.mark.both_hosts("each passes the code on in its own way")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=["LF", "CRLF"])
def test_the_source_arrives_unchanged(open_page: OpenPage, site: Site, scenario: Scenario) -> None:
    live = open_page(scenario, site, permissions=CLIPBOARD)
    for key, source in SOURCES.items():
        cell = live.cell(key)
        cell.copy()
        live.page.wait_for_function(
            "async (source) => await navigator.clipboard.readText() === source",
            arg=source,
        )
        live.page.evaluate("navigator.clipboard.writeText('')")
        cell.edit()
        live.page.keyboard.press("Control+a")
        live.page.keyboard.press("Control+c")
        assert live.page.evaluate("navigator.clipboard.readText()") == source, key


def test_the_source_runs_as_written(open_page: OpenPage, site: Site) -> None:
    live = open_page(PLAIN, site)
    expected = {
        "end of a script": "17",
        "templates": "{{ name }} {% if x %} {# no #}\n{1}",
        "tabs": "a\tb\nc",
        "emoji": "🐍👩‍🔬 ☃ é",
        "entities": '&amp; &lt; &#39; &quot; <b> "',
        "markup": "*a* _b_ `c` [d](e) :f: |g| ~ ==x==",
    }
    for key, output in expected.items():
        assert live.cell(key).run_to("done").strip() == output, key
    text = live.cell("long").run_to("error")
    assert f"line {LINES}, in <module>" in text
    assert f"ValueError: {LINES - 1}" in text
