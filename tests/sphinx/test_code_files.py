"""Examples whose code is in a file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.sphinx.conftest import MakeSite

FIB = "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\n\nprint(fib(10))\n"

REST = """
Numbers
=======

.. pyrun:: examples/fib.py

.. pyrun::
   :file: /guide/examples/fib.py
   :pyobject: fib
   :append: print(fib(20))
   :emphasize-lines: 2-
   :name: twenty

.. code-block:: python

   1

.. pyrun:: python

   print("language")

.. pyrun::
   print("no empty line")
"""

MYST = """
# Numbers

```{pyrun} examples/fib.py
```

````{tip}
```{pyrun} examples/fib.py
:lines: 1-2
```
````

```{pyrun} python
print("language")
```

```{pyrun}
print("no argument")
```
"""

PART = FIB[: FIB.index("\n\n")]


def test_the_path_of_a_file_is_an_argument_or_an_option(make_site: MakeSite) -> None:
    files: dict[str, str | bytes] = {
        "index.rst": "Site\n====\n\n.. toctree::\n\n   guide/rest\n   guide/myst\n",
        "guide/rest.rst": REST,
        "guide/myst.md": MYST,
        "guide/examples/fib.py": FIB,
    }
    site = make_site(files)
    site.build()
    rest, myst = (
        [cell["data-source"] for cell in site.cells(f"guide/{name}.html")] for name in ("rest", "myst")
    )
    assert rest == [FIB.rstrip(), f"{PART}\nprint(fib(20))", 'print("language")', 'print("no empty line")']
    assert myst == [FIB.rstrip(), PART, 'print("language")', 'print("no argument")']
    assert site.cells("guide/rest.html")[1]["data-emphasize-lines"] == "2 3"

    site.write({"guide/examples/fib.py": FIB.replace("10", "11")})
    os.utime(site.folder / "guide/examples/fib.py", (2**31, 2**31))
    site.build()
    for name in ("rest", "myst"):
        assert str(site.cells(f"guide/{name}.html")[0]["data-source"]).endswith("print(fib(11))")


def test_a_wrong_argument_is_reported_and_never_code(make_site: MakeSite) -> None:
    rest = """
.. pyrun:: examples/fob.py

.. pyrun:: fib

.. pyrun:: print("hi")

.. pyrun:: numpy

   print("kept")

.. pyrun:: ../secret.py
"""
    site = make_site({"index.rst": rest, "myst.md": ":orphan:\n\n```{pyrun} print(1)\n```\n"})
    argument = (
        "follows the name of the directive, where only the path of a file with code may be. Write code below"
    )
    no_file = (
        f"file: there is no file 'examples/fob.py' in {site.folder}. Correct the path, or begin it with /"
    )
    expected = [
        f"index.rst:2: WARNING: {no_file}",
        f"index.rst:4: WARNING: 'fib' {argument}",
        f"index.rst:6: WARNING: 'print(\"hi\")' {argument}",
        f"index.rst:8: WARNING: 'numpy' {argument}",
        f"index.rst:12: WARNING: file: '../secret.py' is outside of {site.folder}. Move it into that folder",
        f"myst.md:3: WARNING: 'print(1)' {argument}",
    ]
    warnings = [line for line in site.warnings() if "[pyrun." in line]
    assert len(warnings) == len(expected)
    for warning, beginning in zip(warnings, expected, strict=True):
        assert warning.startswith(beginning)
    assert [cell["data-source"] for cell in site.cells()] == ['print("kept")']
