"""Examples stay live whatever transforms of other extensions do with their blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import MakeSite

CONF = """
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

class OtherTransform(SphinxPostTransform):
    default_priority = {priority}

    def run(self, **kwargs):
        for block in list(self.document.findall(nodes.literal_block)):
            {action}

def setup(app):
    app.add_post_transform(OtherTransform)
"""

PAGE = """
Title
=====

.. pyrun::
   :hidden:

   secret = 42

.. pyrun::
   :caption: A title
   :name: demo

   print(secret)  # doctest: +SKIP

.. code-block:: python

   print("ordinary")
"""

REPLACE = "block.replace_self(nodes.paragraph('', 'replaced'))"
REMOVE = "block.parent.remove(block)"
CHANGE = "block[:] = [nodes.Text('changed')]; block.rawsource = 'changed'"


@pytest.mark.parametrize("priority", [0, 5, 500, 998])
@pytest.mark.parametrize("action", [REPLACE, REMOVE, CHANGE])
def test_an_example_stays_live_with_its_code(make_site: MakeSite, action: str, priority: int) -> None:
    site = make_site({"conf.py": CONF.format(action=action, priority=priority), "index.rst": PAGE})
    site.build()
    hidden, shown = site.cells()
    assert hidden["data-source"] == "secret = 42"
    assert shown["data-source"] == "print(secret)  # doctest: +SKIP"
    assert shown["data-name"] == "demo"
    assert site.page().find(id="demo") is not None
    assert ("replaced" in shown.text) == (action == REPLACE)


@pytest.mark.parametrize("builder", ["epub", "text"])
def test_hidden_examples_stay_hidden_in_other_builders(make_site: MakeSite, builder: str) -> None:
    action = "block.replace_self(nodes.paragraph('', block.astext()))"
    site = make_site(
        {"conf.py": CONF.format(action=action, priority=0), "index.rst": PAGE},
        copyright="Nobody",
        version="1",
    )
    site.build(builder)
    (written,) = (path for path in site.outdir.glob("index.*") if path.is_file())
    assert "print(secret)" in written.read_text(encoding="utf-8")
    assert "secret = 42" not in written.read_text(encoding="utf-8")


def test_examples_that_another_transform_removes_from_the_page_do_not_count(make_site: MakeSite) -> None:
    page = "".join(
        f".. only:: {tag}\n\n   .. pyrun::\n      :name: demo-{tag}\n      :needs: {needs}\n\n      1\n\n"
        for tag, needs in {"latex": "removed", "html": ""}.items()
    )
    site = make_site({"index.rst": "Title\n=====\n\n" + page.replace("      :needs: \n", "")})
    site.build()
    assert site.cell()["data-name"] == "demo-html"
