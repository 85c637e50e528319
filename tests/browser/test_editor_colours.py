"""The editor highlights code with the same colours as the theme's block."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from tests.browser.live_page import LivePage

MEASURE = (Path(__file__).parent / "code_boxes.js").read_text("utf-8")

# Together these contain every kind of token that Pygments finds in Python code.
NAMES = """
#!/usr/bin/env python
from __future__ import annotations
import os.path as paths
from . import sibling, other as another

@decorated.by(1)
class Figure(Base, metaclass=Meta):
    def __init__(self, radius: float = 1.0, *values, **named) -> None:
        super().__init__()
        self.radius = self.__class__.print = radius

    async def area(cls): return await other(lambda x: x ** 2 @ y)

try:
    raise ValueError("no") from None
except (OSError, Warning, MyError) as error:
    print(error, ..., __name__, True, NotImplemented, Ellipsis, type(None))
finally:
    del x; assert not y; global z
match command:
    case [1, *rest] if rest is not None: pass
    case _: yield from some
while 1 < 2 != 3 and x not in y or (z := ~1 << 2): continue
"""
LITERALS = r'''
"""A docstring
of two lines with %s and {}."""
numbers = 1, 2.5, 1e3, 1_000, 0x1F, 0o17, 0b1
strings = 'one', "two", u'three', b"four\x00", r'\d+\'', """five
six""", "\n \N{DASH} \u00e9 \q"
old = "%s, %(name)5.2f %%" % values
new = "{} {name!r:>10} {{" 'more'
formatted = f"a {x} {y!r} {z:>10} {w:{width}} {{}} \n" rf'\d{x}'
nested = f"{a['key']} {', '.join(b)}"
text = (
    """Not at the start: a comment # here"""  # but here
)
'''

COLOURS = Scenario(
    "colours",
    {
        "names": block(NAMES, raises="SyntaxError"),
        "literals": block(LITERALS, raises="SyntaxError"),
        "edited": block("x = 1"),
    },
)
SCENARIOS = (COLOURS,)
pytestmark = pytest.mark.both_hosts("the hosts have different highlighters and style sheets")

CLASSES = "cell => codeClasses(cell)"


def test_every_character_has_the_class_that_pygments_gave_it(live: LivePage) -> None:
    live.page.add_script_tag(content=MEASURE)
    for key in ("names", "literals"):
        cell = live.cell(key)
        before = cell.locator.evaluate(CLASSES)
        assert len({name for _, name in before}) > 10
        cell.locator.dispatch_event("pointerenter")
        # On a busy machine the colours appear gradually, from the top.
        expect(cell.editor.locator(".cm-line").last.locator("span").first).to_be_visible()
        assert cell.locator.evaluate(CLASSES) == before


def test_highlight_js_classes_are_set_besides_them(live: LivePage) -> None:
    cell = live.cell("edited")
    cell.write('def double(x): return "twice"  # a comment')
    coloured = cell.editor.locator("[class*=hljs]")
    expect(coloured).to_have_count(5)  # on a busy machine, the colours appear gradually
    found = coloured.evaluate_all(
        "spans => Object.fromEntries(spans.map((span) => [span.textContent, span.className]))",
    )
    assert found == {
        "def": "k hljs-keyword",
        "double": "nf hljs-title function_",
        "return": "k hljs-keyword",
        '"twice"': "s2 hljs-string",
        "# a comment": "c1 hljs-comment",
    }
    expect(cell.locator.locator("[data-highlighted=yes]")).to_have_count(1)


def test_new_code_is_coloured_while_it_is_typed(live: LivePage) -> None:
    cell = live.cell("edited")
    cell.write("")
    cell.page.keyboard.type("import os")
    expect(cell.editor.locator(".kn")).to_have_text("import")
    expect(cell.editor.locator(".nn")).to_have_text("os")
