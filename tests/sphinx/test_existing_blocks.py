"""Existing blocks go live by one option; the rest of the page stays as it was."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from .existing_pages import CONF, DOCUMENTED, GROUPS, PAGE, built, comparable

if TYPE_CHECKING:
    from bs4 import Tag

    from .conftest import MakeSite

# Sphinx's own napoleon uses what Sphinx deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:The mapping interface for autodoc options")


def expected(cell: Tag) -> list[list[object]]:
    return json.loads(str(cell.get("data-expected", "[]")))


def test_blocks_with_prompts_go_live_by_one_option(make_site: MakeSite) -> None:
    adjacent, literal, console = built(make_site, {"index.rst": PAGE}).cells()
    assert adjacent["data-source"] == "x = 1 + 1\nx\n\nfor i in range(2):\n    print(i)"
    assert expected(adjacent) == [[2, "2"], [5, "0\n1"]]
    assert [len(cell.find_all("pre")) for cell in (adjacent, literal, console)] == [2, 1, 1]
    assert (literal["data-source"], console["data-source"]) == ("x * 2", "x * 3")
    assert all(cell.has_attr("data-interactive") for cell in (adjacent, literal, console))


def test_code_without_prompts_is_another_kind(make_site: MakeSite) -> None:
    site = built(make_site, {"index.rst": PAGE}, pyrun_live=["python"])
    assert site.cell()["data-source"] == 'print("no prompts")'
    assert not site.cell().has_attr("data-interactive")


def test_without_join_each_block_is_an_example(make_site: MakeSite) -> None:
    cells = built(make_site, {"index.rst": PAGE}, pyrun_join=False).cells()
    assert [cell["data-source"] for cell in cells][:2] == ["x = 1 + 1\nx", "for i in range(2):\n    print(i)"]


def test_a_page_can_switch_blocks_on_and_off(make_site: MakeSite) -> None:
    site = built(
        make_site,
        {
            "index.rst": f":pyrun-live: none\n\n{PAGE}",
            "other.rst": f":orphan:\n:pyrun-live: python\n\n{PAGE}",
            "third.rst": f":orphan:\n\n{PAGE}",
        },
    )
    assert site.cells() == []
    assert site.cell("other.html")["data-source"] == 'print("no prompts")'
    assert len(site.cells("third.html")) == 3


def test_comments_decide_for_the_block_below_them(make_site: MakeSite) -> None:
    page = """\
.. pyrun: off

>>> 1

.. pyrun: session="demo" packages=numpy

>>> 2

.. pyrun: on

.. code-block:: python

   print(3)
"""
    first, second = built(make_site, {"index.rst": page}).cells()
    assert (first["data-source"], first["data-session"], first["data-packages"]) == ("2", "demo", '["numpy"]')
    assert second["data-source"] == "print(3)"


def test_patterns_select_pages_classes_and_objects(make_site: MakeSite) -> None:
    quiet = ".. container:: quiet\n\n   >>> 2\n\n"
    page = f":orphan:\n\n>>> 1\n\n{quiet}.. py:function:: pkg.f\n   :no-index:\n\n   >>> 3\n"
    site = built(
        make_site,
        {"index.rst": page, "api/page.rst": page},
        pyrun_live_only=["index", "api/*"],
        pyrun_live_except=[".quiet", "pkg.f", "index.rst"],
    )
    assert site.cells() == []
    assert site.cell("api/page.html")["data-source"] == "1"


def test_docstrings_have_their_own_sessions_with_the_names_of_their_module(make_site: MakeSite) -> None:
    site = built(
        make_site,
        {
            "index.rst": ".. automodule:: documented_here\n   :members:\n   :member-order: bysource\n",
            "documented_here.py": DOCUMENTED,
        },
        extensions=["sphinx_pyrun", "sphinx.ext.autodoc", "sphinx.ext.napoleon"],
    )
    module, thing, first, second = sorted(
        site.cells(), key=lambda cell: str(cell["data-session"]).lower().replace("thing", "a")
    )
    assert [cell["data-session"] for cell in (module, thing, first)] == [
        "documented_here",
        "documented_here.Thing",
        "documented_here.double",
    ]
    assert module["data-preamble"] == "from documented_here import double"
    assert thing["data-preamble"] == "from documented_here import Thing"
    assert first["data-preamble"] == "import math as m\nfrom documented_here import SECRET, double"
    assert second["data-preamble"] == first["data-preamble"]
    assert first.has_attr("data-show-preamble")
    assert not second.has_attr("data-show-preamble")
    assert "disable_try_examples" not in site.page().text


def test_groups_of_sphinx_doctest_are_sessions(make_site: MakeSite) -> None:
    site = built(
        make_site,
        {"index.rst": GROUPS},
        pyrun_live=["doctest", "testcode"],
        extensions=["sphinx_pyrun", "sphinx.ext.doctest"],
        doctest_global_setup="import math",
    )
    cells = [
        (cell.get("data-session", ""), cell["data-source"], cell.has_attr("hidden")) for cell in site.cells()
    ]
    assert cells == [
        ("", "hidden = 1", True),
        ("other", "hidden = 2", True),
        ("", "everywhere = 3", True),
        ("other", "everywhere = 3", True),
        ("", "print(hidden)", False),
        ("other", "print(hidden, everywhere)", False),
        ("", 'print("a\\n\\nb")', False),
    ]
    assert {cell["data-preamble"] for cell in site.cells()} == {"import math"}
    code, other, session = (cell for cell in site.cells() if not cell.has_attr("hidden"))
    assert (expected(code), expected(other)) == ([[1, "1"]], [[1, "2 3"]])
    assert expected(session) == [[1, "a\n\nb"]]


WRONG = '''\
def f():
    """Do it.

    A lost space:

    >>>f()
    1

    A fine one:

    >>> f()
    1

    Mixed prompts::

        >>> f()
        In [1]: f()
    """
'''


def test_a_block_that_cannot_go_live_stays_as_it_was_and_all_others_are_live(make_site: MakeSite) -> None:
    page = "Title\n=====\n\n>>> if True:\n... x\n... y = (\n\n>>> fine\n\n.. autofunction:: wrong_here.f\n"
    site = make_site(
        {"conf.py": CONF, "index.rst": page, "wrong_here.py": WRONG},
        pyrun_live=["doctest"],
        extensions=["sphinx_pyrun", "sphinx.ext.autodoc"],
    )
    warnings = site.warnings()
    assert [cell["data-source"] for cell in site.cells()] == ["fine", "f()"]
    assert [line.split(" ")[0] for line in warnings] == ["index.rst:5:", "wrong_here.py:17:"]
    assert all("[pyrun.live]" in line for line in warnings)


DIRECTIVES = """
from docutils import nodes
from sphinx.directives.code import CodeBlock
from sphinx.util.docutils import SphinxDirective

class ExecCode(CodeBlock):
    required_arguments = optional_arguments = 0

    def run(self):
        self.arguments = ["python"]
        return [*super().run(), nodes.paragraph("", "its output")]

class Inserted(SphinxDirective):
    has_content = True

    def run(self):
        lines = [".. code-block:: python", "", *(f"   {line}" for line in self.content), "", "Its figure."]
        self.state_machine.insert_input(lines, self.state_machine.input_lines.source(0))
        return []

def setup(app):
    app.add_directive("exec-code", ExecCode)
    app.add_directive("inserted", Inserted)
"""


def test_the_blocks_of_a_directive_go_live_by_its_name(make_site: MakeSite) -> None:
    page = """\
.. exec-code::

   print(1)

.. inserted::

   print(2)

.. code-block:: python

   print(3)
"""
    site = built(make_site, {"conf.py": DIRECTIVES, "index.rst": page}, pyrun_live=["exec-code", "inserted"])
    assert [cell["data-source"] for cell in site.cells()] == ["print(1)", "print(2)"]
    plain = built(make_site, {"conf.py": DIRECTIVES, "index.rst": page}, "plain", pyrun_live=[])
    assert comparable(site)["index.html"] == comparable(plain)["index.html"]
    paged = built(
        make_site,
        {"conf.py": DIRECTIVES, "index.rst": f":pyrun-live: inserted\n\n{page}"},
        "paged",
        pyrun_live=[],
    )
    assert paged.cell()["data-source"] == "print(2)"


def test_what_pages_say_to_jupyterlite_sphinx_counts(make_site: MakeSite) -> None:
    region = ".. try_examples::\n   :height: 400px\n\n   Text.\n\n   >>> 1\n\n>>> 2\n"
    settings = json.dumps({"ignore_patterns": ["ignored.*"]})
    site = built(
        make_site,
        {"index.rst": region, "ignored.rst": f":orphan:\n\n{PAGE}", "try_examples.json": settings},
        pyrun_live=["ipython"],
    )
    assert site.cell()["data-source"] == "1"
    site.conf["pyrun_live"] = ["doctest"]
    site.build()
    assert [cell["data-source"] for cell in site.cells()] == ["1\n\n2"]
    assert site.cells("ignored.html") == []


MARKDOWN = """\
# Title

```pycon
>>> 1 + 1
2
```

<!-- pyrun: off -->

```python
print("off")
```

% pyrun: session=demo

```python
print("live")
```

```{doctest}
>>> 3
3
```

```console
$ ls
```
"""


def test_fences_of_myst_go_live(make_site: MakeSite) -> None:
    site = built(
        make_site,
        {"index.md": MARKDOWN},
        pyrun_live=["doctest", "python"],
        extensions=["sphinx_pyrun", "myst_parser", "sphinx.ext.doctest"],
    )
    first, second, third = site.cells()
    assert (first["data-source"], third["data-source"]) == ("1 + 1", "3")
    assert (second["data-source"], second["data-session"]) == ('print("live")', "demo")


def test_a_block_that_is_wrong_on_purpose_is_an_example_by_itself(make_site: MakeSite) -> None:
    wrong = '>>> a b\n  File "<stdin>", line 1\nSyntaxError: invalid syntax'
    site = make_site(
        {"index.rst": f"Title\n=====\n\n>>> 1\n1\n\n{wrong}\n\n>>> 2\n2\n"}, pyrun_live=["doctest"]
    )
    site.build()
    assert [cell["data-source"] for cell in site.cells()] == ["1", "a b", "2"]
