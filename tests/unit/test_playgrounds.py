"""Playgrounds in the pages of any site generator."""

import pytest

from pyrun_core.finish.plain_blocks import PlainBlocks


def test_a_block_in_the_language_of_playgrounds_becomes_one_even_without_code() -> None:
    html = "<pre><code class='language-pyrun-playground'>{}</code></pre>"
    page = PlainBlocks({}, pytest.fail).make_live(html.format("x = 1\n") + html.format(""), "index.html")
    assert page.count(" data-playground") == 2
    assert page.count(' data-session="isolated"') == 2
    assert page.count(" data-source") == 1
