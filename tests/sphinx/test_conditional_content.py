"""Content that only some builds show, and content that is translated."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

    from .conftest import MakeSite, Site

OTHER_BUILDER = """
A
=

.. only:: latex

   .. pyrun-page::
      :packages: numpy
      :timeout: 5

   .. pyrun::
      :packages: pandas
      :name: alternative

      import numpy
      print("for paper")

.. only:: html

   .. pyrun::
      :name: alternative

      print("for the web")

.. pyrun::
   :needs: alternative

   print("web")
"""

IF = """
B
=

.. pyrun-page::
   :packages: six

{conditional}

.. pyrun::
   :needs: gone

   import six
   print(six.PY3)
"""

DROPPED = """
.. ifconfig:: draft

   .. note::

      .. pyrun::
         :name: gone

         import pandas

.. ifconfig:: 1 / 0

   .. pyrun::
      :name: gone

      import scipy

.. todo::

   .. pyrun::
      :name: gone

      import matplotlib
"""

EXTENSIONS = ["sphinx_pyrun", "sphinx.ext.ifconfig", "sphinx.ext.todo"]
CONF = "def setup(app):\n    app.add_config_value('draft', False, 'env')\n"


def make_b(make_site: MakeSite, folder: str, conditional: str, **conf: object) -> Site:
    page = IF.format(conditional=conditional)
    return make_site({"conf.py": CONF, "index.rst": page}, folder, extensions=EXTENSIONS, **conf)


def test_content_for_other_builders_decides_nothing(make_site: MakeSite) -> None:
    site = make_site({"index.rst": OTHER_BUILDER})
    site.build()
    first, second = site.cells()
    assert (first["data-name"], second["data-needs"]) == ("alternative", "alternative")
    assert site.page().select("#alternative + pyrun-cell") == [first]
    assert not first.get("data-timeout")
    assert not first.get("data-page-packages")
    assert site.settled.content["packages"] == {}
    site.build("latex")
    (written,) = site.outdir.glob("*.tex")
    assert "for paper" in written.read_text(encoding="utf-8")
    (taken,) = site.warnings(tags=["latex"])
    assert "the name 'alternative' is already used in this page" in taken
    assert [cell.get("data-name") for cell in site.cells()] == ["alternative", None, None]
    assert len(site.page().select("#alternative")) == 1
    assert {"numpy", "pandas"} <= site.settled.content["packages"].keys()


def test_content_that_the_configuration_drops_decides_nothing(make_site: MakeSite) -> None:
    with_block, without = make_b(make_site, "with", DROPPED), make_b(make_site, "without", "")
    (needs,) = without.warnings()
    assert "needs: no example of this page has the name 'gone'. No example has a name" in needs
    errors = with_block.warnings()
    assert "Exception occurred in ifconfig expression" in errors[0]
    assert [line for line in errors if "[pyrun." in line] == [needs.replace(":10:", ":33:")]
    kept, alone = with_block.cells()[-1], without.cell()
    assert kept["data-requirements"] == alone["data-requirements"]
    assert with_block.settled.content == without.settled.content


def test_content_that_the_configuration_keeps_counts(make_site: MakeSite) -> None:
    page = DROPPED.split(".. ifconfig:: 1 / 0", maxsplit=1)[0].replace("import pandas", "import six")
    site = make_b(make_site, "draft", page, draft=True)
    site.build()
    assert len(site.cells()) == 2


def test_a_caption_is_translated_wherever_it_appears(make_site: MakeSite) -> None:
    page = "T\n=\n\n.. pyrun::\n   :caption: The *area* of a circle\n\n   print(3)\n"
    untranslated = make_site({"index.rst": page}, "untranslated")
    untranslated.build("gettext")
    with (untranslated.outdir / "index.pot").open("rb") as template:
        catalogue = read_po(template, locale="de")
    catalogue["The *area* of a circle"].string = "Die *Fläche* eines Kreises"
    site = make_site({"index.rst": page}, language="de", locale_dirs=["locales"])
    site.write({"locales/de/LC_MESSAGES/index.mo": compiled(catalogue)})
    site.build()
    assert site.cell()["data-caption"] == "Die Fläche eines Kreises"
    assert [each.get_text() for each in site.page().select(".code-block-caption em")] == ["Fläche"]


def compiled(catalogue: Catalog) -> bytes:
    content = BytesIO()
    write_mo(content, catalogue)
    return content.getvalue()
