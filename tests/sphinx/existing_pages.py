"""Pages with existing blocks, for tests of how they go live."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .conftest import MakeSite, Site

__all__ = ["CONF", "DOCUMENTED", "GROUPS", "PAGE", "built", "comparable"]

CONF = "import sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path(__file__).parent))\n"

PAGE = """\
Title
=====

Text before.

>>> x = 1 + 1
>>> x
2

>>> for i in range(2):
...     print(i)
0
1

Text between::

    >>> x * 2
    4

More text.

.. code-block:: pycon

   >>> x * 3
   6

.. code-block:: python

   print("no prompts")

.. code-block:: console

   $ python -c 1
"""

DOCUMENTED = '''\
"""The module.

>>> double(1)
2
"""

import math as m

SECRET = 1


def double(number):
    """Double it.

    Examples
    --------
    >>> double(m.floor(2.5))
    4

    And again:

    >>> double(SECRET)
    2
    """
    return number * 2


class Thing:
    """A thing.

    >>> Thing().name
    'thing'
    """

    name = "thing"

    def method(self):
        """Do it.

        ..! disable_try_examples

        >>> Thing().method()
        """
'''

GROUPS = """\
.. testsetup::

   hidden = 1

.. testsetup:: other

   hidden = 2

.. testsetup:: *

   everywhere = 3

.. testcode::

   print(hidden)

.. testoutput::

   1

.. testcode:: other

   print(hidden, everywhere)

.. testoutput:: other

   2 3

.. doctest::
   :skipif: True

   >>> skipped

.. doctest::

   >>> print("a\\n\\nb")  # doctest: +ELLIPSIS
   a
   <BLANKLINE>
   b

.. doctest::
   :hide:

   >>> late = 4

.. testcleanup::

   del hidden
"""

START = re.compile(rb"<pyrun-cell[^>]*>|</pyrun-cell>\n?")
ASSETS = re.compile(
    rb' *<link rel="stylesheet"[^>]*pyrun[^>]*>\n| *<script defer="defer"[^>]*pyrun[^>]*></script>\n'
)


def built(make_site: MakeSite, files: dict[str, str | bytes], folder: str = "site", **conf: object) -> Site:
    site = make_site({"conf.py": CONF, **files}, folder, **{"pyrun_live": ["doctest"], **conf})
    site.build()
    return site


def comparable(site: Site) -> dict[str, bytes]:
    """The files of a site without those of pyrun, and without its elements."""
    skipped = re.compile(r"_static/pyrun/|\.buildinfo|\.doctrees|objects\.inv|content\.opf|\.epub$")
    return {
        name: re.sub(rb"POT-Creation-Date.*|/(?:plain|live)/", b"", ASSETS.sub(b"", START.sub(b"", content)))
        for name, content in site.files().items()
        if not skipped.search(name)
    }
